#include "sim/head.hpp"

#include <algorithm>
#include <cmath>

#include "attune/sim/random.hpp"
#include "sim/angles.hpp"

namespace attune::sim {

namespace {

// How the angular speed is shared by yaw, pitch and roll, as shares of its square: people look around more
// than up.
constexpr std::array angular_share{0.6, 0.3, 0.1};
constexpr double angular_memory_s = 0.4;
constexpr double angular_stiffness = 1.0;   // rad/s: wandering stays within some degrees of ahead
constexpr double widest_wander_deg = 15.0;  // rms; a faster head is kept by a stiffer spring
constexpr std::array sway_share{0.4, 0.6};  // to the side, forward
constexpr double sway_memory_s = 0.5;
constexpr double sway_stiffness = 1.6;  // rad/s, 0.25 Hz: quiet stance sways below 0.5 Hz
constexpr double eye_height_m = 1.6;

}  // namespace

double Head::Turn::at(double time_s) const {
  const double t = std::clamp((time_s - start_s) / length_s, 0.0, 1.0);
  return from_deg + (to_deg - from_deg) * t * t * t * (10.0 + t * (-15.0 + 6.0 * t));
}

void Head::Turn::go(double at_s, double wanted_deg) {
  from_deg = at(at_s);
  to_deg = wanted_deg;
  start_s = at_s;
  length_s = 0.35 + 0.012 * std::abs(to_deg - from_deg);
}

Head::Head(const PatientParameters& patient, std::uint64_t seed) : patient_(patient), random_(seed) {}

void Head::tick(double start_s, double anxiety) {
  tick_start_s_ = start_s;
  const double speed =
      patient_.still ? 6.0 * (1.0 - 0.75 * anxiety) : 6.0 + 14.0 * patient_.gain_head * anxiety;
  const double stiffness = std::max(angular_stiffness, speed / widest_wander_deg);
  std::array<double, 5> chance;
  normals(random_, chance);
  for (std::size_t axis = 0; axis < wander_.size(); ++axis) {
    wander_[axis].tick(speed * std::sqrt(angular_share[axis]), stiffness, angular_memory_s, tick_s,
                       chance[axis]);
  }
  const double sway_speed = sway_stiffness * 0.001 * (4.0 + 4.0 * anxiety);
  for (std::size_t axis = 0; axis < sway_.size(); ++axis) {
    sway_[axis].tick(sway_speed * std::sqrt(sway_share[axis]), sway_stiffness, sway_memory_s, tick_s,
                     chance[3 + axis]);
  }
}

void Head::help_eyes(double start_s, const glm::dvec3& target, double left_to_eyes_deg) {
  const auto ahead = forward(start_s);
  const double away = angle_between(target, ahead);
  const double share = std::max(0.0, 1.0 - left_to_eyes_deg / std::max(away, 1e-6));
  const double yaw_change = share * (yaw_of(target) - yaw_of(ahead));
  const double pitch_change = share * (pitch_of(target) - pitch_of(ahead));
  turn_[yaw].go(start_s, std::clamp(turn_[yaw].at(start_s) + yaw_change, -widest_yaw_deg, widest_yaw_deg));
  turn_[pitch].go(start_s,
                  std::clamp(turn_[pitch].at(start_s) + pitch_change, lowest_pitch_deg, highest_pitch_deg));
}

void Head::relax(double start_s) {
  constexpr double worth_deg = 8.0, kept = 0.6, after_s = 1.0;
  for (auto& turn : turn_) {
    const double now = turn.at(start_s);
    const bool rests = start_s > turn.start_s + turn.length_s + after_s;
    if (rests && std::abs(now) > worth_deg) turn.go(start_s, kept * now);
  }
}

glm::dquat Head::orientation(double time_s) const {
  const double since = time_s - tick_start_s_;
  const double yaw_deg = wander_[yaw].at(since, tick_s) + turn_[yaw].at(time_s) + exercise_.yaw_deg(time_s);
  const double pitch_deg = wander_[pitch].at(since, tick_s) + turn_[pitch].at(time_s);
  const double roll_deg = wander_[roll].at(since, tick_s);
  return glm::angleAxis(glm::radians(yaw_deg), glm::dvec3(0, 1, 0)) *
         glm::angleAxis(glm::radians(pitch_deg), glm::dvec3(1, 0, 0)) *
         glm::angleAxis(glm::radians(roll_deg), glm::dvec3(0, 0, 1));
}

glm::dvec3 Head::forward(double time_s) const { return orientation(time_s) * glm::dvec3(0, 0, -1); }

glm::dvec3 Head::position_m(double time_s) const {
  const double since = time_s - tick_start_s_;
  const glm::dvec3 place_m(sway_[0].at(since, tick_s), eye_height_m, -sway_[1].at(since, tick_s));
  return exercise_.rests(time_s) ? place_m : place_m + exercise_.head_m(time_s);
}

bool Head::reaches(const glm::dvec3& direction) {
  constexpr double yaw_deg = widest_yaw_deg + eyes_reach_deg, low_deg = lowest_pitch_deg - eyes_reach_deg,
                   high_deg = highest_pitch_deg + eyes_reach_deg;
  static const double yaw_cosine = std::cos(glm::radians(yaw_deg)),
                      low_sine = std::sin(glm::radians(low_deg)),
                      high_sine = std::sin(glm::radians(high_deg));
  // As with `AngleLimit`, angles are computed only at the border.
  constexpr double border = 1e-6;
  const double across =
      -direction.z - yaw_cosine * std::sqrt(direction.x * direction.x + direction.z * direction.z);
  const double inside = std::min({across, direction.y - low_sine, high_sine - direction.y});
  if (std::abs(inside) > border) return inside > 0.0;
  const double pitch_deg = pitch_of(direction);
  return std::abs(yaw_of(direction)) < yaw_deg && pitch_deg > low_deg && pitch_deg < high_deg;
}

}  // namespace attune::sim
