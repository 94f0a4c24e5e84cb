#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/evaluation/example.hpp"

namespace attune::learn {

/// Something that learns from some people and is asked about others.
class Predictor {
 public:
  virtual ~Predictor() = default;
  /// Learns anew, whatever it knew; the same examples and seed give the same predictor. Errors: nothing to
  /// learn from, or what it learns with does not start.
  virtual core::Result<void> fit(Selection training, std::uint64_t seed) = 0;
  /// One number a class; larger is likelier. Meant to be compared within a fold's test part and between
  /// folds.
  [[nodiscard]] virtual std::vector<double> predict(const Example& example) const = 0;
  /// What it had to choose inside the training part, for the record; empty when nothing.
  [[nodiscard]] virtual std::string choices() const { return {}; }
};

/// Weight of every chosen example such that within each stratum all classes weigh alike, and a stratum weighs
/// as much as it has pairs to compare: neither a clock nor a condition is worth learning. Mean 1. Without any
/// stratum of two classes: all classes weigh alike.
[[nodiscard]] std::vector<double> balanced_weights(Selection training, std::size_t classes);

// Behaviour and body: what the network must be compared with.

/// Logistic regression with a quadratic penalty, softmax for more than two classes. Strength and
/// standardisation (population, or own earliest data) are chosen by leaving groups of the training people
/// out.
[[nodiscard]] std::unique_ptr<Predictor> logistic_predictor();
/// A forest of randomised trees.
[[nodiscard]] std::unique_ptr<Predictor> forest_predictor();

/// The monitor's network, 100 → 64 → 32 → 1, trained as it is: Adam on the mean squared error in batches of
/// 32, groups of features hidden. Of more than two classes: the same with a last layer of as many outputs, on
/// their cross-entropy. How many steps is chosen by
/// leaving groups of the training people out. Fails where LibTorch does not open.
[[nodiscard]] std::unique_ptr<Predictor> network_predictor();

// What must not win: predictors that see neither behaviour nor body.

/// Always the training part's mean.
[[nodiscard]] std::unique_ptr<Predictor> mean_predictor();
/// Share of each class among training examples whose length is near (a third of them).
[[nodiscard]] std::unique_ptr<Predictor> length_predictor();
/// Share of each class among training examples of about the same second (within 5 s).
[[nodiscard]] std::unique_ptr<Predictor> clock_predictor();
/// Share of each class among training examples of the same stratum.
[[nodiscard]] std::unique_ptr<Predictor> condition_predictor();
/// Share of each class among other people's examples of the same stimulus, at about the same second (2 s).
[[nodiscard]] std::unique_ptr<Predictor> others_predictor();
/// Share of each class among training examples of the same row number.
[[nodiscard]] std::unique_ptr<Predictor> row_predictor();

}  // namespace attune::learn
