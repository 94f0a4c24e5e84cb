#pragma once

#include <algorithm>
#include <optional>
#include <random>

#include "attune/sim/random.hpp"

namespace attune::sim {

/// Events of a Poisson process whose rate changes with time: each comes when the rate, summed over time, has
/// reached an exponential threshold.
class PoissonEvents {
 public:
  explicit PoissonEvents(std::mt19937_64& random) : left_(exponential(random)) {}

  /// The event in [start_s, start_s + length_s), if there is one. Of two in one short stretch the second is
  /// delayed to the next stretch.
  std::optional<double> pass(double start_s, double length_s, double rate_per_s, std::mt19937_64& random) {
    const double gathered = rate_per_s * length_s;
    if (gathered <= left_) {
      left_ -= gathered;
      return std::nullopt;
    }
    const double at = start_s + std::max(0.0, left_) / rate_per_s;
    left_ = exponential(random) - (gathered - left_);
    return at;
  }

 private:
  double left_;
};

}  // namespace attune::sim
