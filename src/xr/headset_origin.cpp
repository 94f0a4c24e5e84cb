#include <cmath>
#include <glm/geometric.hpp>

#include "xr/headset_openxr.hpp"

namespace attune::xr {

namespace {

constexpr float standing_eye_height_m =
    1.6F;  // where no floor is known, the patient is taken to stand this tall
constexpr XrDuration late_event_ns = 1'000'000'000;

/// The turn about the vertical alone: a patient who looks down must not tilt the world.
float heading_rad(const glm::quat& orientation) {
  auto forward = orientation * glm::vec3(0, 0, -1);
  if (std::abs(forward.y) > 0.99F) forward = orientation * glm::vec3(0, forward.y > 0 ? -1 : 1, 0);
  return std::atan2(-forward.x, -forward.z);
}

}  // namespace

telemetry::Pose OpenXrHeadset::locate_in_local(XrSpace space, XrTime time) const {
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
  if (space == XR_NULL_HANDLE || XR_FAILED(xrLocateSpace(space, local_, time, &location))) return {};
  return local_pose(location.pose, location.locationFlags);
}

/// Keeps the origin where the patient stands: at the start, and whenever LOCAL moves, announced or not.
void OpenXrHeadset::align(const FrameTime& frame) {
  recentred_ = false;
  const auto head = locate_in_local(view_, frame.display_time);
  const auto floor = locate_in_local(stage_, frame.display_time);
  const auto stage = floor.valid() ? std::optional(floor) : std::nullopt;
  const double dt_s = frame.period_s > 0.0F ? static_cast<double>(frame.period_s) : 1.0 / 72.0;
  const bool moved = recentre_detector_.push(head, stage, dt_s);
  // Some runtimes announce a move that was already seen.
  const bool known = realigned_at_ != 0 && realign_from_ <= realigned_at_ &&
                     static_cast<double>(realigned_at_) - static_cast<double>(realign_from_) <
                         static_cast<double>(late_event_ns);
  if (recentre_pending_ && known) recentre_pending_ = false;
  const bool due = recentre_pending_ && frame.display_time >= realign_from_;
  if ((aligned_ && !due && !moved) || !head.valid()) return;

  stand_at(head, stage);
  if (!aligned_ && !stage) note(HeadsetEvent::no_floor);
  if (aligned_) {
    recentred_ = true;
    realigned_at_ = frame.display_time;
    note(HeadsetEvent::recentred);
  }
  aligned_ = true;
  recentre_pending_ = false;
  recentre_detector_.forget();
}

void OpenXrHeadset::stand_at(const telemetry::Pose& head, const std::optional<telemetry::Pose>& stage) {
  origin_.turn = glm::angleAxis(-heading_rad(head.orientation), glm::vec3(0, 1, 0));
  const float floor_m = stage ? stage->position_m.y : head.position_m.y - standing_eye_height_m;
  origin_.shift_m = -(origin_.turn * glm::vec3(head.position_m.x, floor_m, head.position_m.z));
}

}  // namespace attune::xr
