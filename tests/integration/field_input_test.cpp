#include <gtest/gtest.h>

#include "integration/field.hpp"
#include "integration/person.hpp"
#include "integration/steadiness.hpp"

// What a controller says counts when the session has the patient's input, and not otherwise.
namespace attune {
namespace {

int stops(const test::FieldRecord& record) {
  int count = 0;
  for (const auto& event : record.events) count += event.kind == record::EventKind::stopped;
  return count;
}

bool untouched(const telemetry::HandSample& hand) {
  return !hand.active && hand.trigger == 0.0F && hand.squeeze == 0.0F && hand.buttons == 0 &&
         hand.thumbstick == glm::vec2(0.0F);
}

/// A person's session: a virtual patient has no hands that could choose anything.
test::FieldRecord session_with(const std::string& fault) {
  const test::ScratchFolder scratch;
  test::record_person(scratch / "person.attune", test::patient_rate_hz, 7.0, [](auto&) {});
  test::FieldOptions options;
  options.source = (scratch / "person.attune").string();
  test::FieldSession session(fault, options);
  const auto& outcome = session.end();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(session.faults().missing(fault), "");
  return test::record_of(session.path());
}

TEST(FieldInput, StopsTheSessionWhenEverythingIsPressedWithFocus) {
  EXPECT_GE(stops(session_with("pressed@200+150")), 1) << "else the tests below show nothing";
}

class WithoutFocus : public ::testing::TestWithParam<const char*> {};

TEST_P(WithoutFocus, WhatIsPressedCountsForNothing) {
  const auto record = session_with(GetParam());
  EXPECT_EQ(stops(record), 0) << record.told();
  std::size_t unfocused = 0;
  for (const auto& moment : record.moments) {
    if (moment.frame.headset.focused) continue;
    ++unfocused;
    ASSERT_TRUE(untouched(moment.frame.hands[0]) && untouched(moment.frame.hands[1]))
        << "at frame " << moment.frame.index;
  }
  EXPECT_GE(unfocused, 100u);
  EXPECT_TRUE(test::exposure_is_steady(record));
}

INSTANTIATE_TEST_SUITE_P(FieldInput, WithoutFocus,
                         ::testing::Values("unfocused@1+120;pressed@1+120", "hidden@1+120;pressed@1+120",
                                           "unfocused@200+150;pressed@202+148"));

TEST(FieldInput, OfAControllerThatWasPutDownReadsAsUntouched) {
  const auto record = session_with("controller_down@200+60:left");
  for (std::size_t i = 200; i < 258; ++i) {
    ASSERT_TRUE(untouched(record.moments[i].frame.hands[0])) << "at frame " << i;
    ASSERT_TRUE(record.moments[i].frame.hands[1].active) << "at frame " << i;
  }
  EXPECT_TRUE(record.moments[300].frame.hands[0].active) << "it was taken up again";
}

}  // namespace
}  // namespace attune
