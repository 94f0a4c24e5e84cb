#include "sim/angles.hpp"

#include <algorithm>
#include <cmath>

namespace attune::sim {

namespace {

/// A unit vector across `direction`; level unless that looks straight up or down.
glm::dvec3 across(const glm::dvec3& direction) {
  const auto helper = std::abs(direction.y) < 0.99 ? glm::dvec3(0, 1, 0) : glm::dvec3(1, 0, 0);
  return glm::normalize(glm::cross(direction, helper));
}

}  // namespace

glm::dvec3 direction_of(double yaw_deg, double pitch_deg) {
  const double yaw = glm::radians(yaw_deg), pitch = glm::radians(pitch_deg);
  return {-std::sin(yaw) * std::cos(pitch), std::sin(pitch), -std::cos(yaw) * std::cos(pitch)};
}

double yaw_of(const glm::dvec3& direction) { return glm::degrees(std::atan2(-direction.x, -direction.z)); }
double pitch_of(const glm::dvec3& direction) {
  return glm::degrees(std::asin(std::clamp(direction.y, -1.0, 1.0)));
}

double angle_between(const glm::dvec3& a, const glm::dvec3& b) {
  return glm::degrees(std::atan2(glm::length(glm::cross(a, b)), glm::dot(a, b)));
}

glm::dvec3 moved_towards(const glm::dvec3& from, const glm::dvec3& to, double degrees) {
  const auto sideways = to - from * glm::dot(from, to);
  const double length = glm::length(sideways);
  const auto way = length > 1e-9 ? sideways / length : across(from);
  const double angle = glm::radians(degrees);
  return glm::normalize(std::cos(angle) * from + std::sin(angle) * way);
}

glm::dvec3 within_cone(const glm::dvec3& direction, const glm::dvec3& axis, const AngleLimit& limit) {
  return limit.holds(direction, axis) ? direction : moved_towards(axis, direction, limit.degrees());
}

glm::dvec3 moved_along(const glm::dvec3& from, double bearing_rad, double degrees) {
  const auto right = across(from);
  const auto up = glm::cross(right, from);
  const auto way = std::cos(bearing_rad) * right + std::sin(bearing_rad) * up;
  return moved_towards(from, way, degrees);
}

}  // namespace attune::sim
