#pragma once

#include <algorithm>

#include "attune/record/recording.hpp"

namespace attune::report {

/// Every moment of a recording in order, with how long it held: until the next one, in s. What lies between
/// frames that are further apart than a quarter of a second, or three periods of a slower file, was not
/// observed; there, and at the end, it is 0.
/// Errors: the recording changed while it was read.
template <typename Visit>  // (const record::Moment&, double held_s)
[[nodiscard]] core::Result<void> for_each_held_moment(const record::Recording& recording, Visit visit) {
  constexpr double longest_frame_s = 0.25, longest_periods = 3.0;
  const double rate_hz = static_cast<double>(recording.meta().display_rate_hz);
  const double longest_s =
      rate_hz > 0.0 ? std::max(longest_frame_s, longest_periods / rate_hz) : longest_frame_s;
  record::Moment held;
  bool holding = false;
  const auto read = recording.for_each_moment([&](const record::Moment& moment) {
    if (holding) {
      const double held_s = core::seconds_between(held.frame.time, moment.frame.time);
      visit(held, held_s > 0.0 && held_s <= longest_s ? held_s : 0.0);
    }
    held = moment;
    holding = true;
    return true;
  });
  if (read && holding) visit(held, 0.0);
  return read;
}

}  // namespace attune::report
