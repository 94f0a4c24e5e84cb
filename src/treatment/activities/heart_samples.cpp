#include "attune/treatment/activities/heart_samples.hpp"

#include <algorithm>
#include <cmath>

namespace attune::treatment {

namespace {

constexpr double same_reading_s = 0.1;  // no heart beats twice in so short a time
constexpr float slowest_bpm = 30.0F, fastest_bpm = 220.0F;
constexpr float oldest_s = 5.0F;
constexpr float unlike =
    0.25F;  // breathing at the resonance swings by less, a wrong beat by a third and more

}  // namespace

/// Also remembers it: a heart that has really become another is believed after four beats.
bool HeartSamples::fits_the_last(float bpm) {
  latest_bpm_[heard_++ % latest_bpm_.size()] = bpm;
  if (heard_ < latest_bpm_.size()) return true;
  auto sorted = latest_bpm_;
  const auto middle = sorted.begin() + sorted.size() / 2;
  std::nth_element(sorted.begin(), middle, sorted.end());
  return std::abs(bpm - *middle) <= unlike * *middle;
}

std::optional<HeartSample> HeartSamples::push(core::SessionTime now, const telemetry::Vitals& vitals) {
  const bool beats = vitals.rr_ms.valid && vitals.rr_ms.age_s < oldest_s;
  const auto& reading = beats ? vitals.rr_ms : vitals.heart_rate_bpm;
  if (!reading.valid || !(reading.value > 0.0F) || !(reading.age_s < oldest_s)) return std::nullopt;
  const double measured_s = now.seconds() - static_cast<double>(reading.age_s);
  if (measured_s < last_measured_s_ + same_reading_s) return std::nullopt;
  last_measured_s_ = measured_s;
  const float bpm = beats ? 60'000.0F / reading.value : reading.value;
  if (bpm < slowest_bpm || bpm > fastest_bpm) return std::nullopt;
  if (beats && !fits_the_last(bpm)) return std::nullopt;
  return HeartSample{measured_s, bpm};
}

}  // namespace attune::treatment
