#include "attune/treatment/activities/oscillation_fit.hpp"

#include <cmath>
#include <numbers>
#include <utility>

namespace attune::treatment {

namespace {

using Equations = std::array<std::array<double, 5>, 4>;

/// Gauss with pivoting; none where the samples do not tell the four apart.
std::optional<std::array<double, 4>> solved(Equations m) {
  constexpr double nothing = 1e-9;
  for (std::size_t column = 0; column < 4; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < 4; ++row) {
      if (std::abs(m[row][column]) > std::abs(m[pivot][column])) pivot = row;
    }
    if (std::abs(m[pivot][column]) < nothing) return std::nullopt;
    std::swap(m[column], m[pivot]);
    for (std::size_t row = 0; row < 4; ++row) {
      if (row == column) continue;
      const double factor = m[row][column] / m[column][column];
      for (std::size_t k = column; k < 5; ++k) m[row][k] -= factor * m[column][k];
    }
  }
  std::array<double, 4> result{};
  for (std::size_t i = 0; i < 4; ++i) result[i] = m[i][4] / m[i][i];
  return result;
}

}  // namespace

void OscillationFit::push(double time_s, double value) {
  if (count_ == 0) first_s_ = last_s_ = time_s;
  if (memory_s_ > 0.0) {
    const double kept = std::exp(-(time_s - last_s_) / memory_s_);
    for (auto& row : sums_) {
      for (auto& sum : row) sum *= kept;
    }
  }
  last_s_ = time_s;
  ++count_;
  const double t = time_s - first_s_;
  const double angle = 2.0 * std::numbers::pi * frequency_hz_ * t;
  const std::array<double, 5> terms{1.0, t, std::cos(angle), std::sin(angle), value};
  for (std::size_t row = 0; row < 4; ++row) {
    for (std::size_t column = 0; column < 5; ++column) sums_[row][column] += terms[row] * terms[column];
  }
}

std::optional<double> OscillationFit::swing() const {
  constexpr int fewest = 10;
  if (count_ < fewest || (last_s_ - first_s_) * frequency_hz_ < 1.0) return std::nullopt;
  const auto fit = solved(sums_);
  if (!fit) return std::nullopt;
  return 2.0 * std::hypot((*fit)[2], (*fit)[3]);
}

}  // namespace attune::treatment
