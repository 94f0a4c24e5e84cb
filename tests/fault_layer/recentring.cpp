#include "fault_layer/recentring.hpp"

#include <glm/gtc/constants.hpp>

namespace attune::fault_layer {

namespace {

constexpr long frames_ahead = 30, frames_late = 3;

/// Half a step aside and back, and a quarter turn: more than any head does within a frame.
Rigid one_move() {
  return {glm::angleAxis(glm::half_pi<float>(), glm::vec3(0, 1, 0)), glm::vec3(0.6F, 0.0F, 0.36F)};
}

}  // namespace

Recentring::Recentring(const Plan& plan) {
  for (const auto& fault : plan.all()) {
    if (fault.kind == "recentre") moves_.push_back({&fault, std::nullopt});
  }
}

bool Recentring::frame_given(long frame, XrTime time, XrDuration period) {
  bool moves = false;
  for (auto& move : moves_) {
    const bool ahead = move.fault->value(0) == "ahead";
    if (frame == move.fault->from - (ahead ? frames_ahead : 0))
      move.at = time + (ahead ? frames_ahead * period : 0);
    moves = moves || frame == move.fault->from;
  }
  return moves;
}

std::optional<XrEventDataReferenceSpaceChangePending> Recentring::due(long frame) {
  for (auto& move : moves_) {
    const auto mode = move.fault->value(0);
    const long delay = mode == "late" ? frames_late : mode == "ahead" ? -frames_ahead : 0;
    if (move.told || !move.at || mode == "silent" || frame < move.fault->from + delay) continue;
    move.told = true;
    XrEventDataReferenceSpaceChangePending event{XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING};
    event.referenceSpaceType = XR_REFERENCE_SPACE_TYPE_LOCAL;
    event.changeTime = *move.at;
    event.poseValid = mode == "known" || mode == "ahead" ? XR_TRUE : XR_FALSE;
    event.poseInPreviousSpace = to_xr(event.poseValid == XR_TRUE ? one_move() : Rigid{});
    return event;
  }
  return std::nullopt;
}

Rigid Recentring::moved(XrReferenceSpaceType type, XrTime time) const {
  Rigid result;
  for (const auto& move : moves_) {
    const bool concerned = type == XR_REFERENCE_SPACE_TYPE_LOCAL ||
                           (type == XR_REFERENCE_SPACE_TYPE_STAGE && move.fault->value(1) == "stage");
    if (concerned && move.at && time >= *move.at) result = result * one_move();
  }
  return result;
}

}  // namespace attune::fault_layer
