#pragma once

#include <cstdint>
#include <optional>

#include "attune/core/time.hpp"

namespace attune::xr {

/// Turns the runtime's predicted display times into session time. Runtimes repeat times, leap, and now and
/// then say nonsense; session time starts at 0, never falls, and never leaps: a step longer than
/// `longest_step_s` counts as one frame period, because nobody saw anything in between.
class SessionClock {
 public:
  static constexpr double longest_step_s = 0.5;                // a stall that long is a hole, not a frame
  static constexpr std::int64_t shortest_step_ns = 1'000'000;  // 1000 Hz: faster than any headset

  /// A frame is predicted to be shown at `display_time` (XrTime).
  core::SessionTime advance(std::int64_t display_time, double period_s);
  /// No frame is wanted for `seconds`; the next one then counts as one period, wherever it lies.
  core::SessionTime rest(double seconds);
  /// Whether the last step was not taken from the runtime, because its time leapt or fell.
  [[nodiscard]] bool leapt() const { return leapt_; }

 private:
  std::optional<std::int64_t> last_display_;
  core::SessionTime now_{};
  bool rested_ = false, leapt_ = false;
};

}  // namespace attune::xr
