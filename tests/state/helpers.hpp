#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <glm/gtc/quaternion.hpp>
#include <glm/trigonometric.hpp>
#include <numbers>
#include <random>
#include <vector>

#include "attune/state/feature_extractor.hpp"

/// Frames of a made-up person whose every movement is known.
namespace attune::test {

/// Direction of a yaw (to the left positive, as a rotation about +Y) and a pitch (up positive), degrees.
inline glm::vec3 towards(double yaw_deg, double pitch_deg) {
  const auto yaw = static_cast<float>(yaw_deg) * std::numbers::pi_v<float> / 180.0F;
  const auto pitch = static_cast<float>(pitch_deg) * std::numbers::pi_v<float> / 180.0F;
  return {-std::sin(yaw) * std::cos(pitch), std::sin(pitch), -std::cos(yaw) * std::cos(pitch)};
}

/// A gaze that rests and jumps by a fixed plan: fixations of `rest_s`, then a jump with the main sequence's
/// duration and a smooth (minimum-jerk) course, by turns left, right, up, down.
struct GazePlan {
  double rest_s = 0.35;
  double amplitude_deg = 8.0;
  double blink_every_s = 0.0, blink_s = 0.15;  ///< 0: never

  [[nodiscard]] double jump_s() const { return 0.021 + 0.0022 * amplitude_deg; }
  [[nodiscard]] double period_s() const { return rest_s + jump_s(); }
  [[nodiscard]] bool blinking(double t) const {
    return blink_every_s > 0.0 && t > 1.0 && std::fmod(t, blink_every_s) < blink_s;
  }
  /// Yaw and pitch, degrees: a square walked round and round.
  [[nodiscard]] std::pair<double, double> at(double t) const {
    const double phase = t / period_s();
    const auto turn = static_cast<std::int64_t>(std::floor(phase));
    const double in = (phase - static_cast<double>(turn)) * period_s() - rest_s;
    const double s = in <= 0.0 ? 0.0 : in / jump_s();
    const double way = s * s * s * (10.0 - 15.0 * s + 6.0 * s * s);
    static constexpr double corner[5][2]{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};
    const auto corner_now = static_cast<std::size_t>(turn % 4);
    const auto mix = [&](int axis) {
      return amplitude_deg * (corner[corner_now][axis] * (1.0 - way) + corner[corner_now + 1][axis] * way);
    };
    return {mix(0), mix(1)};
  }
};

/// Everything about a synthetic session.
struct Person {
  GazePlan gaze;
  double heading_deg = 0.0;  ///< turns the whole of it about the vertical
  double noise_deg = 0.0;    ///< of the eye tracker, per axis
  double turn_deg_s = 6.0;   ///< rms of the head's sinusoidal turning at 0.4 Hz
  double sway_mm = 5.0;      ///< amplitude of fore-and-aft sway at 0.5 Hz
  double tremor_mm = 0.5;    ///< amplitude of the right hand's tremor at 9 Hz
  double start_s = 0.0;      ///< session time of the first frame
  bool eyes = true;
  std::vector<telemetry::AoiShape> areas;
};

/// The frame at `t` seconds after the first.
inline telemetry::Frame frame_at(const Person& person, std::uint64_t index, double t,
                                 std::mt19937_64& random) {
  telemetry::Frame frame;
  frame.index = index;
  frame.time = core::at_seconds(person.start_s + t);
  frame.headset = {true, true, true, true};
  const double turn = 2.0 * std::numbers::pi * 0.4;
  const double yaw_deg =
      person.heading_deg + person.turn_deg_s * std::numbers::sqrt2 / turn * std::sin(turn * t);
  const glm::quat heading =
      glm::angleAxis(glm::radians(static_cast<float>(person.heading_deg)), glm::vec3{0, 1, 0});
  frame.head.orientation = glm::angleAxis(glm::radians(static_cast<float>(yaw_deg)), glm::vec3{0, 1, 0});
  const auto sway = static_cast<float>(person.sway_mm * 1e-3 * std::sin(2.0 * std::numbers::pi * 0.5 * t));
  frame.head.position_m = heading * glm::vec3{0.0F, 0.0F, sway} + glm::vec3{0.0F, 1.6F, 0.0F};
  frame.head.position_valid = frame.head.orientation_valid = frame.head.tracked = true;
  if (person.eyes) {
    std::normal_distribution<double> noise(0.0, 1.0);
    const auto [left, up] = person.gaze.at(t);
    const double noise_left = person.noise_deg * noise(random), noise_up = person.noise_deg * noise(random);
    frame.gaze.time = frame.time;
    frame.gaze.origin_m = frame.head.position_m;
    frame.gaze.direction = towards(person.heading_deg + left + noise_left, up + noise_up);
    frame.gaze.source = person.gaze.blinking(t) ? telemetry::GazeSource::none : telemetry::GazeSource::eye;
  }
  auto& right = frame.hands[telemetry::right];
  right.active = true;
  right.grip.position_valid = right.grip.orientation_valid = right.grip.tracked = true;
  const auto tremor =
      static_cast<float>(person.tremor_mm * 1e-3 * std::sin(2.0 * std::numbers::pi * 9.0 * t));
  right.grip.position_m = heading * glm::vec3{0.2F, 1.1F + tremor, -0.3F};
  right.trigger = std::fmod(t, 2.0) < 0.2 ? 1.0F : 0.0F;
  for (const auto& area : person.areas) frame.aois.push_back(area);
  return frame;
}

/// The features after `seconds` at `rate_hz`; `each` sees (and may change) every frame before it is taken.
inline state::Features features_of(const Person& person, double rate_hz, double seconds = 40.0,
                                   const std::function<void(telemetry::Frame&)>& each = {}) {
  state::FeatureExtractor extractor;
  std::mt19937_64 random(7);
  const auto frames = static_cast<std::uint64_t>(std::llround(seconds * rate_hz));
  for (std::uint64_t i = 0; i <= frames; ++i) {
    auto frame = frame_at(person, i, static_cast<double>(i) / rate_hz, random);
    if (each) each(frame);
    extractor.push(frame);
  }
  return extractor.current();
}

/// A feature by name; NaN when it is missing.
inline double feature(const state::Features& features, std::string_view name) {
  const auto index = state::feature_index(name);
  if (index == state::feature_count || !features.present[index]) return std::nan("");
  return static_cast<double>(features.value[index]);
}

}  // namespace attune::test
