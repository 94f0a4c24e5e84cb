#include "attune/datasets/frame_of_reference.hpp"

#include <cmath>
#include <glm/gtc/constants.hpp>

namespace attune::datasets {

namespace {

double radians(double degrees) { return degrees * glm::pi<double>() / 180.0; }

}  // namespace

glm::vec3 from_unity_position(const glm::vec3& unity_m) { return {unity_m.x, unity_m.y, -unity_m.z}; }

glm::quat from_unity_euler(const glm::vec3& unity_deg) {
  const auto turn = [](double degrees, const glm::dvec3& axis) {
    return glm::angleAxis(radians(degrees), axis);
  };
  const glm::dquat unity =
      turn(unity_deg.y, {0, 1, 0}) * turn(unity_deg.x, {1, 0, 0}) * turn(unity_deg.z, {0, 0, 1});
  // Mirroring z turns a rotation about (x, y, z) into one about (−x, −y, z).
  const glm::dquat mirrored = glm::normalize(glm::dquat(unity.w, -unity.x, -unity.y, unity.z));
  return glm::quat(mirrored.w < 0 ? -mirrored : mirrored);
}

glm::vec3 direction_from_pitch_yaw(double pitch_deg, double yaw_deg) {
  const double pitch = radians(pitch_deg), yaw = radians(yaw_deg);
  return {std::cos(pitch) * std::sin(yaw), std::sin(pitch), -std::cos(pitch) * std::cos(yaw)};
}

glm::quat orientation_from_pitch_yaw(double pitch_deg, double yaw_deg) {
  const auto turned = glm::angleAxis(radians(-yaw_deg), glm::dvec3(0, 1, 0)) *
                      glm::angleAxis(radians(pitch_deg), glm::dvec3(1, 0, 0));
  return glm::quat(turned);
}

}  // namespace attune::datasets
