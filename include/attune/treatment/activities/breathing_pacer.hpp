#pragma once

#include <optional>

#include "attune/core/static_vector.hpp"
#include "attune/core/time.hpp"
#include "attune/telemetry/samples.hpp"
#include "attune/treatment/activities/heart_samples.hpp"
#include "attune/treatment/activities/oscillation_fit.hpp"
#include "attune/treatment/practice_plan.hpp"
#include "attune/treatment/practice_result.hpp"

namespace attune::treatment {

/// Paces the breath, and looks for the rate at which heart and breath resonate: every rate of the plan is
/// breathed for a while, and the one with the largest swing of the heart rate at the guide's own rate is
/// kept. Without a heart sensor it stays at the first rate. Source of the procedure: Lehrer, Vaschillo &
/// Vaschillo, Appl Psychophysiol Biofeedback 25 (2000) 177.
class BreathingPacer {
 public:
  explicit BreathingPacer(const BreathingPlan& plan);

  /// One frame of breathing with the guide.
  void push(core::SessionTime now, double dt_s, const telemetry::Vitals& vitals);
  void reset();

  [[nodiscard]] float breaths_per_min() const;
  /// Nothing is left to be searched: the search is over, none was prescribed, or there is no heart sensor.
  [[nodiscard]] bool done() const;
  /// Biofeedback, 0..1: the heart's present swing as a share of the largest that was seen. 0 without a
  /// sensor.
  [[nodiscard]] float feedback() const { return feedback_; }
  [[nodiscard]] const BreathingResult& result() const { return result_; }

 private:
  void begin_rate(std::size_t index);
  void end_rate();
  void take_swing(double swing_bpm);

  BreathingPlan plan_;
  core::StaticVector<float, 24> rates_;  // in the order in which they are tried; the first is where it begins
  HeartSamples heart_;
  OscillationFit recent_{0.1};  // over the last breaths, since nobody keeps to a guide for minutes
  double swings_bpm_ = 0.0;     // sum, since breath and heart have settled at this rate
  int swing_count_ = 0;
  std::size_t index_ = 0;
  double at_rate_s_ = 0.0, breathed_s_ = 0.0;
  bool heart_seen_ = false, searched_ = false;
  double largest_bpm_ = 0.0;
  float feedback_ = 0.0F;
  BreathingResult result_;
};

}  // namespace attune::treatment
