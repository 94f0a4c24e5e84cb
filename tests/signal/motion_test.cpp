#include "attune/signal/motion.hpp"

#include <gtest/gtest.h>

#include <glm/geometric.hpp>
#include <glm/trigonometric.hpp>
#include <limits>
#include <numbers>

namespace attune::signal {
namespace {

constexpr double tau = 2.0 * std::numbers::pi;

telemetry::Pose pose(float yaw_deg, glm::vec3 position) {
  telemetry::Pose result;
  result.orientation = glm::angleAxis(glm::radians(yaw_deg), glm::vec3{0.0F, 1.0F, 0.0F});
  result.position_m = position;
  result.position_valid = result.orientation_valid = result.tracked = true;
  return result;
}

TEST(HeadMotion, ReadsASteadyTurnInDegreesPerSecondAcrossTheSeamOfYaw) {
  for (const double rate : {60.0, 72.0, 120.0}) {
    HeadMotion head;
    std::optional<HeadMotionSample> last;
    for (int i = 0; i < static_cast<int>(rate * 12.0); ++i) {
      last = head.push(pose(static_cast<float>(40.0 * i / rate), {}), static_cast<float>(1.0 / rate));
    }
    ASSERT_TRUE(last);
    EXPECT_NEAR(last->turn_deg_s, 40.0F, 0.2F) << rate;
  }
}

TEST(HeadMotion, ReadsNothingFromAPoseThatIsNotTracked) {
  HeadMotion head;
  auto good = pose(0.0F, {});
  head.push(good, 0.0139F);
  ASSERT_TRUE(head.push(good, 0.0139F));
  auto lost = pose(90.0F, {});
  lost.tracked = false;
  EXPECT_FALSE(head.push(lost, 0.0139F));
  EXPECT_FALSE(head.push(pose(90.0F, {}), 0.0139F)) << "the first sample after a gap has no speed";
  EXPECT_LT(head.push(pose(90.0F, {}), 0.0139F)->turn_deg_s, 1e-3F) << "the jump across the gap is no turn";
}

TEST(HeadMotion, MeasuresSwayAboutTheSlowPositionOnly) {
  HeadMotion head;
  double square = 0.0;
  int count = 0;
  for (int i = 0; i < 72 * 60; ++i) {
    const double t = i / 72.0;
    // 4 mm of sway while the person drifts half a metre.
    const auto x = static_cast<float>(0.004 * std::sin(tau * 0.6 * t) + 0.008 * t);
    const auto sample = head.push(pose(0.0F, {x, 1.6F, 0.0F}), 1.0F / 72.0F);
    if (!sample || !sample->sway_m || i < 72 * 20) continue;
    const double offset = static_cast<double>(sample->sway_m->x);
    square += offset * offset;
    ++count;
  }
  // Of a steady drift a second-order high pass leaves nothing.
  EXPECT_NEAR(std::sqrt(square / count), 0.004 / std::numbers::sqrt2, 0.0002);
}

TEST(HandMotion, FindsTremorInAHandHeldStillAndNoneInAGesture) {
  for (const double rate : {60.0, 72.0, 90.0, 120.0}) {
    const auto rms_mm = [&](double tremor_m, double gesture_m) {
      HandMotion hand;
      double square = 0.0;
      int count = 0;
      for (int i = 0; i < static_cast<int>(rate * 20.0); ++i) {
        const double t = i / rate;
        const auto y =
            static_cast<float>(tremor_m * std::sin(tau * 7.0 * t) + gesture_m * std::sin(tau * 0.7 * t));
        const auto sample = hand.push(pose(0.0F, {0.0F, y, 0.0F}), static_cast<float>(1.0 / rate));
        if (!sample || !sample->tremor_mm || t < 2.0) continue;
        square += static_cast<double>(*sample->tremor_mm * *sample->tremor_mm);
        ++count;
      }
      return count > 0 ? std::sqrt(square / count) : -1.0;
    };
    EXPECT_NEAR(rms_mm(0.0005, 0.0), 0.5 / std::numbers::sqrt2, 0.06) << rate;
    EXPECT_LT(rms_mm(0.0, 0.01), 0.02) << "a slow movement of a centimetre is no tremor at " << rate;
    EXPECT_EQ(rms_mm(0.0005, 0.3), -1.0) << "nothing is said while the hand sweeps at " << rate;
  }
}

TEST(HandMotion, SaysNothingOfTremorBelowThirtyHertz) {
  HandMotion hand;
  for (int i = 0; i < 200; ++i) {
    const auto sample = hand.push(pose(0.0F, {}), 1.0F / 20.0F);
    EXPECT_FALSE(sample && sample->tremor_mm);
  }
}

TEST(HandMotion, DoesNotReadWhatIsNotANumber) {
  HandMotion hand;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  hand.push(pose(0.0F, {}), 0.0139F);
  EXPECT_FALSE(hand.push(pose(0.0F, {nan, 0.0F, 0.0F}), 0.0139F));
  hand.push(pose(0.0F, {}), 0.0139F);
  EXPECT_LT(hand.push(pose(0.0F, {}), 0.0139F)->speed_m_s, 1e-6F) << "and remembers nothing of it";
}

}  // namespace
}  // namespace attune::signal
