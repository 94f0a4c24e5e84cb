#pragma once

#include <optional>
#include <span>
#include <vector>

namespace attune::signal {

/// Power of an unevenly sampled signal by frequency (Lomb, Astrophys Space Sci 39, 1976), scaled so that a
/// band's power is the variance it gives; a straight line is taken out first, and the ends are tapered by a
/// Hann window.
class Periodogram {
 public:
  /// @param t  seconds, rising; at least three. @param x  one a `t`.
  Periodogram(std::span<const double> t, std::span<const double> x, double highest_hz);

  /// Between two frequencies, in the square of the signal's unit.
  [[nodiscard]] double power(double from_hz, double to_hz) const;
  /// The frequency of the highest top that lies inside the range; nothing where it only rises or falls.
  [[nodiscard]] std::optional<double> top(double from_hz, double to_hz) const;

 private:
  double step_hz_ = 0.0;
  std::vector<double> density_;  // at step_hz_ · i
};

}  // namespace attune::signal
