#pragma once

#include <cstddef>
#include <vector>

namespace attune::learn {

/// Rows of numbers with their classes and weights.
struct Table {
  std::vector<std::vector<double>> rows;
  std::vector<int> labels;      ///< from 0
  std::vector<double> weights;  ///< as many
};

/// Logistic regression: minimises C · Σ weight · log loss + ½ |w|², the intercepts free, as scikit-learn
/// does. Two classes have one line, the second class's logit; more have one each (softmax).
class Logistic {
 public:
  void fit(const Table& table, std::size_t classes, double c);
  /// Log of each class's share, but for a number that is the same for all.
  [[nodiscard]] std::vector<double> logits(const std::vector<double>& row) const;
  /// Weights of every line, its intercept last.
  [[nodiscard]] const std::vector<double>& lines() const { return lines_; }

 private:
  std::size_t width_ = 0, classes_ = 0;
  std::vector<double> lines_;
};

}  // namespace attune::learn
