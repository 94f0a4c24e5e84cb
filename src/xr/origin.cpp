#include "xr/origin.hpp"

#include <cmath>
#include <glm/geometric.hpp>

namespace attune::xr {

namespace {

constexpr float farthest_m = 1000.0F;  // no room is that large

bool possible(const XrVector3f& p) {
  return std::abs(p.x) < farthest_m && std::abs(p.y) < farthest_m && std::abs(p.z) < farthest_m;
}

/// Runtimes must give unit quaternions; what is far from one is not an orientation.
bool possible(const XrQuaternionf& q) {
  const float square = q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w;
  return square > 0.9F && square < 1.1F;
}

}  // namespace

telemetry::Pose local_pose(const XrPosef& pose, XrSpaceLocationFlags flags) {
  telemetry::Pose result;
  result.position_valid = (flags & XR_SPACE_LOCATION_POSITION_VALID_BIT) != 0 && possible(pose.position);
  result.orientation_valid =
      (flags & XR_SPACE_LOCATION_ORIENTATION_VALID_BIT) != 0 && possible(pose.orientation);
  result.tracked = result.orientation_valid && (flags & XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT) != 0 &&
                   (!result.position_valid || (flags & XR_SPACE_LOCATION_POSITION_TRACKED_BIT) != 0);
  if (result.position_valid) result.position_m = {pose.position.x, pose.position.y, pose.position.z};
  if (result.orientation_valid) {
    const auto& q = pose.orientation;
    result.orientation = glm::normalize(glm::quat(q.w, q.x, q.y, q.z));
  }
  return result;
}

telemetry::Pose Origin::apply(const XrPosef& pose, XrSpaceLocationFlags flags) const {
  auto result = local_pose(pose, flags);
  if (result.position_valid) result.position_m = turn * result.position_m + shift_m;
  if (result.orientation_valid) result.orientation = glm::normalize(turn * result.orientation);
  return result;
}

XrPosef Origin::undo(const telemetry::Pose& pose) const {
  const auto back = glm::conjugate(turn);
  const auto q = back * pose.orientation;
  const auto p = back * (pose.position_m - shift_m);
  return {{q.x, q.y, q.z, q.w}, {p.x, p.y, p.z}};
}

}  // namespace attune::xr
