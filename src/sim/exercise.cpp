#include "sim/exercise.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace attune::sim {

namespace {

constexpr double begins_s = 1.5;
constexpr double step_m = 0.12, step_hz = 0.4;  // to either side
constexpr double dip_m = 0.04;                  // of the head, once a step
constexpr double look_deg = 20.0, look_hz = 0.2;
constexpr double arm_m = 0.35, arm_hz = 0.5;

double wave(double hz, double time_s) { return std::sin(2.0 * std::numbers::pi * hz * time_s); }

}  // namespace

void Exercise::go(bool moves, double at_s) {
  if (moves == moves_) return;
  from_ = share(at_s);
  changed_s_ = at_s;
  moves_ = moves;
}

double Exercise::share(double time_s) const {
  const double t = std::clamp((time_s - changed_s_) / begins_s, 0.0, 1.0);
  return from_ + ((moves_ ? 1.0 : 0.0) - from_) * t * t * (3.0 - 2.0 * t);
}

glm::dvec3 Exercise::head_m(double time_s) const {
  const double now = share(time_s);
  if (now == 0.0) return glm::dvec3(0.0);
  const double side = wave(step_hz, time_s);
  return now * glm::dvec3(step_m * side, -dip_m * side * side, 0.0);
}

double Exercise::yaw_deg(double time_s) const {
  const double now = share(time_s);
  return now == 0.0 ? 0.0 : now * look_deg * wave(look_hz, time_s);
}

glm::dvec3 Exercise::hand_m(telemetry::Side side, double time_s) const {
  const double now = share(time_s);
  if (now == 0.0) return glm::dvec3(0.0);
  const double lift = 0.5 + 0.5 * wave(arm_hz, time_s + (side == telemetry::left ? 0.0 : 0.5 / arm_hz));
  return now * arm_m * lift * glm::dvec3(side == telemetry::left ? -0.4 : 0.4, 1.0, -0.2);
}

}  // namespace attune::sim
