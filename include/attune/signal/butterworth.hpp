#pragma once

#include <array>
#include <complex>
#include <cstddef>
#include <span>

/// Butterworth filters of any order for samples at one rate, as a chain of biquads that is designed when the
/// program runs.
namespace attune::signal {

/// A second-order section, transposed direct form II: y = b·x − a·y, a0 = 1.
struct Biquad {
  double b0 = 1.0, b1 = 0.0, b2 = 0.0, a1 = 0.0, a2 = 0.0;

  double push(double x) {
    const double y = b0 * x + first_;
    first_ = b1 * x - a1 * y + second_;
    second_ = b2 * x - a2 * y;
    return y;
  }
  /// As if `x` had stood there for ever. @return what then comes out.
  double settle(double x) {
    const double y = x * (b0 + b1 + b2) / (1.0 + a1 + a2);
    second_ = b2 * x - a2 * y;
    first_ = b1 * x - a1 * y + second_;
    return y;
  }

 private:
  double first_ = 0.0, second_ = 0.0;
};

/// A Butterworth filter of even or odd order. The first sample after construction or `reset` is taken as
/// having stood there for ever, so that nothing rings at the start. A cutoff at or above 0.49 of the rate is
/// moved down to it: what the samples cannot hold needs no filter. Designed by the bilinear transform with
/// its frequencies matched at the cutoffs.
class Butterworth {
 public:
  static constexpr std::size_t most_sections = 8;

  /// @param order  1 … 16, of the prototype: falls 6 dB an octave for each.
  [[nodiscard]] static Butterworth low(int order, double cutoff_hz, double rate_hz);
  [[nodiscard]] static Butterworth high(int order, double cutoff_hz, double rate_hz);
  /// Between two cutoffs; each side falls as `order` says, 1 … 8.
  [[nodiscard]] static Butterworth band(int order, double low_hz, double high_hz, double rate_hz);
  /// Takes out what is between the two cutoffs, `order` 1 … 8.
  [[nodiscard]] static Butterworth notch(int order, double low_hz, double high_hz, double rate_hz);

  double push(double sample) {
    double value = sample;
    if (empty_) {
      for (std::size_t i = 0; i < count_; ++i) value = sections_[i].settle(value);
      empty_ = false;
      return value;
    }
    for (std::size_t i = 0; i < count_; ++i) value = sections_[i].push(value);
    return value;
  }
  void reset() { empty_ = true; }

  [[nodiscard]] std::complex<double> response(double frequency_hz) const;  ///< gain and phase
  /// Delay of what is near a frequency, in seconds.
  [[nodiscard]] double delay_s(double frequency_hz) const;
  [[nodiscard]] std::span<const Biquad> sections() const { return {sections_.data(), count_}; }

 private:
  explicit Butterworth(double rate_hz) : rate_hz_(rate_hz) {}
  void add(std::complex<double> pole, std::complex<double> other_pole, std::array<double, 3> zeros);
  void normalise(double at_hz);

  double rate_hz_;
  std::array<Biquad, most_sections> sections_{};
  std::size_t count_ = 0;
  bool empty_ = true;
};

}  // namespace attune::signal
