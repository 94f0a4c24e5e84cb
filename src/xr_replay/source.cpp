#include "xr_replay/source.hpp"

#include <algorithm>
#include <glm/gtc/quaternion.hpp>

#include "attune/sim/virtual_patient.hpp"

namespace attune::xr_replay {
namespace {

telemetry::Pose between(const telemetry::Pose& a, const telemetry::Pose& b, float share) {
  telemetry::Pose pose;
  pose.position_m = glm::mix(a.position_m, b.position_m, share);
  pose.orientation = glm::normalize(glm::slerp(a.orientation, b.orientation, share));
  pose.position_valid = a.position_valid && b.position_valid;
  pose.orientation_valid = a.orientation_valid && b.orientation_valid;
  pose.tracked = a.tracked && b.tracked;
  return pose;
}

}  // namespace

PlayedState between(const PlayedState& a, const PlayedState& b, core::SessionTime t) {
  PlayedState state = a;
  state.time = t;
  if (t <= a.time || b.time <= a.time) return state;
  const auto share =
      static_cast<float>(core::seconds_between(a.time, t) / core::seconds_between(a.time, b.time));
  state.head = between(a.head, b.head, share);
  for (std::size_t side = 0; side < 2; ++side) {
    state.hands[side].grip = between(a.hands[side].grip, b.hands[side].grip, share);
    state.hands[side].aim = between(a.hands[side].aim, b.hands[side].aim, share);
  }
  return state;
}

core::Result<SourceInfo> open_source(const Settings& settings) {
  auto info = settings.input.empty()                   ? core::Result<SourceInfo>(still_source())
              : sim::is_patient_source(settings.input) ? patient_source(settings.input)
                                                       : recording_source(settings.input);
  if (!info) return info;
  if (settings.rate_hz) info->rate_hz = *settings.rate_hz;
  if (settings.duration_s) {
    info->duration_s = std::min(*settings.duration_s, info->duration_s.value_or(*settings.duration_s));
  }
  return info;
}

}  // namespace attune::xr_replay
