#pragma once

#include <algorithm>
#include <cmath>

namespace attune::sim {

inline constexpr double overwhelmed_at = 0.90;  // anxiety

[[nodiscard]] inline double logistic(double a) { return 1.0 / (1.0 + std::exp(-a)); }
[[nodiscard]] inline double clip(double value) { return std::clamp(value, 0.0, 1.0); }
/// B: how far somebody is overwhelmed, 0..1.
[[nodiscard]] inline double overwhelmed(double anxiety) {
  return logistic((anxiety - overwhelmed_at) / 0.025);
}

}  // namespace attune::sim
