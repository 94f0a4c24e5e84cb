#include "sim/hands.hpp"

#include <algorithm>
#include <cmath>
#include <glm/gtc/quaternion.hpp>
#include <numbers>
#include <utility>

#include "attune/sim/plant.hpp"
#include "attune/sim/random.hpp"

namespace attune::sim {

namespace {

// Elbows bent, a controller in each hand in front of the hips.
constexpr std::array rest_m{glm::dvec3(-0.22, 1.02, -0.32), glm::dvec3(0.22, 1.02, -0.32)};
constexpr double grip_pitch_deg = -25.0;
constexpr double aim_ahead_m = 0.06;  // from grip to where the controller points from
constexpr double gestures_per_min = 6.0;
constexpr double between_gestures_s = 0.1;

glm::dvec3 random_direction(std::mt19937_64& random) {
  const double height = uniform(random, -1.0, 1.0);
  const double around = uniform(random, 0.0, 2.0 * std::numbers::pi);
  const double radius = std::sqrt(1.0 - height * height);
  return {radius * std::cos(around), height, radius * std::sin(around)};
}

telemetry::Pose pose_at(const glm::dvec3& position_m, const glm::dquat& orientation) {
  return {glm::vec3(position_m), glm::quat(orientation), true, true, true};
}

}  // namespace

Hands::Hands(const PatientParameters& patient, std::uint64_t seed)
    : patient_(patient),
      random_(seed),
      gestures_(random_),
      anxiety_before_(patient.x0),
      anxiety_(patient.x0) {
  for (auto& hand : tremor_) {
    for (auto& component : hand) {
      component.frequency_hz = uniform(random_, 8.0, 11.0);
      component.phase_rad = uniform(random_, 0.0, 2.0 * std::numbers::pi);
      component.direction = random_direction(random_);
    }
  }
}

void Hands::live(double start_s, double length_s, double anxiety) {
  anxiety_before_ = std::exchange(anxiety_, anxiety);
  since_s_ = start_s;
  const double rate_per_min = gestures_per_min * (1.0 - (patient_.freezes ? 0.5 * anxiety : 0.0));
  const auto event_s = gestures_.pass(start_s, length_s, rate_per_min / 60.0, random_);
  if (!event_s) return;
  const double free_s = gesture_[0].start_s + gesture_[0].length_s + between_gestures_s;
  gesture_[1] = gesture_[0];
  auto& next = gesture_[0];
  next.side = unit(random_) < 0.5 ? 0 : 1;
  next.start_s = std::max(*event_s, free_s);
  next.length_s = uniform(random_, 0.8, 1.6);
  const double inward = next.side == telemetry::left ? 1.0 : -1.0;
  next.reach_m =
      uniform(random_, 0.6, 1.4) * glm::dvec3(inward * uniform(random_, -0.05, 0.1),
                                              uniform(random_, 0.08, 0.18), uniform(random_, -0.15, -0.03));
}

double Hands::tremor_m(double time_s) const {
  const double share = std::clamp((time_s - since_s_) / Plant::step_s, 0.0, 1.0);
  const double anxiety = anxiety_before_ + share * (anxiety_ - anxiety_before_);
  return 0.001 * (0.2 + 0.8 * patient_.gain_tremor * anxiety);
}

telemetry::HandSample Hands::sample(telemetry::Side side, double time_s, const glm::dvec3& trunk_m) const {
  auto position_m = rest_m[side] + trunk_m;
  // Three sinusoids of equal strength: each has the amplitude √2 · rms / √3.
  const double amplitude_m = tremor_m(time_s) * std::sqrt(2.0 / 3.0);
  for (const auto& component : tremor_[side]) {
    const double angle = 2.0 * std::numbers::pi * component.frequency_hz * time_s + component.phase_rad;
    position_m += amplitude_m * std::sin(angle) * component.direction;
  }
  for (const auto& gesture : gesture_) {
    const double t = (time_s - gesture.start_s) / gesture.length_s;
    if (gesture.side != side || t <= 0.0 || t >= 1.0) continue;
    const double way = std::sin(std::numbers::pi * t);
    position_m += way * way * gesture.reach_m;
  }
  const auto orientation = glm::angleAxis(glm::radians(grip_pitch_deg), glm::dvec3(1, 0, 0));
  telemetry::HandSample hand;
  hand.grip = pose_at(position_m, orientation);
  hand.aim = pose_at(position_m + aim_ahead_m * (orientation * glm::dvec3(0, 0, -1)), orientation);
  hand.active = true;
  return hand;
}

}  // namespace attune::sim
