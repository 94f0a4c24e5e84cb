#include "attune/datasets/frame_of_reference.hpp"

#include <gtest/gtest.h>

#include <glm/geometric.hpp>

namespace attune::datasets {
namespace {

constexpr glm::vec3 forward{0, 0, -1}, up{0, 1, 0}, right{1, 0, 0};

void expect_near(const glm::vec3& is, const glm::vec3& should) {
  EXPECT_NEAR(glm::distance(is, should), 0.0F, 1e-5F)
      << "is (" << is.x << ", " << is.y << ", " << is.z << "), should be (" << should.x << ", " << should.y
      << ", " << should.z << ")";
}

TEST(FrameOfReference, ZChangesItsSign) { expect_near(from_unity_position({1, 2, 3}), {1, 2, -3}); }

TEST(FrameOfReference, NoTurnLooksForward) {
  expect_near(from_unity_euler({0, 0, 0}) * forward, forward);
  expect_near(from_unity_euler({0, 0, 0}) * up, up);
}

TEST(FrameOfReference, UnitysPositiveYawTurnsToTheRight) {
  expect_near(from_unity_euler({0, 90, 0}) * forward, right);
}

TEST(FrameOfReference, UnitysPositivePitchLooksDown) {
  expect_near(from_unity_euler({30, 0, 0}) * forward, {0, -0.5F, -0.8660254F});
}

TEST(FrameOfReference, UnitysPositiveRollLeansToTheLeft) {
  expect_near(from_unity_euler({0, 0, 90}) * up, {-1, 0, 0});
}

TEST(FrameOfReference, TurnsAreAboutZThenXThenY) {
  // In Unity: the up vector is pitched to +Z, and only then turned to +X; the other order leaves it at +Z.
  expect_near(from_unity_euler({90, 90, 0}) * up, right);
  // Right is rolled to +Y, where yaw leaves it; the other order takes it to −Z.
  expect_near(from_unity_euler({0, 90, 90}) * right, up);
  // Right is rolled to +Y, then pitched to Unity's +Z, which is our −Z.
  expect_near(from_unity_euler({90, 0, 90}) * right, forward);
}

TEST(FrameOfReference, AnglesAboveAFullTurnMeanTheSame) {
  const auto a = from_unity_euler({359, 345, 358}), b = from_unity_euler({-1, -15, -2});
  EXPECT_NEAR(std::abs(glm::dot(a, b)), 1.0F, 1e-6F);
}

TEST(FrameOfReference, PitchIsUpAndYawIsRight) {
  expect_near(direction_from_pitch_yaw(0, 0), forward);
  expect_near(direction_from_pitch_yaw(0, 90), right);
  expect_near(direction_from_pitch_yaw(90, 0), up);
  expect_near(orientation_from_pitch_yaw(20, 130) * forward, direction_from_pitch_yaw(20, 130));
  // Without roll, the right-hand side stays level.
  EXPECT_NEAR((orientation_from_pitch_yaw(20, 130) * right).y, 0.0F, 1e-6F);
}

}  // namespace
}  // namespace attune::datasets
