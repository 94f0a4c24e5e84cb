#pragma once

#include <vector>

#include "attune/learn/evaluation/example.hpp"

namespace attune::learn {

/// Against what a person's features are measured.
enum class Against {
  population,
  own_start,  ///< the person's own earliest data, as far as people differ in a feature:
              ///< `state::Standardisation`
};

/// Features as a predictor reads them: one number a usable feature, mean 0 and deviation 1 over the training
/// examples, cut at ±4, missing ones 0.
class Inputs {
 public:
  /// A feature is usable when a tenth of the training examples have it (at least 10) and it varies.
  Inputs(Selection training, Against against);

  [[nodiscard]] std::size_t width() const { return columns_.size(); }
  [[nodiscard]] std::vector<double> of(const Example& example) const;
  /// The features that are read, by index.
  [[nodiscard]] const std::vector<std::size_t>& columns() const { return columns_; }

 private:
  [[nodiscard]] double off(const Example& example, std::size_t column) const;

  Against against_;
  std::vector<std::size_t> columns_;
  std::vector<double> population_, settle_s_, mean_, scale_;
};

}  // namespace attune::learn
