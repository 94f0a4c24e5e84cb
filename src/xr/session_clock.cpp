#include "attune/xr/session_clock.hpp"

namespace attune::xr {

core::SessionTime SessionClock::advance(std::int64_t display_time, double period_s) {
  if (!last_display_) {
    last_display_ = display_time;
    return now_;
  }
  // The distance is taken in double: times at both ends of the range must not overflow.
  const double step_s = (static_cast<double>(display_time) - static_cast<double>(*last_display_)) * 1e-9;
  const bool usable = step_s > 0 && step_s <= longest_step_s;
  const double usual_s = period_s > 0 && period_s <= longest_step_s ? period_s : 1.0 / 72.0;
  std::int64_t step_ns = usable ? display_time - *last_display_ : core::at_seconds(usual_s).ns;
  if (step_ns < shortest_step_ns) step_ns = shortest_step_ns;
  last_display_ = display_time;
  now_.ns += step_ns;
  return now_;
}

}  // namespace attune::xr
