#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "learn/evaluation/logistic.hpp"

namespace attune::learn {

struct ForestOptions {
  std::size_t trees = 100;
  double least_leaf = 5.0;      ///< weight of the examples in a leaf
  std::size_t most_depth = 12;  ///< questions on the way to a leaf
};

/// A forest of trees, each grown on as many rows as there are, drawn with repetition, asking at every node
/// the best question (Gini's impurity) about a few columns drawn at random: the root of their number
/// (Breiman, Machine Learning 45, 2001). Thresholds are among 32 quantiles of a column.
class Forest {
 public:
  void fit(const Table& table, std::size_t classes, const ForestOptions& options, std::uint64_t seed);
  /// Each class's share, the mean over the trees.
  [[nodiscard]] std::vector<double> shares(const std::vector<double>& row) const;

 private:
  struct Node {
    std::size_t column = 0;
    double threshold = 0.0;       ///< rows at most this large go to `below`
    int below = -1, above = -1;   ///< nodes; −1: this one is a leaf
    std::vector<double> classes;  ///< shares, of a leaf
  };
  using Tree = std::vector<Node>;

  struct Growth;

  std::size_t classes_ = 0;
  std::vector<Tree> trees_;
};

}  // namespace attune::learn
