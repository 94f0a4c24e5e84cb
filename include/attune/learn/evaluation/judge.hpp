#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/evaluation/folds.hpp"
#include "attune/learn/evaluation/predictor.hpp"

namespace attune::learn {

enum class Metric { stratified_auc, accuracy, balanced_accuracy };

/// What a predictor said of examples that it had not learnt from.
struct Answers {
  Indices asked;                            ///< in the order in which they were judged
  std::vector<std::vector<double>> scores;  ///< one a class, as many as `asked`
  std::vector<std::string> choices;         ///< of each fold; empty ones are left out
};

/// Fits on every fold's training part and asks about its test part. Errors: the predictor's own, or a fold
/// that shares a person (or stimulus) between its parts, which would be a fault of the folds.
[[nodiscard]] core::Result<Answers> ask_all(std::span<const Example> examples, std::span<const Fold> folds,
                                            LeaveOut what, Predictor& predictor, std::uint64_t seed,
                                            const std::function<void(std::size_t)>& progress = {});

/// A figure and its standard error over people.
struct Figure {
  std::optional<double> value, error;
};

/// @param draws  of the bootstrap.
[[nodiscard]] Figure figure_of(std::span<const Example> examples, const Answers& answers, Metric metric,
                               std::size_t draws, std::uint64_t seed);

/// The stratified AUC of a predictor that learns a stratum's share of labels, such as a clock: every pair of
/// people is judged by a fit without either. (Leaving one out, such a share is lower for those who have the
/// label than for those who do not, for their own label is missing from it: what knows nothing would score
/// far below 0.5.)
[[nodiscard]] core::Result<Figure> auc_leaving_pairs_out(std::span<const Example> examples,
                                                         Predictor& predictor, std::size_t draws,
                                                         std::uint64_t seed);

}  // namespace attune::learn
