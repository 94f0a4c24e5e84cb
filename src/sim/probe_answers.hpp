#pragma once

#include <cstdint>
#include <limits>
#include <random>

#include "attune/sim/population.hpp"
#include "attune/telemetry/activity.hpp"
#include "attune/telemetry/frame.hpp"

namespace attune::sim {

/// Answers the trials of a dot-probe with the triggers.
///
/// Reaction times lognormal, median 550 ms, σ 0.2; half the person's bias faster where the target stands at
/// the threat, and as much slower where it does not. The bias is normal with mean 18 ρ/0.85 ms and deviation
/// 12 ms: anxious people have 10–20 ms on average and differ widely. 2–4 % of the answers are of the wrong
/// hand. All hand-set.
class ProbeAnswers {
 public:
  ProbeAnswers(const PatientParameters& patient, std::uint64_t seed);

  /// What of a trial is shown from now on.
  void see(const telemetry::ProbeTrial& trial, double now_s);
  /// 0 or 1: how far the trigger of that hand is pulled.
  [[nodiscard]] float trigger(telemetry::Side side, double time_s) const;

 private:
  std::mt19937_64 random_;
  double bias_s_, wrong_share_;
  telemetry::ProbeTrial seen_;
  telemetry::Side side_ = telemetry::left;
  double pressed_s_ = -std::numeric_limits<double>::infinity();
};

}  // namespace attune::sim
