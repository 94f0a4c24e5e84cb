#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "integration/field.hpp"

// A session that lived through the field is replayed to the same decisions, bit for bit: whatever the headset
// did is in the recorded frames.
namespace attune {
namespace {

class FieldReplay : public ::testing::TestWithParam<const char*> {};

TEST_P(FieldReplay, ComesToTheSameDecisions) {
  test::FieldSession session(GetParam());
  ASSERT_EQ(session.end().status, 0);
  ASSERT_EQ(session.faults().missing(GetParam()), "");
  const auto check = test::attune({"replay", session.path().string(), "--check", "--json"});
  EXPECT_EQ(check.status, 0) << check.out << check.err;
  const auto figures = nlohmann::json::parse(check.out);
  EXPECT_EQ(figures.at("differences"), 0);
  EXPECT_EQ(figures.at("build"), "same");
  EXPECT_GT(figures.at("decisions"), 500);
}

INSTANTIATE_TEST_SUITE_P(Of, FieldReplay,
                         ::testing::Values("sleep@150:300;sleep@300:100", "leap@200:7200;time@300+10:repeat",
                                           "hang@200:wait,3", "pose@200+60:nan;recentre@300:unknown",
                                           "no_render@150+60;unfocused@250+60;gaze@350:stale"));

}  // namespace
}  // namespace attune
