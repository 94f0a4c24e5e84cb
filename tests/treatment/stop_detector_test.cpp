#include "attune/treatment/stop_detector.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <optional>

namespace attune::treatment {
namespace {

constexpr double rate_hz = 72.0;

StopInput idle() {
  StopInput input;
  for (auto& hand : input.hands) hand.active = true;
  return input;
}

/// Holds something from second 1 on. @return when the detector says stop, counted from the beginning of the
/// hold.
std::optional<double> stops_after(const std::function<void(StopInput&, double held_s)>& hold,
                                  double for_s = 5.0) {
  StopDetector detector;
  std::optional<double> stopped;
  for (int i = 0; i < static_cast<int>((1.0 + for_s) * rate_hz); ++i) {
    const double time_s = i / rate_hz;
    auto input = idle();
    input.time = core::at_seconds(time_s);
    if (time_s >= 1.0) hold(input, time_s - 1.0);
    const auto out = detector.push(input);
    if (out.stopped && !stopped) stopped = time_s - 1.0;
    EXPECT_GE(out.progress, 0.0F);
    EXPECT_LE(out.progress, 1.0F);
  }
  return stopped;
}

void squeeze_both(StopInput& input, double) { input.hands[0].squeeze = input.hands[1].squeeze = 1.0F; }

TEST(StopDetector, StopsWhenBothGripsAreSqueezedForOneSecond) {
  const auto at = stops_after(squeeze_both);
  ASSERT_TRUE(at.has_value());
  EXPECT_NEAR(*at, 1.0, 1.5 / rate_hz);
}

TEST(StopDetector, StopsWhenAnyOneButtonOfEitherHandIsHeldForOneSecond) {
  for (const std::size_t hand : {0U, 1U}) {
    for (const std::uint8_t button : {telemetry::button_select, telemetry::button_menu}) {
      const auto at = stops_after([&](StopInput& input, double) {
        input.hands[hand].buttons = button;
        input.hands[1 - hand].active = false;  // one controller is enough
      });
      ASSERT_TRUE(at.has_value());
      EXPECT_NEAR(*at, 1.0, 1.5 / rate_hz);
    }
  }
}

TEST(StopDetector, StopsWithoutHandsWhenGazeOrHeadRestsOnTheMark) {
  const auto at = stops_after([](StopInput& input, double) {
    for (auto& hand : input.hands) hand.active = false;
    input.on_stop_mark = true;
  });
  ASSERT_TRUE(at.has_value());
  EXPECT_NEAR(*at, 1.5, 1.5 / rate_hz);
  EXPECT_LE(StopDetector::delay_s(), 2.0) << "within two seconds, whatever a person can use";
}

TEST(StopDetector, DoesNotStopOnWhatIsShorterOrOtherwise) {
  EXPECT_FALSE(stops_after([](StopInput& input, double held_s) {
                 if (held_s < 0.9) squeeze_both(input, held_s);
               }).has_value());
  EXPECT_FALSE(stops_after([](StopInput& input, double) { input.hands[0].squeeze = 1.0F; }).has_value())
      << "one grip holds things";
  EXPECT_FALSE(stops_after([](StopInput& input, double) { input.hands[1].trigger = 1.0F; }).has_value())
      << "the trigger answers questions";
  EXPECT_FALSE(stops_after([](StopInput& input, double held_s) {
                 input.hands[0].buttons = std::fmod(held_s, 0.5) < 0.4 ? telemetry::button_select : 0;
               }).has_value())
      << "pressing again and again is not holding";
}

TEST(StopDetector, ForgivesATremblingGripOnceItHasClosed) {
  EXPECT_TRUE(stops_after([](StopInput& input, double held_s) {
                const float grip =
                    held_s < 0.1 ? 0.8F : 0.55F + 0.1F * static_cast<float>(std::sin(60.0 * held_s));
                input.hands[0].squeeze = input.hands[1].squeeze = grip;
              }).has_value());
}

TEST(StopDetector, SaysStopOnceAndShowsProgressMeanwhile) {
  StopDetector detector;
  int stops = 0;
  float before = -1.0F;
  for (int i = 0; i < 200; ++i) {
    auto input = idle();
    input.time = core::at_seconds(i / 100.0);
    squeeze_both(input, 0.0);
    const auto out = detector.push(input);
    stops += out.stopped ? 1 : 0;
    EXPECT_GE(out.progress, before);
    before = out.progress;
    if (i == 50) {
      EXPECT_NEAR(out.progress, 0.5F, 0.02F);
    }
  }
  EXPECT_EQ(stops, 1);
  // Released and held again, it stops again.
  for (int i = 200; i < 400; ++i) {
    auto input = idle();
    input.time = core::at_seconds(i / 100.0);
    if (i > 210) squeeze_both(input, 0.0);
    stops += detector.push(input).stopped ? 1 : 0;
  }
  EXPECT_EQ(stops, 2);
}

TEST(StopDetector, IsNotStoppedByAJumpOfTimeAlone) {
  StopDetector detector;
  auto input = idle();
  squeeze_both(input, 0.0);
  EXPECT_FALSE(detector.push(input).stopped);
  input.time = core::at_seconds(100.0);
  EXPECT_FALSE(detector.push(input).stopped);
  input.time = core::at_seconds(-100.0);
  EXPECT_FALSE(detector.push(input).stopped);
}

}  // namespace
}  // namespace attune::treatment
