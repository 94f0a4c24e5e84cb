#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "attune/record/recording.hpp"
#include "integration/attune.hpp"

// Sessions of a course: a later one begins with another variant, and its recording knows which it was.
namespace attune {
namespace {

using test::attune;
using test::session_on;

TEST(SessionOfACourse, BeginsWithItsVariantAndIsReplayedAndReportedAsWhatItWas) {
  const test::ScratchFolder scratch;
  const auto file = scratch / "second.attune";
  auto command = session_on("patient:shipped:3", file, "8", "300");
  command.insert(command.end(), {"--session-number", "2"});
  ASSERT_EQ(attune(command).status, 0);

  const auto recording = record::Recording::open(file);
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  EXPECT_EQ(recording->meta().session_number, 2U);
  const auto moments = recording->moments();
  ASSERT_TRUE(moments.ok());
  const auto first = std::find_if(moments->begin(), moments->end(), [](const record::Moment& moment) {
    return moment.decision.directive.activity == telemetry::Activity::exposure;
  });
  ASSERT_NE(first, moments->end()) << "nothing was exposed to";
  EXPECT_EQ(first->decision.directive.variant, 1) << "the first session begins with 0";

  const auto check = attune({"replay", file.string(), "--check", "--json"});
  EXPECT_EQ(check.status, 0) << check.out << check.err;
  EXPECT_EQ(nlohmann::json::parse(check.out).at("differences"), 0);

  const auto page = scratch / "report.html";
  ASSERT_EQ(attune({"report", file.string(), "-o", page.string()}).status, 0);
  EXPECT_NE(test::whole_file(page).find("Session of the course"), std::string::npos);
}

TEST(SessionOfACourse, HasANumberFromOne) {
  const auto outcome = attune({"session", "--program", "heights", "--xr", "replay", "--session-number", "0"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("--session-number"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace attune
