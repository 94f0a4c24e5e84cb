#include "attune/xr/recentre_detector.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <glm/geometric.hpp>

namespace attune::xr {
namespace {

constexpr double dt_s = 1.0 / 72.0;
constexpr float degree = 0.01745329F;

telemetry::Pose pose(glm::vec3 position_m, float yaw_rad, float pitch_rad = 0.0F) {
  telemetry::Pose result;
  result.position_m = position_m;
  result.orientation =
      glm::angleAxis(yaw_rad, glm::vec3(0, 1, 0)) * glm::angleAxis(pitch_rad, glm::vec3(1, 0, 0));
  result.position_valid = result.orientation_valid = result.tracked = true;
  return result;
}

/// A person who sways and looks about, as seen from a space that is turned and shifted.
telemetry::Pose person(double t, float turned_rad = 0.0F, glm::vec3 shifted_m = {}) {
  const auto swing = [&](double hz) { return static_cast<float>(std::sin(2.0 * 3.14159 * hz * t)); };
  auto result = pose({0.05F * swing(0.3), 1.6F, 0.03F * swing(0.5)}, 1.2F * swing(0.7), 0.3F * swing(1.1));
  const auto turn = glm::angleAxis(turned_rad, glm::vec3(0, 1, 0));
  result.position_m = turn * result.position_m + shifted_m;
  result.orientation = turn * result.orientation;
  return result;
}

/// How often a move of LOCAL is seen in ten seconds; the space moves at 5 s as `turned` and `shifted` say.
int seen(float turned_rad, glm::vec3 shifted_m, bool with_stage, bool stage_moves_instead = false) {
  RecentreDetector detector;
  int found = 0;
  for (int i = 0; i < 720; ++i) {
    const double t = i * dt_s;
    const bool moved = t >= 5.0;
    const auto head = moved && !stage_moves_instead ? person(t, turned_rad, shifted_m) : person(t);
    std::optional<telemetry::Pose> stage;
    if (with_stage) stage = moved ? pose(shifted_m, turned_rad) : pose({}, 0.0F);
    found += detector.push(head, stage, dt_s) ? 1 : 0;
  }
  return found;
}

TEST(RecentreDetector, SeesAMoveThatNoHeadCanMake) {
  EXPECT_EQ(seen(90.0F * degree, {}, false), 1);
  EXPECT_EQ(seen(0.0F, {0.6F, 0.0F, 0.0F}, false), 1);
  EXPECT_EQ(seen(40.0F * degree, {0.2F, 0.0F, 0.1F}, false), 1);
}

TEST(RecentreDetector, SeesASmallMoveByTheFloor) {
  EXPECT_EQ(seen(5.0F * degree, {}, false), 0) << "without a floor it would be a turn of the head";
  EXPECT_EQ(seen(5.0F * degree, {}, true), 1);
  EXPECT_EQ(seen(0.0F, {0.05F, 0.0F, 0.0F}, true), 1);
}

TEST(RecentreDetector, TakesNoTurnOfAHeadForAMove) {
  EXPECT_EQ(seen(0.0F, {}, false), 0);
  EXPECT_EQ(seen(0.0F, {}, true), 0);
  RecentreDetector detector;
  for (int i = 0; i < 200; ++i) {  // 600 degrees a second, at 72 Hz with a frame dropped now and then
    const double step_s = i % 10 == 0 ? 2 * dt_s : dt_s;
    const float yaw = 600.0F * degree * static_cast<float>(dt_s) * static_cast<float>(i + i / 10);
    EXPECT_FALSE(detector.push(pose({0, 1.6F, 0}, yaw), std::nullopt, step_s)) << i;
  }
}

TEST(RecentreDetector, AFloorThatIsCalibratedAnewIsNoMoveOfThePatientsSpace) {
  EXPECT_EQ(seen(90.0F * degree, {0.3F, 0.0F, 0.0F}, true, true), 0);
}

TEST(RecentreDetector, ConcludesNothingFromAHeadThatWasOutOfSight) {
  RecentreDetector detector;
  detector.push(pose({0, 1.6F, 0}, 0.0F), std::nullopt, dt_s);
  for (int i = 0; i < 72; ++i) EXPECT_FALSE(detector.push({}, std::nullopt, dt_s));
  EXPECT_FALSE(detector.push(pose({1.5F, 1.6F, 0}, 2.0F), std::nullopt, dt_s));
}

TEST(RecentreDetector, AMoveThatIsKnownIsNotFoundAgain) {
  RecentreDetector detector;
  detector.push(pose({0, 1.6F, 0}, 0.0F), std::nullopt, dt_s);
  detector.forget();
  EXPECT_FALSE(detector.push(pose({1.5F, 1.6F, 0}, 2.0F), std::nullopt, dt_s));
}

}  // namespace
}  // namespace attune::xr
