#include "attune/xr/session_clock.hpp"

#include <algorithm>

namespace attune::xr {

core::SessionTime SessionClock::advance(std::int64_t display_time, double period_s) {
  leapt_ = false;
  if (!last_display_ && !rested_) {
    last_display_ = display_time;
    return now_;
  }
  // The distance is taken in double: times at both ends of the range must not overflow.
  const double step_s =
      last_display_ ? (static_cast<double>(display_time) - static_cast<double>(*last_display_)) * 1e-9 : 0.0;
  const bool usable = last_display_ && step_s > 0 && step_s <= longest_step_s;
  const double usual_s = period_s > 0 && period_s <= longest_step_s ? period_s : 1.0 / 72.0;
  const std::int64_t step_ns = usable ? display_time - *last_display_ : core::at_seconds(usual_s).ns;
  leapt_ = !usable && !rested_;
  rested_ = false;
  last_display_ = display_time;
  now_.ns += std::max(step_ns, shortest_step_ns);
  return now_;
}

core::SessionTime SessionClock::rest(double seconds) {
  last_display_.reset();
  rested_ = true;
  leapt_ = false;
  now_.ns += std::max(core::at_seconds(seconds).ns, shortest_step_ns);
  return now_;
}

}  // namespace attune::xr
