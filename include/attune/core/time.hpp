#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

namespace attune::core {

/// An instant of a session: integer nanoseconds since its first frame, taken from the headset's predicted
/// display time. Integer, so that a replay meets the very same instants.
struct SessionTime {
  std::int64_t ns = 0;

  [[nodiscard]] constexpr double seconds() const { return static_cast<double>(ns) * 1e-9; }
  constexpr auto operator<=>(const SessionTime&) const = default;
};

/// The instant `seconds` after the session's start, rounded to the nearest nanosecond.
[[nodiscard]] inline SessionTime at_seconds(double seconds) { return {std::llround(seconds * 1e9)}; }

/// Signed seconds from `earlier` to `later`.
[[nodiscard]] constexpr double seconds_between(SessionTime earlier, SessionTime later) {
  return static_cast<double>(later.ns - earlier.ns) * 1e-9;
}

}  // namespace attune::core
