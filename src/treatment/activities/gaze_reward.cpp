#include "attune/treatment/activities/gaze_reward.hpp"

#include <algorithm>

namespace attune::treatment {

namespace {

constexpr double longest_blink_s = 0.4;  // Schiffman, Sensation and Perception, 2001

}  // namespace

float GazeReward::push(double dt_s, const Look& look) {
  lost_s_ = look.known ? 0.0 : lost_s_ + dt_s;
  if (!look.known && lost_s_ <= longest_blink_s) return reward_;
  const bool calm = look.at(telemetry::AoiRole::calm);
  const double change = calm ? dt_s / plan_.rise_s : -dt_s / plan_.fall_s;
  reward_ = std::clamp(reward_ + static_cast<float>(change), 0.0F, 1.0F);
  if (look.known) result_.seen_s += dt_s;
  if (calm) result_.calm_s += dt_s;
  return reward_;
}

void GazeReward::reset() {
  reward_ = 0.0F;
  lost_s_ = 0.0;
  result_ = {};
}

}  // namespace attune::treatment
