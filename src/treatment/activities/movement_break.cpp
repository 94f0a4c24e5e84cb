#include "attune/treatment/activities/movement_break.hpp"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

namespace attune::treatment {

namespace {

// Standing still sways the head by a few centimetres a second; stepping or reaching is well above these.
constexpr float head_moves_m_s = 0.10F, hand_moves_m_s = 0.25F;
constexpr float possible_m_s = 5.0F;  // faster is a jump of the frame of reference
constexpr double smoothing_s = 0.3;

}  // namespace

void MovementBreak::Speed::push(double dt_s, const telemetry::Pose& pose) {
  if (!pose.position_valid || !pose.tracked) {
    known = false;
    m_s = 0.0F;
    return;
  }
  const bool measured = known && dt_s > 0.0;
  const float speed = measured ? glm::length(pose.position_m - at_m) / static_cast<float>(dt_s) : 0.0F;
  at_m = pose.position_m;
  known = true;
  if (!measured || !(speed < possible_m_s)) return;
  m_s += (speed - m_s) * static_cast<float>(1.0 - std::exp(-dt_s / smoothing_s));
}

void MovementBreak::push(double dt_s, const telemetry::Pose& head,
                         const std::array<telemetry::HandSample, 2>& hands) {
  head_.push(dt_s, head);
  for (std::size_t side = 0; side < hands.size(); ++side)
    hands_[side].push(dt_s, hands[side].active ? hands[side].grip : telemetry::Pose{});
  const bool moves =
      head_.m_s > head_moves_m_s ||
      std::any_of(hands_.begin(), hands_.end(), [](const Speed& hand) { return hand.m_s > hand_moves_m_s; });
  if (moves) result_.moved_s += dt_s;
}

void MovementBreak::reset() {
  head_ = {};
  hands_ = {};
  result_ = {};
}

}  // namespace attune::treatment
