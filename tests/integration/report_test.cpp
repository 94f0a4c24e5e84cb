#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "attune/core/files.hpp"
#include "integration/attune.hpp"
#include "support/scratch_folder.hpp"

// What `attune report` writes and prints of the shipped recording.
namespace attune {
namespace {

using test::attune;

TEST(ReportCommand, WritesThePageAndPrintsItsFiguresForMachines) {
  const test::ScratchFolder scratch;
  const auto page = scratch / "report.html";
  const auto outcome = attune({"report", test::shipped_recording(), "-o", page.string(), "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto html = core::read_text(page);
  ASSERT_TRUE(html);
  EXPECT_NE(html->find("Facing and avoiding"), std::string::npos);

  const auto looking = nlohmann::json::parse(outcome.out).at("looking");
  EXPECT_EQ(looking.at("source"), "eye");
  EXPECT_EQ(looking.at("areas").at(0).at("name"), "the drop") << "what is looked at longest comes first";
  const auto& all = looking.at("parts").at(0);
  EXPECT_GT(all.at("engaged").get<double>(), 0.5);
  EXPECT_GT(all.at("fixations_per_min").get<double>(), 60.0);
  int visits = 0, transitions = 0;
  for (const auto& area : looking.at("areas")) visits += area.at("visits").get<int>();
  for (const auto& way : looking.at("transitions")) transitions += way.at("count").get<int>();
  EXPECT_LT(transitions, visits);
  EXPECT_GT(transitions, visits / 3);
  int observations = 0;
  for (const auto& point : looking.at("engagement")) observations += point.at("observations").get<int>();
  EXPECT_EQ(observations, all.at("observations"));
}

TEST(ReportCommand, NeedsNoPageWhereOnlyFiguresAreAskedForAndSaysSoWhereNothingIs) {
  const auto figures = attune({"report", test::shipped_recording(), "--json"});
  EXPECT_EQ(figures.status, 0) << figures.err;
  EXPECT_TRUE(nlohmann::json::accept(figures.out));
  const auto nothing = attune({"report", test::shipped_recording()});
  EXPECT_EQ(nothing.status, 2);
  EXPECT_NE(nothing.err.find("--json"), std::string::npos) << nothing.err;
}

}  // namespace
}  // namespace attune
