#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace attune::signal {

/// The band in which a pulse wave lies, without any shift of phase: a window of some 1.6 s slides over the
/// samples, so that a wave stays where it is whatever the heart's rate, and what was before a break is soon
/// gone. Samples are averaged down to an inner rate of 48 to 96 Hz first; slower ones keep their own.
class PulseBand {
 public:
  explicit PulseBand(double rate_hz);

  /// @return the next value of the band; its instant is `at(values given so far - 1)`.
  std::optional<double> push(double sample);
  /// As if the next sample had stood there for ever.
  void restart() { empty_ = true; }

  [[nodiscard]] double inner_rate_hz() const { return inner_rate_hz_; }
  /// Of a value, counted from 0, the sample of the input.
  [[nodiscard]] double at(double inner) const {
    return (inner - static_cast<double>(reach_)) * factor_ + 0.5 * (factor_ - 1);
  }
  /// From an instant to its value.
  [[nodiscard]] double delay_s() const { return static_cast<double>(reach_ + 1) / inner_rate_hz_; }

 private:
  [[nodiscard]] double slide(double value);

  int factor_;  // samples to an inner one
  double inner_rate_hz_;
  std::size_t reach_;
  std::vector<double> kernel_, history_;  // the history twice in a row, to be read in one piece
  std::size_t next_ = 0;
  double sum_ = 0.0;
  int summed_ = 0;
  bool empty_ = true;
};

}  // namespace attune::signal
