#include "attune/xr/session_clock.hpp"

#include <algorithm>

namespace attune::xr {

namespace {

constexpr double share_waited = 0.5;  // runtimes predict further ahead when they are slow

}  // namespace

std::optional<core::SessionTime> SessionClock::going_on(const Anchor& anchor, std::int64_t display_time,
                                                        double elapsed_s) const {
  // The distance is taken in double first: times at both ends of the range must not overflow.
  const double step_s = (static_cast<double>(display_time) - static_cast<double>(anchor.display)) * 1e-9;
  const double since_s = core::seconds_between(anchor.session, now_);
  if (!(step_s > 0.0 && step_s <= since_s + longest_stall_s)) return std::nullopt;
  // Only that a frame was waited for makes a hole in time believable; a clock can leap without anybody's
  // waiting.
  if (step_s - since_s > hole_s && elapsed_s < share_waited * (step_s - since_s)) return std::nullopt;
  return core::SessionTime{anchor.session.ns + (display_time - anchor.display)};
}

core::SessionTime SessionClock::advance(std::int64_t display_time, double period_s, double elapsed_s) {
  leapt_ = missed_ = false;
  if (period_s > 0 && period_s <= longest_period_s) usual_s_ = period_s;
  if (!last_ && !rested_) {
    last_ = Anchor{display_time, now_};
    if (display_time > 0) believed_ = last_;
    return now_;
  }
  auto next = core::SessionTime{now_.ns + core::at_seconds(usual_s_).ns};
  const bool is_time = display_time > 0;
  const auto expected = believed_ && is_time ? going_on(*believed_, display_time, elapsed_s) : std::nullopt;
  if (expected) {
    next = *expected;
    fitting_ = 0;
  } else {
    leapt_ = !rested_;
    fitting_ = last_ && going_on(*last_, display_time, elapsed_s) ? fitting_ + 1 : 0;
  }
  missed_ = core::seconds_between(now_, next) >= hole_s;
  now_ = std::max(next, core::SessionTime{now_.ns + shortest_step_ns});
  last_ = Anchor{display_time, now_};
  if (is_time && (expected || rested_ || !believed_ || fitting_ >= frames_to_believe)) {
    believed_ = last_;
    fitting_ = 0;
  }
  rested_ = false;
  return now_;
}

core::SessionTime SessionClock::rest(double seconds) {
  last_.reset();
  believed_.reset();
  rested_ = true;
  leapt_ = missed_ = false;
  now_.ns += std::max(core::at_seconds(seconds).ns, shortest_step_ns);
  return now_;
}

}  // namespace attune::xr
