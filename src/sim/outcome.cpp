#include "attune/sim/outcome.hpp"

#include <algorithm>

namespace attune::sim {

void OutcomeMeter::add(const PlantState& now) {
  constexpr double dt = Plant::step_s;
  if (!started_) first_expectancy_ = now.expectancy;
  started_ = true;
  last_expectancy_ = now.expectancy;
  last_h_ = now.h;
  left_ = now.left;
  activation_s_ += dt * (now.anxiety - baseline_);
  if (now.anxiety > 0.85) above_85_s_ += dt;
  if (now.left) return;
  if (is_productive(now)) productive_s_ += dt;
  const int step = std::clamp(static_cast<int>(now.felt.z * 10.0 + 1e-6) - 1, 0, 9);
  held_s_[static_cast<std::size_t>(step)] += dt;
  if (now.felt.lead > 0.0) lead_s_ += dt;
  if (now.felt.u > 0.0) feedback_s_ += dt;
}

bool OutcomeMeter::is_productive(const PlantState& now) const {
  const double x = now.anxiety;
  const bool at_the_top = now.felt.z >= 0.99;
  if (plant_ == PlantKind::a) return (x >= 0.40 && x <= 0.70) || (x < 0.40 && at_the_top);
  const double y = now.attends ? 1.0 : 0.0;
  const bool learns = now.stimulus * now.expectancy * y * (1.0 - now.safety) >= 0.2 && x <= 0.85;
  return learns || (now.expectancy < 0.2 && at_the_top);
}

Outcome OutcomeMeter::outcome(double seconds) const {
  constexpr double held_long_enough_s = 30.0;
  const auto highest = std::find_if(held_s_.rbegin(), held_s_.rend(),
                                    [](double held_s) { return held_s >= held_long_enough_s; });
  return {.habituation = last_h_,
          .learning = first_expectancy_ - last_expectancy_,
          .productive = productive_s_ / seconds,
          .minutes_above_85 = above_85_s_ / 60.0,
          .dropped_out = left_,
          .steps = static_cast<int>(held_s_.rend() - highest),
          .lead_share = lead_s_ / seconds,
          .feedback_share = feedback_s_ / seconds,
          .activation = activation_s_ / seconds};
}

}  // namespace attune::sim
