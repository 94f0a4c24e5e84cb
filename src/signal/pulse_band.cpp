#include "signal/pulse_band.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace attune::signal {

namespace {

// Breathing lies below, the wave's notch and the noise of sensors above.
constexpr double low_hz = 0.7, high_hz = 4.0;
constexpr double half_window_s = 0.8;
constexpr double least_inner_hz = 48.0;

/// The difference of two low-pass filters by the window method (Hann), without any gain at 0 Hz.
std::vector<double> band_kernel(double rate_hz, std::size_t reach) {
  const auto n = static_cast<double>(reach);
  std::vector<double> kernel(2 * reach + 1), window(kernel.size());
  double sum = 0.0, window_sum = 0.0;
  for (std::size_t i = 0; i < kernel.size(); ++i) {
    const double k = static_cast<double>(i) - n;
    const auto low_pass = [&](double hz) {
      const double x = 2.0 * hz / rate_hz;
      return k == 0.0 ? x : std::sin(std::numbers::pi * x * k) / (std::numbers::pi * k);
    };
    window[i] = 0.5 + 0.5 * std::cos(std::numbers::pi * k / (n + 1.0));
    kernel[i] = (low_pass(std::min(high_hz, 0.45 * rate_hz)) - low_pass(low_hz)) * window[i];
    sum += kernel[i];
    window_sum += window[i];
  }
  for (std::size_t i = 0; i < kernel.size(); ++i) kernel[i] -= sum / window_sum * window[i];
  return kernel;
}

}  // namespace

PulseBand::PulseBand(double rate_hz)
    : factor_(std::max(1, static_cast<int>(rate_hz / least_inner_hz))),
      inner_rate_hz_(rate_hz / factor_),
      reach_(static_cast<std::size_t>(std::lround(half_window_s * inner_rate_hz_))),
      kernel_(band_kernel(inner_rate_hz_, reach_)),
      history_(2 * kernel_.size()) {}

double PulseBand::slide(double value) {
  history_[next_] = history_[next_ + kernel_.size()] = value;
  next_ = (next_ + 1) % kernel_.size();
  const double* oldest = history_.data() + next_;
  const double* newest = oldest + 2 * reach_;
  // The kernel is the same both ways. Four sums do not wait for one another; against the newest value, for
  // what is far from 0 would lose its last digits.
  std::array<double, 4> sums{};
  std::size_t i = 0;
  for (; i + 4 <= reach_; i += 4) {
    for (std::size_t k = 0; k < 4; ++k)
      sums[k] += kernel_[i + k] * ((oldest[i + k] - value) + (*(newest - i - k) - value));
  }
  for (; i < reach_; ++i) sums[0] += kernel_[i] * ((oldest[i] - value) + (*(newest - i) - value));
  return (sums[0] + sums[1]) + (sums[2] + sums[3]) + kernel_[reach_] * (oldest[reach_] - value);
}

std::optional<double> PulseBand::push(double sample) {
  if (empty_) {
    std::fill(history_.begin(), history_.end(), sample);
    empty_ = false;
  }
  sum_ += sample;
  if (++summed_ < factor_) return std::nullopt;
  const double mean = sum_ / factor_;
  sum_ = 0.0;
  summed_ = 0;
  return slide(mean);
}

}  // namespace attune::signal
