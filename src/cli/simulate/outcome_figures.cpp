#include "cli/simulate/outcome_figures.hpp"

#include <algorithm>
#include <cmath>

namespace attune::cli {

namespace {

constexpr double z = 1.959964;  // the 97.5 % point of the normal distribution

/// The 97.5 % point of Student's t, by the expansion of Fisher & Cornish (Technometrics 2 (1960) 209): within
/// 0.01 from 4 degrees of freedom on; the first three are tabled.
double t_point(double freedom) {
  if (freedom < 1.5) return 12.706;
  if (freedom < 2.5) return 4.303;
  if (freedom < 3.5) return 3.182;
  const double z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z;
  const double f = freedom;
  return z + (z3 + z) / (4.0 * f) + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * f * f) +
         (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * f * f * f);
}

}  // namespace

Figure figure_of(const std::vector<double>& values) {
  Figure figure;
  const auto n = static_cast<double>(values.size());
  for (const double value : values) figure.mean += value / n;
  if (values.size() < 2) return figure;
  double squares = 0.0;
  for (const double value : values) squares += (value - figure.mean) * (value - figure.mean);
  const double half = t_point(n - 1.0) * std::sqrt(squares / (n - 1.0) / n);
  figure.low = figure.mean - half;
  figure.high = figure.mean + half;
  return figure;
}

Figure share_of(const std::vector<double>& zeros_and_ones) {
  const auto n = static_cast<double>(zeros_and_ones.size());
  Figure figure;
  for (const double value : zeros_and_ones) figure.mean += value;
  figure.mean /= std::max(n, 1.0);
  if (zeros_and_ones.size() < 2) return figure;
  const double share = figure.mean, shrinks = 1.0 + z * z / n;
  const double middle = (share + z * z / (2.0 * n)) / shrinks;
  const double half = z * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n)) / shrinks;
  figure.low = std::clamp(middle - half, 0.0, share);
  figure.high = std::clamp(middle + half, share, 1.0);
  return figure;
}

Figures figures_of(const std::vector<sim::Outcome>& outcomes) {
  Figures figures;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    std::vector<double> values;
    for (const auto& outcome : outcomes) values.push_back(measures[m].of(outcome));
    figures[m] = measures[m].counts ? share_of(values) : figure_of(values);
  }
  return figures;
}

Figures differences_of(const std::vector<sim::Outcome>& one, const std::vector<sim::Outcome>& other) {
  Figures figures;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    std::vector<double> values;
    for (std::size_t i = 0; i < one.size(); ++i)
      values.push_back(measures[m].of(one[i]) - measures[m].of(other[i]));
    figures[m] = figure_of(values);
  }
  return figures;
}

}  // namespace attune::cli
