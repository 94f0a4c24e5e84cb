#include "signal/pulse_likeness.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace attune::signal {

namespace {

constexpr int learned_over = 12, recent = 6;  // waves
constexpr double least_length = 1e-12;

}  // namespace

PulseLikeness::PulseLikeness(double inner_rate_hz)
    : before_(static_cast<std::size_t>(std::lround(before_s * inner_rate_hz))),
      mean_wave_(before_ + 1 + static_cast<std::size_t>(std::lround(after_s * inner_rate_hz))),
      wave_(mean_wave_.size()) {}

void PulseLikeness::push(std::span<const double> wave) {
  const double mean = std::accumulate(wave.begin(), wave.end(), 0.0) / static_cast<double>(wave.size());
  std::transform(wave.begin(), wave.end(), wave_.begin(), [&](double value) { return value - mean; });
  const auto product = [](const std::vector<double>& a, const std::vector<double>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  };
  const double length = std::sqrt(product(wave_, wave_));
  if (!(length > least_length)) return;
  const double mean_length = std::sqrt(product(mean_wave_, mean_wave_));
  newest_ = mean_length > least_length ? product(wave_, mean_wave_) / (length * mean_length) : 0.0;
  ++waves_;
  lately_ += (newest_ - lately_) / std::min(std::max(waves_ - 1, 1), recent);
  const double share = 1.0 / std::min(waves_, learned_over);
  for (std::size_t i = 0; i < wave_.size(); ++i) mean_wave_[i] += share * (wave_[i] / length - mean_wave_[i]);
}

}  // namespace attune::signal
