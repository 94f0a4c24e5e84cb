#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "integration/attune.hpp"
#include "support/scratch_folder.hpp"

// `attune programs` on the files that are shipped.
namespace attune {
namespace {

using test::attune;

std::string shipped(const std::string& id) { return ATTUNE_SOURCE_DIR "/assets/programs/" + id + ".toml"; }

TEST(ProgramsCommand, ChecksSeveralFilesAndSaysWhichOfThemAreWrong) {
  const test::ScratchFolder scratch;
  const auto broken = scratch / "broken.toml";
  std::ofstream(broken) << "id = \"broken\"\n";
  const auto sound = attune({"programs", shipped("heights"), shipped("office"), "--json"});
  ASSERT_EQ(sound.status, 0) << sound.err;
  const auto both = nlohmann::json::parse(sound.out);
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].at("id"), "heights");
  EXPECT_EQ(both[1].at("id"), "office");

  const auto one_wrong = attune({"programs", shipped("heights"), broken.string()});
  EXPECT_EQ(one_wrong.status, 2);
  EXPECT_EQ(one_wrong.err.find("heights.toml"), std::string::npos) << one_wrong.err;
  EXPECT_NE(one_wrong.err.find(broken.string() + ":"), std::string::npos) << one_wrong.err;
  EXPECT_EQ(std::count(one_wrong.out.begin(), one_wrong.out.end(), '\n'), 1)
      << "of what cannot be read nothing is listed";
}

TEST(ProgramsCommand, ListsTheShippedOnesWithoutAMistake) {
  const auto all = attune({"programs", "--json"});
  ASSERT_EQ(all.status, 0) << all.err;
  EXPECT_EQ(all.err, "");
  EXPECT_GE(nlohmann::json::parse(all.out).size(), 15U);
}

}  // namespace
}  // namespace attune
