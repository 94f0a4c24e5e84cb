#include "attune/sim/outcome.hpp"

#include <algorithm>

namespace attune::sim {

void OutcomeTally::add(const PlantState& now, const PlantInput& shown, bool was_there) {
  constexpr double dt = PlantA::step_s;
  last_ = now;
  seconds_ += dt;
  const double z = was_there ? shown.z : 0.0;
  const double x = now.anxiety;
  const bool productive = (x >= 0.40 && x <= 0.70) || (x < 0.40 && z >= 0.99);
  if (productive && was_there) productive_s_ += dt;
  if (x > 0.85) above_85_s_ += dt;
  if (now.left) return;
  const int step = std::clamp(static_cast<int>(z * 10.0 + 1e-6) - 1, 0, 9);
  held_s_[static_cast<std::size_t>(step)] += dt;
  if (shown.lead > 0.0) lead_s_ += dt;
  if (shown.u > 0.0) feedback_s_ += dt;
}

Outcome OutcomeTally::outcome() const {
  constexpr double held_s = 30.0;
  const double whole_s = std::max(seconds_, 1e-9);
  const auto highest = std::find_if(held_s_.rbegin(), held_s_.rend(), [](double s) { return s >= held_s; });
  return {.habituation = last_.h,
          .productive = productive_s_ / whole_s,
          .minutes_above_85 = above_85_s_ / 60.0,
          .dropped_out = last_.left,
          .steps = static_cast<int>(held_s_.rend() - highest),
          .lead_share = lead_s_ / whole_s,
          .feedback_share = feedback_s_ / whole_s};
}

}  // namespace attune::sim
