#pragma once

#include <cmath>
#include <glm/gtc/quaternion.hpp>
#include <glm/vec3.hpp>

#include "attune/telemetry/samples.hpp"
#include "xr_replay/openxr.hpp"

namespace attune::xr_replay {

/// A rigid motion: where something is and how it is turned.
struct Rigid {
  glm::vec3 position{0.0F};
  glm::quat orientation{1.0F, 0.0F, 0.0F, 0.0F};
};

[[nodiscard]] inline Rigid operator*(const Rigid& a, const Rigid& b) {
  return {a.position + a.orientation * b.position, glm::normalize(a.orientation * b.orientation)};
}
[[nodiscard]] inline Rigid inverse(const Rigid& a) {
  const glm::quat back = glm::conjugate(a.orientation);
  return {back * -a.position, back};
}
[[nodiscard]] inline Rigid from(const XrPosef& pose) {
  const auto& q = pose.orientation;
  return {{pose.position.x, pose.position.y, pose.position.z}, {q.w, q.x, q.y, q.z}};
}
[[nodiscard]] inline XrPosef to_xr(const Rigid& pose) {
  const auto& [p, q] = pose;
  return {{q.x, q.y, q.z, q.w}, {p.x, p.y, p.z}};
}

/// Whether a program's pose is finite and its quaternion a unit one within a percent (OpenXR 1.0, 2.16).
[[nodiscard]] inline bool valid(const XrPosef& pose) {
  const auto& q = pose.orientation;
  const auto& p = pose.position;
  const float norm = std::sqrt(q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w);
  return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z) && std::abs(norm - 1.0F) <= 0.01F;
}

/// A pose and how far it may be believed; the flags are XR_SPACE_LOCATION_….
struct Located {
  Rigid pose;
  XrSpaceLocationFlags flags = 0;
};
inline constexpr XrSpaceLocationFlags valid_flags =
    XR_SPACE_LOCATION_ORIENTATION_VALID_BIT | XR_SPACE_LOCATION_POSITION_VALID_BIT;
inline constexpr XrSpaceLocationFlags tracked_flags =
    XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT | XR_SPACE_LOCATION_POSITION_TRACKED_BIT;

[[nodiscard]] inline Located located(const telemetry::Pose& pose) {
  Located result;
  if (pose.position_valid) {
    result.pose.position = pose.position_m;
    result.flags |= XR_SPACE_LOCATION_POSITION_VALID_BIT;
    if (pose.tracked) result.flags |= XR_SPACE_LOCATION_POSITION_TRACKED_BIT;
  }
  if (pose.orientation_valid) {
    result.pose.orientation = pose.orientation;
    result.flags |= XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
    if (pose.tracked) result.flags |= XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;
  }
  return result;
}

}  // namespace attune::xr_replay
