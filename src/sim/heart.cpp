#include "sim/heart.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "attune/sim/random.hpp"

namespace attune::sim {

namespace {

constexpr double slow_noise_bpm = 3.0, slow_noise_s = 20.0;
constexpr double sinus_arrhythmia_ms = 60.0, wave_ms = 25.0, wave_hz = 0.1, beat_noise_ms = 8.0;
constexpr double ectopic_share = 0.003, early_by = 0.35;  // of the interval
constexpr double missed_share = 0.015, extra_share = 0.015;
constexpr double resonance_width_per_min = 0.8;
constexpr double slowest_bpm = 35.0, fastest_bpm = 200.0;
constexpr double shortest_s = 0.3;
constexpr double two_pi = 2.0 * std::numbers::pi;

}  // namespace

Heart::Heart(const PatientParameters& patient, std::uint64_t seed, std::uint64_t sensor_seed)
    : patient_(patient),
      random_(seed),
      sensor_random_(sensor_seed),
      slow_bpm_(slow_noise_bpm * normal(random_)),
      wave_phase_rad_(uniform(random_, 0.0, two_pi)),
      resonance_per_min_(uniform(random_, 5.0, 6.5)),
      beat_s_(uniform(random_, 0.0, 60.0 / patient.hr0_bpm)) {}

double Heart::interval_s(double anxiety, const Breath& breath) {
  const double bpm = patient_.hr0_bpm + 22.0 * patient_.gain_heart * anxiety + slow_bpm_;
  const double inhaling = std::sin(two_pi * breath.phase(beat_s_));
  const double wave = std::sin(two_pi * wave_hz * beat_s_ + wave_phase_rad_);
  const double from_resonance = (breath.per_min() - resonance_per_min_) / resonance_width_per_min;
  const double resonance = 1.0 + std::exp(-from_resonance * from_resonance);
  const double ms = 60'000.0 / std::clamp(bpm, slowest_bpm, fastest_bpm) -
                    sinus_arrhythmia_ms * (1.0 - 0.7 * anxiety) * resonance * inhaling + wave_ms * wave +
                    beat_noise_ms * normal(random_);
  double seconds = 0.001 * ms + pause_s_;
  pause_s_ = 0.0;
  if (unit(random_) < ectopic_share) {
    pause_s_ = early_by * seconds;
    seconds -= pause_s_;
  }
  seconds = std::max(seconds, shortest_s);
  const double kept = std::exp(-seconds / slow_noise_s);
  slow_bpm_ = kept * slow_bpm_ + slow_noise_bpm * std::sqrt(1.0 - kept * kept) * normal(random_);
  return seconds;
}

void Heart::live(double anxiety, const Breath& breath) {
  if (false_beat_s_ < beat_s_) {
    hear(false_beat_s_);
    false_beat_s_ = never;
    return;
  }
  const double heard = unit(sensor_random_);
  if (heard >= missed_share) hear(beat_s_);
  const double interval = interval_s(anxiety, breath);
  if (heard > 1.0 - extra_share) false_beat_s_ = beat_s_ + interval * uniform(sensor_random_, 0.3, 0.7);
  beat_s_ += interval;
}

void Heart::hear(double at_s) {
  // Straps tell every interval, but leave what is far from the middle of the last ones out of the rate.
  constexpr double unlike = 0.3;
  constexpr std::size_t enough = 5;
  if (heard_s_ >= 0.0) {
    rr_ms_ = 1000.0 * (at_s - heard_s_);
    latest_ms_[intervals_++ % latest_ms_.size()] = rr_ms_;
  }
  heard_s_ = at_s;
  const std::size_t known = std::min(intervals_, latest_ms_.size());
  if (known < enough) return;
  auto sorted = latest_ms_;
  const auto end = sorted.begin() + static_cast<std::ptrdiff_t>(known);
  std::sort(sorted.begin(), end);
  // The middle of the time, not of the count: a beat that was made up makes two intervals of one.
  const double half_ms = 0.5 * std::accumulate(sorted.begin(), end, 0.0);
  auto middle = sorted.begin();
  for (double passed_ms = *middle; passed_ms < half_ms; passed_ms += *middle) ++middle;
  const double middle_ms = *middle;
  double sum_ms = 0.0, count = 0.0;
  std::for_each(sorted.begin(), end, [&](double ms) {
    const bool fits = std::abs(ms - middle_ms) < unlike * middle_ms;
    sum_ms += fits ? ms : 0.0;
    count += fits ? 1.0 : 0.0;
  });
  usual_ms_ = sum_ms / count;
}

void Heart::read(double now_s, telemetry::Vitals& vitals) const {
  const auto age_s = static_cast<float>(now_s - heard_s_);
  if (rr_ms_ > 0.0) vitals.rr_ms = {static_cast<float>(rr_ms_), age_s, true};
  if (usual_ms_ > 0.0) vitals.heart_rate_bpm = {static_cast<float>(60'000.0 / usual_ms_), age_s, true};
}

}  // namespace attune::sim
