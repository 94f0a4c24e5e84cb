#include "state/body_evidence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attune::state {
namespace {

// The bounds are those of a living adult at rest or in fear; what lies outside is the sensor's.
constexpr float oldest_s = 10.0F;
constexpr float least_bpm = 30.0F, most_bpm = 220.0F, least_skin_us = 0.05F, most_skin_us = 60.0F;
constexpr float least_breaths = 3.0F, most_breaths = 60.0F, least_c = 15.0F, most_c = 42.0F;
constexpr float oldest_phase_s = 1.0F, late_phase = 0.7F, early_phase = 0.3F;

bool readable(const telemetry::Reading& reading, float least, float most, float oldest = oldest_s) {
  return reading.valid && reading.age_s < oldest && reading.value >= least && reading.value <= most;
}

core::SessionTime before(core::SessionTime now, double seconds) {
  return {now.ns - std::llround(seconds * 1e9)};
}

}  // namespace

void BodyEvidence::push(const telemetry::Vitals& vitals, core::SessionTime now, float elapsed_s,
                        StepSums& step, Evidence& evidence) {
  heart_.push(vitals.rr_ms, now, evidence.intervals);
  if (readable(vitals.heart_rate_bpm, least_bpm, most_bpm)) {
    step.add(Sum::heart_s, elapsed_s);
    step.add(Sum::heart_beats, vitals.heart_rate_bpm.value / 60.0F * elapsed_s);
  }
  if (readable(vitals.skin_conductance_us, least_skin_us, most_skin_us)) {
    const float value = vitals.skin_conductance_us.value;
    step.add(Sum::skin_s, elapsed_s);
    step.add(Sum::skin_us_s, value * elapsed_s);
    step.add(Sum::skin_us2_s, value * value * elapsed_s);
    step.skin_least = std::min(step.skin_least, value);
    step.skin_most = std::max(step.skin_most, value);
  }
  take_breathing(vitals, now, elapsed_s, step, evidence);
  if (readable(vitals.skin_temperature_c, least_c, most_c)) {
    step.add(Sum::warmth_s, elapsed_s);
    step.add(Sum::warmth_c_s, vitals.skin_temperature_c.value * elapsed_s);
  }
}

void BodyEvidence::take_breathing(const telemetry::Vitals& vitals, core::SessionTime now, float elapsed_s,
                                  StepSums& step, Evidence& evidence) {
  std::optional<float> rate;
  if (readable(vitals.breaths_per_min, least_breaths, most_breaths)) {
    rate = vitals.breaths_per_min.value;
  } else if (const auto by_heart = heart_.breaths_per_min()) {
    rate = static_cast<float>(*by_heart);
  }
  if (rate) {
    step.add(Sum::breath_s, elapsed_s);
    step.add(Sum::breath_rate_s, *rate * elapsed_s);
  }
  if (!readable(vitals.breath_phase, 0.0F, 1.0F, oldest_phase_s)) {
    phase_.reset();
    breath_start_.reset();
    return;
  }
  const float phase = vitals.breath_phase.value;
  if (phase_ && *phase_ > late_phase && phase < early_phase) {
    const auto start = before(now, static_cast<double>(vitals.breath_phase.age_s));
    if (breath_start_)
      evidence.breaths.push(
          {.end = start, .duration = static_cast<float>(core::seconds_between(*breath_start_, start))});
    breath_start_ = start;
  }
  phase_ = phase;
}

void BodyEvidence::end_step(core::SessionTime now, StepSums& step, Evidence& evidence) {
  heart_.end_step();
  const float seen_s = step[Sum::skin_s];
  const double level = seen_s > 0.0F ? static_cast<double>(step[Sum::skin_us_s] / seen_s)
                                     : std::numeric_limits<double>::quiet_NaN();
  skin_clock_s_ += FeatureExtractor::step_s;
  if (const auto response = skin_.push(level)) {
    evidence.skin_tops.push({.end = before(now, skin_clock_s_ - response->top_s),
                             .amplitude = static_cast<float>(response->amplitude)});
    evidence.skin_onsets.push({.end = before(now, skin_clock_s_ - response->onset_s)});
  }
  if (skin_.phasic()) step.add(Sum::skin_wave_s, static_cast<float>(FeatureExtractor::step_s));
}

}  // namespace attune::state
