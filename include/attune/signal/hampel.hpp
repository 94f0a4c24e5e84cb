#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>

#include "attune/core/ring.hpp"

namespace attune::signal {

/// Replaces a lone sample that lies far from its neighbours' median by that median (Hampel, J Am Stat Assoc
/// 69, 1974). Delay: `Reach` samples.
template <std::size_t Reach>
class Hampel {
 public:
  /// @param deviations  1.4826 times the median absolute deviation is a normal distribution's deviation; 3 is
  /// usual.
  explicit Hampel(double deviations = 3.0) : deviations_(deviations) {}

  /// @param sample  finite.
  /// @return the sample of `Reach` pushes ago, cleaned; nothing while the first window fills.
  std::optional<double> push(double sample) {
    window_.push(sample);
    if (!window_.full()) return std::nullopt;
    std::array<double, size> sorted{};
    for (std::size_t i = 0; i < size; ++i) sorted[i] = window_[i];
    const double middle = median(sorted);
    for (auto& value : sorted) value = std::abs(value - middle);
    const double limit = deviations_ * 1.4826 * median(sorted);
    const double centre = window_[Reach];
    replaced_ = std::abs(centre - middle) > limit;
    return replaced_ ? middle : centre;
  }
  [[nodiscard]] bool replaced() const { return replaced_; }  ///< whether the last result is a replacement
  void reset() { window_.clear(); }

 private:
  static constexpr std::size_t size = 2 * Reach + 1;
  static double median(std::array<double, size>& values) {
    std::nth_element(values.begin(), values.begin() + Reach, values.end());
    return values[Reach];
  }

  double deviations_;
  core::Ring<double, size> window_;
  bool replaced_ = false;
};

}  // namespace attune::signal
