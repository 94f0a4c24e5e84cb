#pragma once

#include "attune/state/belief.hpp"
#include "attune/state/correlation.hpp"

namespace attune::state {

/// How far what the sensors show may be taken for the body of the person who answers. Sensors may be on
/// somebody else, loose, or mistaken for another's, and then they are as sure of themselves as ever.
///
/// Two marks tell. Answers: whether they come out as the belief that has heard the body expected them, better
/// than the one that has heard answers alone (a log-likelihood ratio). Readings: whether the monitor's rise
/// and fall with what exposure and answers lead one to expect, since the beginning and in the last minutes,
/// of which the worse counts (correlations, weighed as the logarithm of odds). It begins with agreement; what
/// was doubted is trusted again slowly, since a body that nothing has been asked of agrees with everything. A
/// body that contradicts is never left out for that: it may be right where answers say too little
/// (docs/belief.md). Plain doubles, no heap, deterministic.
class BodyAgreement {
 public:
  BodyAgreement();

  /// An answer, `share` 0..1, of which `with_body` and `answers_alone` have not heard yet; `sd` is that of an
  /// answer.
  void answered(double share, double sd, const BeliefState& with_body, const BeliefState& answers_alone);
  /// A reading of the monitor, one each step of the features, and x as answers and exposure let it be.
  void read(double reading, double expected);

  /// 0: what the body shows is not this person's. 1: nothing speaks against it.
  [[nodiscard]] double trust() const { return trust_; }
  /// Of the readings with what was expected, since the beginning, -1..1.
  [[nodiscard]] double correlation_so_far() const { return so_far_.value(); }

 private:
  [[nodiscard]] double deserved() const;

  double by_answers_ = 0.0;  // log-likelihood ratio
  Correlation so_far_, of_late_;
  double trust_ = 1.0;
};

}  // namespace attune::state
