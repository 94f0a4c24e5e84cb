#include "attune/state/body_agreement.hpp"

#include <algorithm>
#include <cmath>

#include "attune/state/feature_extractor.hpp"

namespace attune::state {

namespace {

// Chosen on virtual patients of the seeds 5, 7 and 1001, whose sensors were their own or another person's.
constexpr double least_by_answer = -4.0, most_by_answer = 1.0;  // one answer alone settles nothing
constexpr double most_by_answers = 3.0;  // however long they agreed, a few answers can lose trust
constexpr double weight_of_correlation = 9.0;
// The correlation beyond which readings speak for the body. It is highest after the first rise; once exposure
// has settled there is less and less to go along with.
constexpr double asked_at_first = 0.85, asked_at_last = 0.35, asked_less_per_s = 0.00075;
// Before anything has moved: agreement, as good as so many squares seen.
constexpr double presumed_squares = 1.2, presumed_correlation = 0.95;
constexpr double no_trust = -2.2, full_trust = 0.25;  // the score's logarithm of odds

double log_likelihood(double share, double sd, const BeliefState& belief) {
  const double variance = belief.var_x + sd * sd, miss = share - belief.x;
  return -0.5 * (std::log(variance) + miss * miss / variance);
}

}  // namespace

void BodyAgreement::answered(double share, double sd, const BeliefState& with_body,
                             const BeliefState& answers_alone) {
  const double ratio = log_likelihood(share, sd, with_body) - log_likelihood(share, sd, answers_alone);
  if (!std::isfinite(ratio)) return;
  by_answers_ = std::min(by_answers_ + std::clamp(ratio, least_by_answer, most_by_answer), most_by_answers);
}

void BodyAgreement::read(double reading, double expected) {
  if (!std::isfinite(reading) || !std::isfinite(expected)) return;
  count_ += 1.0;
  const double from_reading = reading - reading_, from_expected = expected - expected_;
  reading_ += from_reading / count_;
  expected_ += from_expected / count_;
  readings_ += from_reading * (reading - reading_);
  expectations_ += from_expected * (expected - expected_);
  products_ += from_reading * (expected - expected_);
}

double BodyAgreement::correlation() const {
  return (products_ + presumed_correlation * presumed_squares) /
         std::sqrt((readings_ + presumed_squares) * (expectations_ + presumed_squares));
}

double BodyAgreement::trust() const {
  const double read_s = FeatureExtractor::step_s * count_;
  const double asked = std::max(asked_at_last, asked_at_first - asked_less_per_s * read_s);
  const double score = by_answers_ + weight_of_correlation * (correlation() - asked);
  return std::clamp((score - no_trust) / (full_trust - no_trust), 0.0, 1.0);
}

}  // namespace attune::state
