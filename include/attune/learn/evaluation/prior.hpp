#pragma once

#include <memory>

#include "attune/learn/evaluation/predictor.hpp"

namespace attune::learn {

/// The score that the person gave before, alone: `Example::prior`.
[[nodiscard]] std::unique_ptr<Predictor> prior_predictor();

/// The score before and what another predictor reads since then, weighed by a logistic regression that has
/// seen the other's answers only on people whom it had not learnt from: an estimate that knows nothing gets
/// no weight.
[[nodiscard]] std::unique_ptr<Predictor> with_prior(std::unique_ptr<Predictor> reader);

}  // namespace attune::learn
