#include "signal/pulse_period.hpp"

#include <algorithm>
#include <cmath>

namespace attune::signal {

namespace {

constexpr double inner_hz = 24.0;  // three times the band's upper edge, and some
constexpr double looked_from_s = 0.2;
constexpr double shortest_s = 0.275, longest_s = 2.2;  // 218 to 27 beats a minute
constexpr double memory_s = 8.0, usual_memory_s = 3.0, start_s = 4.0;
constexpr double most = 2.0;       // times the usual
constexpr double as_strong = 0.8;  // of the strongest: the shortest lag of these is the period
constexpr double least_usual = 1e-9;

}  // namespace

PulsePeriod::PulsePeriod(double rate_hz)
    : factor_(std::max(1, static_cast<int>(rate_hz / inner_hz))),
      rate_hz_(rate_hz / factor_),
      past_(static_cast<std::size_t>(longest_s * rate_hz_) + 2),
      products_(past_.size()) {}

void PulsePeriod::push(double value) {
  if (++skipped_ < factor_) return;
  skipped_ = 0;
  seen_ += 1.0;
  ever_seen_ += 1.0;
  usual_ += (std::abs(value) - usual_) / std::min(seen_, usual_memory_s * rate_hz_);
  newest_ = newest_ == 0 ? past_.size() - 1 : newest_ - 1;
  const double x = usual_ > least_usual ? std::clamp(value / usual_, -most, most) : 0.0;
  past_[newest_] = x;
  const double share = 1.0 / std::clamp(seen_, start_s * rate_hz_, memory_s * rate_hz_);
  const std::size_t to_end = past_.size() - newest_;
  for (std::size_t k = 0; k < to_end; ++k) products_[k] += share * (x * past_[newest_ + k] - products_[k]);
  for (std::size_t k = to_end; k < past_.size(); ++k)
    products_[k] += share * (x * past_[k - to_end] - products_[k]);
}

/// A quarter of a swing after its top it is 0.
void PulsePeriod::look_at_swing() {
  std::size_t k = 1;
  while (k + 1 < products_.size() && products_[k] > 0.0) ++k;
  const double down = products_[k - 1] - products_[k];
  const double zero = static_cast<double>(k - 1) + (down > 0.0 ? products_[k - 1] / down : 1.0);
  swing_hz_ = 0.25 * rate_hz_ / zero;
}

void PulsePeriod::look() {
  period_s_ = strength_ = swing_hz_ = 0.0;
  too_fast_ = false;
  if (!(products_[0] > 0.0)) return;
  look_at_swing();
  const auto first = static_cast<std::size_t>(looked_from_s * rate_hz_);
  const auto is_top = [&](std::size_t k) {
    return products_[k] >= products_[k - 1] && products_[k] > products_[k + 1];
  };
  double strongest = 0.0;
  for (std::size_t k = first; k + 1 < products_.size(); ++k) {
    if (is_top(k)) strongest = std::max(strongest, products_[k]);
  }
  if (!(strongest > 0.0)) return;
  std::size_t lag = first;
  while (!is_top(lag) || products_[lag] < as_strong * strongest) ++lag;
  const double left = products_[lag - 1], right = products_[lag + 1];
  const double bend = left - 2.0 * products_[lag] + right;
  const double between = bend < 0.0 ? std::clamp(0.5 * (left - right) / bend, -0.5, 0.5) : 0.0;
  period_s_ = (static_cast<double>(lag) + between) / rate_hz_;
  too_fast_ = period_s_ < shortest_s;
  // What little was seen at the start may look alike by chance.
  strength_ = strongest / products_[0] * std::min(1.0, ever_seen_ / (memory_s * rate_hz_));
}

void PulsePeriod::restart() {
  std::fill(past_.begin(), past_.end(), 0.0);
  seen_ = 0.0;
}

}  // namespace attune::signal
