#pragma once

#include <limits>

#include "attune/state/belief.hpp"

namespace attune::test {

/// Somebody of whom is known how they answer exposure, and who answers it the same way for ever: the belief
/// is then exact in closed form.
/// @param spread_x  moments that f does not know; wide, where a test needs x to go far.
inline state::BeliefParameters known_person(double spread_x = 0.22) {
  state::BeliefParameters p;
  p.rest_sd = p.reactivity_sd = 0.0;
  p.habituation_s = std::numeric_limits<double>::infinity();
  p.spread_x = spread_x;
  return p;
}

/// @param person_sd  as people usually differ (`BeliefParameters::reading_sd`).
inline state::MonitorOutput monitor_says(double estimate, double sd = 0.11, double person_sd = 0.094) {
  state::MonitorOutput output;
  output.estimate = static_cast<float>(estimate);
  output.sd = static_cast<float>(sd);
  output.person_sd = static_cast<float>(person_sd);
  output.present_count = 40;
  return output;
}

/// Half a minute at half exposure in which the monitor says the same, four times a second.
inline void listen(state::Belief& belief, double estimate, double seconds = 30.0) {
  for (int i = 0; i < static_cast<int>(4.0 * seconds); ++i) {
    belief.predict(0.25, 0.5, 0.0);
    belief.update_monitor(monitor_says(estimate));
  }
}

}  // namespace attune::test
