#include "state/heart_evidence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attune::state {
namespace {

constexpr float shortest_ms = 60000.0F / 220.0F, longest_ms = 60000.0F / 30.0F;
constexpr float oldest_s = 10.0F;
constexpr std::int64_t same_beat_ns = 200'000'000;  // hearts do not beat faster than 300 a minute
// A beat that comes further than this from where its interval puts it does not follow the one before.
constexpr double least_slack_s = 0.15, slack_share = 0.2;
// Breathing moves the heart rate at its own pace; slower waves are those of blood pressure, near 0.1 Hz
// (Task Force, Circulation 93, 1996: HF from 0.15 Hz on).
constexpr double breath_low_hz = 0.14, breath_high_hz = 0.5;
constexpr double step_rate_hz = 1.0 / FeatureExtractor::step_s;
constexpr double longest_silence_s = 3.0;
constexpr double least_regularity = 0.75;  // noise of such a band turns every few seconds, but unevenly

}  // namespace

HeartEvidence::HeartEvidence()
    : breathing_band_(signal::Butterworth::band(2, breath_low_hz, breath_high_hz, step_rate_hz)),
      breathing_(step_rate_hz) {}

void HeartEvidence::push(const telemetry::Reading& rr_ms, core::SessionTime now, Intervals& intervals) {
  if (!rr_ms.valid || !(rr_ms.age_s >= 0.0F && rr_ms.age_s < oldest_s) ||
      !(rr_ms.value >= shortest_ms && rr_ms.value <= longest_ms))
    return;
  const core::SessionTime beat{now.ns - std::llround(static_cast<double>(rr_ms.age_s) * 1e9)};
  if (last_beat_ && beat.ns - last_beat_->ns < same_beat_ns) return;
  const double interval_s = 1e-3 * static_cast<double>(rr_ms.value);
  const double since_s = last_beat_ ? core::seconds_between(*last_beat_, beat) : 0.0;
  const double off_clock_s = core::seconds_between(clock_is_, beat) - interval_s;
  const double slack_s = std::max(least_slack_s, slack_share * interval_s);
  const bool follows =
      last_beat_ && std::abs(since_s - interval_s) <= slack_s && std::abs(off_clock_s) <= 2.0 * slack_s;
  if (!follows) {
    // The beat before this interval, some time after the last that is known.
    clock_s_ += std::max(since_s - interval_s, 1e-3);
    clock_is_ = {beat.ns - std::llround(interval_s * 1e9)};
    take(clock_s_, false, intervals);
  }
  clock_s_ += interval_s;
  clock_is_.ns += std::llround(interval_s * 1e9);
  take(clock_s_, true, intervals);
  last_beat_ = beat;
  newest_rr_ms_ = static_cast<double>(rr_ms.value);
  since_beat_s_ = 0.0;
}

void HeartEvidence::take(double beat_s, bool connected, Intervals& intervals) {
  series_.push(beat_s, connected);
  while (const auto interval = series_.next()) {
    const double ago_s = clock_s_ - interval->end_s;
    intervals.push({{clock_is_.ns - std::llround(ago_s * 1e9)}, *interval});
  }
}

void HeartEvidence::end_step() {
  since_beat_s_ += FeatureExtractor::step_s;
  if (since_beat_s_ > longest_silence_s) newest_rr_ms_.reset();
  breathing_.push(newest_rr_ms_ ? breathing_band_.push(*newest_rr_ms_)
                                : std::numeric_limits<double>::quiet_NaN());
  if (!newest_rr_ms_) breathing_band_.reset();
}

std::optional<double> HeartEvidence::breaths_per_min() const {
  const auto regularity = breathing_.regularity();
  if (!regularity || *regularity < least_regularity) return std::nullopt;
  return breathing_.breaths_per_min();
}

}  // namespace attune::state
