#include "sim/words.hpp"

#include <algorithm>
#include <cmath>

#include "attune/sim/random.hpp"

namespace attune::sim {
using telemetry::ReportKind;

namespace {

/// People answer on a scale of twenty marks: rounds a share to 0.05.
double on_marks(double share) { return std::round(20.0 * std::clamp(share, 0.0, 1.0)) / 20.0; }

/// The first option says that what was feared did not happen, or the like: mostly chosen, less when anxious.
/// Of the others each as often.
double choose(int options, double anxiety, std::mt19937_64& random) {
  const bool first = unit(random) < 0.8 - 0.5 * anxiety;
  const double other = 1.0 + std::floor(unit(random) * (options - 1));
  return first || options < 2 ? 0.0 : std::min(other, options - 1.0);
}

}  // namespace

double answer(ReportKind kind, const PlantState& truth, const PatientParameters& patient,
              std::mt19937_64& random, int options) {
  switch (kind) {
    case ReportKind::none:
      return 0.0;
    case ReportKind::suds:
      return 100.0 * on_marks(truth.anxiety + patient.bias + 0.06 * normal(random));
    case ReportKind::comfort:
      return 10.0 * on_marks((0.5 + 0.5 * truth.v) * (1.0 - truth.s) + 0.03 * normal(random));
    // Plant A has no expectancy of its own; what is not yet habituated stands in for it.
    case ReportKind::expectancy:
      return 100.0 * on_marks(truth.expectancy + 0.08 * normal(random));
    // A thought is believed as its outcome is expected, and more while anxious ("I feel it, so it is true").
    case ReportKind::belief:
      return 100.0 * on_marks(0.7 * truth.expectancy + 0.3 * truth.anxiety + 0.06 * normal(random));
    case ReportKind::urge:
      return 100.0 * on_marks(truth.anxiety + patient.bias + 0.08 * normal(random));
    case ReportKind::choice:
      return choose(options, truth.anxiety, random);
  }
  return 0.0;
}

void Words::hear(const telemetry::Stimulus& stimulus, double now_s) {
  if (stimulus.question == question_ && (question_ == ReportKind::none || stimulus.asked == asked_)) return;
  question_ = stimulus.question;
  asked_ = stimulus.asked;
  options_ = stimulus.options;
  due_s_ =
      question_ == ReportKind::none ? never : std::max(now_s, asked_.seconds() + uniform(random_, 2.0, 6.0));
}

telemetry::SelfReport Words::speak(const PlantState& truth, const PatientParameters& patient) {
  const auto answered = core::at_seconds(due_s_);
  due_s_ = never;
  return {question_, static_cast<float>(answer(question_, truth, patient, random_, options_)), asked_,
          answered};
}

}  // namespace attune::sim
