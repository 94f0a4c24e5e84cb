#include "attune/signal/motion.hpp"

#include <cmath>
#include <glm/geometric.hpp>
#include <glm/trigonometric.hpp>

namespace attune::signal {
namespace {

constexpr float tremor_settles_s = 0.5F;        // two periods of the lowest tremor
constexpr float slowest_step_s = 1.0F / 29.0F;  // 30 Hz with its jitter

/// Rotation from `from` to `to` as axis times angle, radians.
glm::vec3 rotation_between(const glm::quat& from, const glm::quat& to) {
  glm::quat turn = to * glm::conjugate(from);
  if (turn.w < 0.0F) turn = -turn;
  const glm::vec3 axis{turn.x, turn.y, turn.z};
  const float sine = glm::length(axis);
  if (sine < 1e-7F) return 2.0F * axis;
  return axis * (2.0F * std::atan2(sine, turn.w) / sine);
}

bool finite(const glm::vec3& value) { return std::isfinite(value.x + value.y + value.z); }
bool finite(const glm::quat& value) { return std::isfinite(value.x + value.y + value.z + value.w); }

}  // namespace

std::optional<HeadMotionSample> HeadMotion::push(const telemetry::Pose& head, float step_s) {
  if (!head.orientation_valid || !head.tracked || !finite(head.orientation)) {
    reset();
    return std::nullopt;
  }
  if (!oriented_) {
    last_ = head.orientation;
    oriented_ = true;
    if (head.position_valid && finite(head.position_m)) {
      const glm::vec3 flat{head.position_m.x, 0.0F, head.position_m.z};
      last_sway_ = smooth_.push(slow_.push(flat, step_s), step_s);
      positioned_ = true;
    }
    return std::nullopt;
  }
  HeadMotionSample sample;
  const glm::vec3 turn = turn_.push(rotation_between(last_, head.orientation) / step_s, step_s);
  last_ = head.orientation;
  sample.turn_deg_s = glm::degrees(glm::length(turn));
  const glm::vec3 forward = head.orientation * glm::vec3{0.0F, 0.0F, -1.0F};
  sample.pitch_deg = glm::degrees(std::asin(glm::clamp(forward.y, -1.0F, 1.0F)));
  if (head.position_valid && finite(head.position_m)) {
    const glm::vec3 flat{head.position_m.x, 0.0F, head.position_m.z};
    const glm::vec3 sway = smooth_.push(slow_.push(flat, step_s), step_s);
    if (positioned_) {
      sample.sway_m = sway;
      sample.sway_m_s = glm::length(sway - last_sway_) / step_s;
    }
    last_sway_ = sway;
    positioned_ = true;
  } else {
    slow_.reset();
    smooth_.reset();
    positioned_ = false;
  }
  return sample;
}

void HeadMotion::reset() {
  turn_.reset();
  slow_.reset();
  smooth_.reset();
  oriented_ = positioned_ = false;
}

std::optional<HandMotionSample> HandMotion::push(const telemetry::Pose& grip, float step_s) {
  if (!grip.position_valid || !grip.tracked || !finite(grip.position_m)) {
    reset();
    return std::nullopt;
  }
  const glm::vec3 shaken =
      below_.push(above_again_.push(above_.push(grip.position_m, step_s), step_s), step_s);
  if (!tracked_) {
    last_ = grip.position_m;
    tracked_ = true;
    return std::nullopt;
  }
  HandMotionSample sample;
  sample.speed_m_s = glm::length(velocity_.push((grip.position_m - last_) / step_s, step_s));
  last_ = grip.position_m;
  const bool slow = sample.speed_m_s < slow_m_s && step_s <= slowest_step_s;
  slow_for_s_ = slow ? slow_for_s_ + step_s : 0.0F;
  if (slow_for_s_ >= tremor_settles_s) sample.tremor_mm = 1000.0F * glm::length(shaken);
  return sample;
}

void HandMotion::reset() {
  velocity_.reset();
  above_.reset();
  above_again_.reset();
  below_.reset();
  tracked_ = false;
  slow_for_s_ = 0.0F;
}

}  // namespace attune::signal
