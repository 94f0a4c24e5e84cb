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

TEST(ProgramsCommand, TellsEveryMistakeAsFileLineKeyAndMessage) {
  const test::ScratchFolder scratch;
  const auto told_of = [&](const char* name, const std::string& text) {
    const auto path = scratch / name;
    std::ofstream(path) << text;
    auto checked = attune({"programs", path.string()});
    EXPECT_EQ(checked.status, 2) << name;
    // All of it in front of the message but the name of the scratch folder.
    const auto at = checked.err.find(scratch.path().string() + "/");
    EXPECT_EQ(at, 0U) << checked.err;
    return at == 0 ? checked.err.substr(scratch.path().string().size() + 1) : checked.err;
  };
  EXPECT_EQ(told_of("torn.toml", "id = \"torn\"\nid = \"again\"\n").find("torn.toml:2: file: is not TOML: "),
            0U);
  EXPECT_EQ(told_of("empty.toml", "").find("empty.toml:1: id: is missing\n"), 0U);
  std::string deep = "a";
  for (int i = 0; i < 100'000; ++i) deep += ".a";
  EXPECT_EQ(told_of("deep.toml", "\n[" + deep + "]\n").find("deep.toml:2: file: is not TOML"), 0U);
  EXPECT_EQ(
      told_of("brackets.toml", "a = " + std::string(100'000, '[')).find("brackets.toml:1: file: is not"), 0U);
  std::filesystem::create_directory(scratch / "folder.toml");
  const auto folder = attune({"programs", (scratch / "folder.toml").string()});
  EXPECT_EQ(folder.status, 2);
  EXPECT_EQ(folder.err, (scratch / "folder.toml").string() + ":0: file: is a folder, not a file\n");
}

TEST(ProgramsCommand, ListsNoTitleThatATerminalWouldObey) {
  const test::ScratchFolder scratch;
  const auto path = scratch / "title.toml";
  std::ofstream(path) << "title_en = \"a\\u001b[31m\\nb\"\n";
  const auto listed = attune({"programs", path.string()});
  EXPECT_EQ(listed.status, 2);
  EXPECT_NE(listed.out.find("a[31mb"), std::string::npos) << listed.out;
  EXPECT_NE(listed.err.find("title.toml:1: title_en: holds a line break"), std::string::npos) << listed.err;
}

TEST(ProgramsCommand, ListsAFileOfAnyNameForMachines) {
  const test::ScratchFolder scratch;
  const auto path = scratch / "bad\xff.toml";
  std::ofstream(path) << "id = 3\n";
  const auto listed = attune({"programs", path.string(), "--json"});
  EXPECT_EQ(listed.status, 2) << listed.err;
  EXPECT_FALSE(nlohmann::json::parse(listed.out).at(0).at("ok").get<bool>());
}

TEST(ProgramsCommand, ListsTheShippedOnesWithoutAMistake) {
  const auto all = attune({"programs", "--json"});
  ASSERT_EQ(all.status, 0) << all.err;
  EXPECT_EQ(all.err, "");
  EXPECT_GE(nlohmann::json::parse(all.out).size(), 15U);
}

}  // namespace
}  // namespace attune
