#pragma once

#include <array>
#include <optional>

namespace attune::treatment {

/// How far a series swings at one frequency: least squares of level, drift, cosine and sine over samples at
/// any times, fed one by one.
class OscillationFit {
 public:
  /// @param memory_s  older samples count less, by 1/e after so long; 0: all count alike.
  explicit OscillationFit(double frequency_hz, double memory_s = 0.0)
      : frequency_hz_(frequency_hz), memory_s_(memory_s) {}

  /// Times must not fall; the first is the origin.
  void push(double time_s, double value);
  /// From trough to peak, in the unit of the values; none before ten samples over one whole turn.
  [[nodiscard]] std::optional<double> swing() const;
  [[nodiscard]] int count() const { return count_; }

 private:
  double frequency_hz_, memory_s_;
  int count_ = 0;
  double first_s_ = 0.0, last_s_ = 0.0;
  std::array<std::array<double, 5>, 4> sums_{};  // normal equations; the last column is the right-hand side
};

}  // namespace attune::treatment
