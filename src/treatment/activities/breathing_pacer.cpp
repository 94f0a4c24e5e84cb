#include "attune/treatment/activities/breathing_pacer.hpp"

#include <algorithm>

namespace attune::treatment {

namespace {

constexpr double settling_s = 20.0;          // breath and baroreflex follow a new rate
constexpr double waits_for_sensor_s = 10.0;  // then there is none
constexpr double memory_breaths = 2.0;       // of the present swing
constexpr int fewest_swings = 20;            // of a rate that is judged
constexpr double least_swing_bpm = 2.0;      // below it every heart wavers: no full reward for that
constexpr float rate_edge = 1e-3F;

/// First the rate where it begins, then down to the lowest, then up to the highest.
core::StaticVector<float, 24> rates_of(const BreathingPlan& plan) {
  core::StaticVector<float, 24> rates;
  rates.push_back(plan.start_per_min);
  if (!plan.search_per_min) return rates;
  const auto [low, high] = *plan.search_per_min;
  for (int i = 1; plan.start_per_min - static_cast<float>(i) * plan.by_per_min >= low - rate_edge; ++i)
    rates.push_back(plan.start_per_min - static_cast<float>(i) * plan.by_per_min);
  for (int i = 1; plan.start_per_min + static_cast<float>(i) * plan.by_per_min <= high + rate_edge; ++i)
    rates.push_back(plan.start_per_min + static_cast<float>(i) * plan.by_per_min);
  return rates;
}

}  // namespace

BreathingPacer::BreathingPacer(const BreathingPlan& plan) : plan_(plan), rates_(rates_of(plan)) { reset(); }

void BreathingPacer::reset() {
  heart_.reset();
  result_ = {};
  breathed_s_ = largest_bpm_ = 0.0;
  feedback_ = 0.0F;
  heart_seen_ = searched_ = false;
  begin_rate(0);
}

void BreathingPacer::begin_rate(std::size_t index) {
  index_ = index;
  at_rate_s_ = 0.0;
  const double frequency_hz = static_cast<double>(rates_[index_]) / 60.0;
  recent_ = OscillationFit(frequency_hz, memory_breaths / frequency_hz);
  swings_bpm_ = 0.0;
  swing_count_ = 0;
}

float BreathingPacer::breaths_per_min() const { return rates_[index_]; }

bool BreathingPacer::done() const {
  if (searched_ || rates_.size() == 1) return true;
  return !heart_seen_ && breathed_s_ >= waits_for_sensor_s;
}

void BreathingPacer::push(core::SessionTime now, double dt_s, const telemetry::Vitals& vitals) {
  breathed_s_ += dt_s;
  at_rate_s_ += dt_s;
  result_.breathed_s = breathed_s_;
  if (const auto sample = heart_.push(now, vitals)) {
    heart_seen_ = true;
    recent_.push(sample->time_s, static_cast<double>(sample->bpm));
    if (const auto swing = recent_.swing()) take_swing(*swing);
  }
  const bool searching = !searched_ && rates_.size() > 1 && heart_seen_;
  if (searching && at_rate_s_ >= plan_.each_s) end_rate();
}

void BreathingPacer::take_swing(double swing_bpm) {
  if (at_rate_s_ >= settling_s) {
    swings_bpm_ += swing_bpm;
    ++swing_count_;
  }
  if (!plan_.biofeedback) return;
  largest_bpm_ = std::max({largest_bpm_, swing_bpm, least_swing_bpm});
  feedback_ = static_cast<float>(swing_bpm / largest_bpm_);
}

void BreathingPacer::end_rate() {
  if (swing_count_ >= fewest_swings)
    result_.tried.push_back({rates_[index_], static_cast<float>(swings_bpm_ / swing_count_)});
  if (index_ + 1 < rates_.size()) {
    begin_rate(index_ + 1);
    return;
  }
  searched_ = true;
  const auto best = std::max_element(result_.tried.begin(), result_.tried.end(),
                                     [](const auto& a, const auto& b) { return a.swing_bpm < b.swing_bpm; });
  std::size_t kept = 0;
  if (best != result_.tried.end()) {
    result_.resonance_breaths_per_min = best->breaths_per_min;
    kept = static_cast<std::size_t>(std::find(rates_.begin(), rates_.end(), best->breaths_per_min) -
                                    rates_.begin());
  }
  begin_rate(kept);
}

}  // namespace attune::treatment
