#pragma once

#include "learn/evaluation/logistic.hpp"

namespace attune::learn {

/// One line for two classes, else one a class: each the inputs' weights and the intercept last.
struct Lines {
  std::size_t width = 0;  ///< numbers in a line: inputs and 1
  std::vector<double> values;

  /// Of one row, a number a line.
  [[nodiscard]] std::vector<double> at(const std::vector<double>& row) const;
};

/// What a network starts from: the mean of logistic regressions under penalties from heavy to light, each
/// brought to deviation 1 over what it learnt from. Which penalty serves best cannot be told from a few dozen
/// people, and their mean does as well as any (Bates & Granger, Operational Research Quarterly 20, 1969). Of
/// two classes the line is then fitted to the labels 0 and 1 by least squares; of more they stay logits.
[[nodiscard]] Lines linear_start(const Table& table, std::size_t classes);

}  // namespace attune::learn
