#pragma once

namespace attune::state {

/// How two measurements that come together rise and fall with each other, -1..1 (Pearson), over all that has
/// come or, with a memory, mostly over the last of it: older pairs count less by e with every `memory` pairs.
/// Begins with what is presumed of pairs that have not come, so that little is said while nothing moves.
/// Means, squares and products are kept around the means (Welford 1962), with weights that fade.
class Correlation {
 public:
  /// What is presumed: so much of a correlation, as good as so much of each one's sum of squares.
  struct Presumed {
    double correlation = 0.0, first_squares = 1.0, second_squares = 1.0;
  };
  /// @param memory  in pairs; infinite where nothing is forgotten.
  Correlation(const Presumed& presumed, double memory);

  void add(double first, double second);
  [[nodiscard]] double value() const;

 private:
  Presumed presumed_;
  double kept_ = 1.0;  // of the weight of what came before, with every pair
  double weight_ = 0.0, first_ = 0.0, second_ = 0.0;
  double first_squares_ = 0.0, second_squares_ = 0.0, products_ = 0.0;
};

}  // namespace attune::state
