#include "sim/probe_answers.hpp"

#include <algorithm>

#include "attune/sim/random.hpp"

namespace attune::sim {
using telemetry::ProbeStage;

namespace {

constexpr double median_s = 0.55, sigma = 0.2;
constexpr double mean_bias_s = 0.018, usual_rho = 0.85, bias_deviation_s = 0.012;
constexpr double held_s = 0.15;

}  // namespace

ProbeAnswers::ProbeAnswers(const PatientParameters& patient, std::uint64_t seed)
    : random_(seed),
      bias_s_(mean_bias_s * patient.rho / usual_rho + bias_deviation_s * normal(random_)),
      wrong_share_(uniform(random_, 0.02, 0.04)) {}

void ProbeAnswers::see(const telemetry::ProbeTrial& trial, double now_s) {
  const bool waits = trial.stage == ProbeStage::target;
  const bool same =
      seen_.stage == trial.stage && seen_.number == trial.number && seen_.changed == trial.changed;
  seen_ = trial;
  if (!waits && pressed_s_ > now_s) pressed_s_ = -std::numeric_limits<double>::infinity();  // too late
  if (!waits || same) return;
  double reaction_s = lognormal(random_, median_s, sigma);
  if (!trial.neutral_pair) reaction_s += (trial.threat_left == trial.target_left ? -0.5 : 0.5) * bias_s_;
  const bool wrong = unit(random_) < wrong_share_;
  side_ = trial.target_left != wrong ? telemetry::left : telemetry::right;
  pressed_s_ = std::max(now_s, trial.changed.seconds() + reaction_s);
}

float ProbeAnswers::trigger(telemetry::Side side, double time_s) const {
  return side == side_ && time_s >= pressed_s_ && time_s < pressed_s_ + held_s ? 1.0F : 0.0F;
}

}  // namespace attune::sim
