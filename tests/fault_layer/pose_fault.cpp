#include "fault_layer/pose_fault.hpp"

#include <limits>

namespace attune::fault_layer {

namespace {
constexpr float none = std::numeric_limits<float>::quiet_NaN();
constexpr XrFlags64 valid = XR_SPACE_LOCATION_ORIENTATION_VALID_BIT | XR_SPACE_LOCATION_POSITION_VALID_BIT;
constexpr XrFlags64 tracked =
    XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT | XR_SPACE_LOCATION_POSITION_TRACKED_BIT;
}  // namespace

void spoil(const std::string& how, XrFlags64& flags, XrPosef& pose) {
  auto& q = pose.orientation;
  if (how == "invalid") {
    flags = 0;
    pose = {{none, 1e30F, none, -7.0F}, {1e30F, none, -1e30F}};
  } else if (how == "nan") {
    flags = valid | tracked;
    pose = {{none, none, none, none}, {none, none, none}};
  } else if (how == "far") {
    flags = valid | tracked;
    pose.position = {1e30F, -1e30F, std::numeric_limits<float>::infinity()};
  } else if (how == "no_turn") {
    q = {0.0F, 0.0F, 0.0F, 0.0F};
  } else if (how == "long_turn") {
    q = {3.0F * q.x, 3.0F * q.y, 3.0F * q.z, 3.0F * q.w};
  } else if (how == "adrift") {
    flags = XR_SPACE_LOCATION_ORIENTATION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;
    pose.position = {none, 1e30F, none};
  } else if (how == "untracked") {
    flags &= ~tracked;
  }
}

}  // namespace attune::fault_layer
