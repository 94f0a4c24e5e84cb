#pragma once

#include <cmath>
#include <vector>

namespace attune::learn {

/// Brings a predictor's scores of two classes to one scale, mean 0 and deviation 1 over what it learnt from:
/// fits of different folds may have chosen different penalties or lengths, and their scores are compared with
/// one another.
class ScoreScale {
 public:
  ScoreScale() = default;
  explicit ScoreScale(const std::vector<double>& leads) {
    const auto count = static_cast<double>(leads.size());
    if (leads.empty()) return;
    for (const double lead : leads) mean_ += lead / count;
    double squares = 0.0;
    for (const double lead : leads) squares += (lead - mean_) * (lead - mean_);
    if (squares > 0.0) deviation_ = std::sqrt(squares / count);
  }
  [[nodiscard]] double at(double lead) const { return (lead - mean_) / deviation_; }

 private:
  double mean_ = 0.0, deviation_ = 1.0;
};

}  // namespace attune::learn
