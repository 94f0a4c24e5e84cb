#include "attune/state/body_agreement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "attune/state/feature_extractor.hpp"

namespace attune::state {

namespace {

// Chosen on virtual patients of the seeds 5, 7 and 1001, whose sensors were their own or another person's.
constexpr double least_by_answer = -4.0, most_by_answer = 1.0;  // one answer alone settles nothing
constexpr double most_by_answers = 3.0;  // however long they agreed, a few answers can lose trust
constexpr double weight_of_correlation = 20.0;
constexpr double asked_so_far = 0.40, asked_of_late = 0.55;  // the correlation that speaks for the body
constexpr double late_s = 120.0;
// Before anything has moved: agreement. A rise that was expected and is not seen says more than one that was
// not expected.
constexpr Correlation::Presumed presumed{.correlation = 0.95, .first_squares = 6.0, .second_squares = 0.9};
constexpr double no_trust = -2.2, full_trust = 0.25;  // the score's logarithm of odds
constexpr double regained_in_s = 600.0;               // from none to full

double log_likelihood(double share, double sd, const BeliefState& belief) {
  const double variance = belief.var_x + sd * sd, miss = share - belief.x;
  return -0.5 * (std::log(variance) + miss * miss / variance);
}

}  // namespace

BodyAgreement::BodyAgreement()
    : so_far_(presumed, std::numeric_limits<double>::infinity()),
      of_late_(presumed, late_s / FeatureExtractor::step_s) {}

void BodyAgreement::answered(double share, double sd, const BeliefState& with_body,
                             const BeliefState& answers_alone) {
  const double ratio = log_likelihood(share, sd, with_body) - log_likelihood(share, sd, answers_alone);
  if (!std::isfinite(ratio)) return;
  by_answers_ = std::min(by_answers_ + std::clamp(ratio, least_by_answer, most_by_answer), most_by_answers);
  trust_ = std::min(trust_, deserved());
}

void BodyAgreement::read(double reading, double expected) {
  if (!std::isfinite(reading) || !std::isfinite(expected)) return;
  so_far_.add(reading, expected);
  of_late_.add(reading, expected);
  trust_ = std::min(trust_ + FeatureExtractor::step_s / regained_in_s, deserved());
}

double BodyAgreement::deserved() const {
  const double agreed = std::min(so_far_.value() - asked_so_far, of_late_.value() - asked_of_late);
  const double score = by_answers_ + weight_of_correlation * agreed;
  return std::clamp((score - no_trust) / (full_trust - no_trust), 0.0, 1.0);
}

}  // namespace attune::state
