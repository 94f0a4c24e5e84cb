#include "xr_replay/source.hpp"

namespace attune::xr_replay {
namespace {

telemetry::Pose standing_at(glm::vec3 position_m) {
  telemetry::Pose pose;
  pose.position_m = position_m;
  pose.position_valid = pose.orientation_valid = pose.tracked = true;
  return pose;
}

telemetry::HandSample resting_at(glm::vec3 position_m) {
  telemetry::HandSample hand;
  hand.grip = standing_at(position_m);
  hand.aim = standing_at(position_m + glm::vec3(0.0F, 0.0F, -0.05F));
  hand.active = true;
  return hand;
}

/// Somebody who stands, looks straight ahead, holds two controllers and does nothing.
class StillSource final : public Source {
 public:
  void advance(core::SessionTime) override {}
  [[nodiscard]] PlayedState at(core::SessionTime time) const override {
    PlayedState state;
    state.time = time;
    state.head = standing_at({0.0F, 1.6F, 0.0F});
    state.gaze.time = time;
    state.gaze.origin_m = state.head.position_m;
    state.gaze.source = telemetry::GazeSource::eye;
    state.hands = {resting_at({-0.25F, 1.0F, -0.3F}), resting_at({0.25F, 1.0F, -0.3F})};
    return state;
  }
  [[nodiscard]] bool recentred(core::SessionTime, core::SessionTime) const override { return false; }
  void show(const telemetry::Stimulus&) override {}
  [[nodiscard]] telemetry::PatientSignals signals(core::SessionTime) override { return {}; }
};

}  // namespace

SourceInfo still_source() {
  SourceInfo info;
  info.name = "a still head";
  info.has_eye_gaze = true;
  info.start = []() -> core::Result<std::unique_ptr<Source>> {
    return std::unique_ptr<Source>(std::make_unique<StillSource>());
  };
  return info;
}

}  // namespace attune::xr_replay
