#pragma once

#include <memory>
#include <random>

#include <cmath>
#include <functional>
#include <glm/gtx/quaternion.hpp>

#include "attune/session/pipeline.hpp"

namespace attune::test {

/// Networks with drawn weights: what they say means nothing, but it depends on every input.
inline std::shared_ptr<session::Networks> drawn_networks(unsigned seed = 7) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0.0F, 0.15F);
  state::MonitorWeights monitor;
  const auto fill = [&](auto& values) {
    for (auto& value : values) value = normal(random);
  };
  fill(monitor.network.w1);
  fill(monitor.network.w2);
  fill(monitor.network.w3);
  monitor.network.b3 = {0.5F};
  monitor.standardisation.scale.fill(1.0F);
  auto treatment = std::make_unique<state::TreatmentNetwork::Weights>();
  fill(treatment->w1);
  fill(treatment->w2);
  fill(treatment->w3);
  return std::make_shared<session::FoldedNetworks>(monitor, *treatment);
}

/// A patient who stands, looks about, and does nothing else, at 72 Hz.
class StandingPatient {
 public:
  static constexpr double rate_hz = 72.0;

  telemetry::Frame next() {
    telemetry::Frame frame;
    frame.index = count_;
    frame.time = core::at_seconds(static_cast<double>(count_) / rate_hz);
    const auto t = static_cast<float>(frame.time.seconds());
    frame.headset = {true, true, true, true};
    frame.head.orientation = glm::angleAxis(0.2F * std::sin(0.7F * t), glm::vec3(0, 1, 0));
    frame.head.position_m = {0.01F * std::sin(t), 1.6F, 0.0F};
    frame.head.position_valid = frame.head.orientation_valid = frame.head.tracked = true;
    frame.gaze.time = frame.time;
    frame.gaze.origin_m = frame.head.position_m;
    // The gaze steps every 0.3 s: fixations with saccades between them.
    const float step = std::floor(t / 0.3F);
    frame.gaze.direction =
        glm::normalize(glm::vec3(0.3F * std::sin(step * 2.1F), 0.1F * std::cos(step * 1.3F), -1.0F));
    frame.gaze.source = telemetry::GazeSource::eye;
    frame.aois.push_back({1, telemetry::AoiRole::threat, {0, -10, -6}, {4, 10, 4}});
    frame.aois.push_back({2, telemetry::AoiRole::calm, {2, 1, -3}, {0.5F, 0.5F, 0.5F}});
    if (count_ == 10) frame.commands.push_back({telemetry::CommandKind::start, 0.0F});
    ++count_;
    return frame;
  }

 private:
  std::uint64_t count_ = 0;
};

}  // namespace attune::test
