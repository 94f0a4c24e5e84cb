#include "attune/treatment/activities/heart_samples.hpp"

namespace attune::treatment {

namespace {

constexpr double same_reading_s = 0.1;  // no heart beats twice in so short a time
constexpr float slowest_bpm = 30.0F, fastest_bpm = 220.0F;
constexpr float oldest_s = 5.0F;

}  // namespace

std::optional<HeartSample> HeartSamples::push(core::SessionTime now, const telemetry::Vitals& vitals) {
  const bool beats = vitals.rr_ms.valid && vitals.rr_ms.age_s < oldest_s;
  const auto& reading = beats ? vitals.rr_ms : vitals.heart_rate_bpm;
  if (!reading.valid || !(reading.value > 0.0F) || !(reading.age_s < oldest_s)) return std::nullopt;
  const double measured_s = now.seconds() - static_cast<double>(reading.age_s);
  if (measured_s < last_measured_s_ + same_reading_s) return std::nullopt;
  last_measured_s_ = measured_s;
  const float bpm = beats ? 60'000.0F / reading.value : reading.value;
  if (bpm < slowest_bpm || bpm > fastest_bpm) return std::nullopt;
  return HeartSample{measured_s, bpm};
}

}  // namespace attune::treatment
