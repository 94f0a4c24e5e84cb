#include "attune/learn/windows.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace attune::learn {
namespace {

/// Somebody who stands, looks around slowly and whose head sways.
std::vector<telemetry::Frame> visit_of(double length_s) {
  std::vector<telemetry::Frame> frames;
  for (std::size_t i = 0; static_cast<double>(i) / 72.0 <= length_s; ++i) {
    telemetry::Frame frame;
    const double time_s = static_cast<double>(i) / 72.0;
    frame.index = i;
    frame.time = core::at_seconds(time_s);
    frame.headset = {.running = true, .visible = true, .focused = true, .worn = true};
    frame.head.position_m = {0.02F * static_cast<float>(std::sin(time_s)), 1.6F, 0.0F};
    frame.head.position_valid = frame.head.orientation_valid = frame.head.tracked = true;
    frames.push_back(frame);
  }
  return frames;
}

TEST(EqualWindows, EveryVisitGivesAsMany) {
  EXPECT_EQ(equal_windows(visit_of(31), 6).size(), 6U);
  EXPECT_EQ(equal_windows(visit_of(120), 6).size(), 6U);
  EXPECT_EQ(equal_windows(visit_of(window_s + 0.1), 6).size(), 6U);
}

TEST(EqualWindows, AVisitShorterThanAWindowGivesNone) {
  EXPECT_TRUE(equal_windows(visit_of(window_s - 1), 6).empty());
  EXPECT_TRUE(equal_windows({}, 6).empty());
}

TEST(EqualWindows, TheSameBehaviourLooksTheSameInLongAndShortVisits) {
  const auto brief = equal_windows(visit_of(40), 1),
             lengthy = equal_windows(visit_of(40 + 4 * 6.283185307), 1);
  ASSERT_EQ(brief.size(), 1U);
  ASSERT_EQ(lengthy.size(), 1U);
  EXPECT_TRUE(brief[0].features.present.any());
  EXPECT_EQ(brief[0].features.present, lengthy[0].features.present)
      << "which features are there must not tell how long a visit was";
}

}  // namespace
}  // namespace attune::learn
