#include "learn/ridge.hpp"

#include <cmath>
#include <span>

#include "learn/group_balance.hpp"

namespace attune::learn {

namespace {

constexpr std::size_t size = state::feature_count;
constexpr std::array penalties{30.0, 3.0, 0.3};  // of squared weights, where features have variance 1

using Column = std::vector<double>;
using Square = std::vector<Column>;

/// Weighted moments of rows and labels.
struct RowMoments {
  Column mean = Column(size, 0.0);
  double label = 0.0, weight = 0.0;
  Square covariance = Square(size, Column(size, 0.0));
  Column with_label = Column(size, 0.0);

  explicit RowMoments(const Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto w = static_cast<double>(rows.weights[i]);
      weight += w;
      label += w * static_cast<double>(rows.labels[i]);
      for (std::size_t k = 0; k < size; ++k) mean[k] += w * value(rows, i, k);
    }
    label /= weight;
    for (auto& of_feature : mean) of_feature /= weight;
    Column off(size);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double w = static_cast<double>(rows.weights[i]) / weight;
      const double label_off = static_cast<double>(rows.labels[i]) - label;
      for (std::size_t k = 0; k < size; ++k) off[k] = value(rows, i, k) - mean[k];
      for (std::size_t k = 0; k < size; ++k) {
        with_label[k] += w * off[k] * label_off;
        for (std::size_t l = 0; l <= k; ++l) covariance[k][l] += w * off[k] * off[l];
      }
    }
    for (std::size_t k = 0; k < size; ++k) {
      for (std::size_t l = k + 1; l < size; ++l) covariance[k][l] = covariance[l][k];
    }
  }
  static double value(const Rows& rows, std::size_t row, std::size_t feature) {
    return static_cast<double>(rows.inputs[row * rows.width + feature]);
  }
};

/// Solves a x = b for a symmetric positive definite matrix by Cholesky's factors.
Column solve(Square a, Column b) {
  for (std::size_t k = 0; k < b.size(); ++k) {
    for (std::size_t l = 0; l <= k; ++l) {
      double sum = a[k][l];
      for (std::size_t m = 0; m < l; ++m) sum -= a[k][m] * a[l][m];
      a[k][l] = k == l ? std::sqrt(sum) : sum / a[l][l];
    }
  }
  for (std::size_t k = 0; k < b.size(); ++k) {
    for (std::size_t m = 0; m < k; ++m) b[k] -= a[k][m] * b[m];
    b[k] /= a[k][k];
  }
  for (std::size_t k = b.size(); k-- > 0;) {
    for (std::size_t m = k + 1; m < b.size(); ++m) b[k] -= a[m][k] * b[m];
    b[k] /= a[k][k];
  }
  return b;
}

/// Variance of a line's values over the rows.
double spread_of(const RowMoments& moments, const Column& line) {
  double spread = 0.0;
  for (std::size_t k = 0; k < size; ++k) {
    for (std::size_t l = 0; l < size; ++l) spread += line[k] * line[l] * moments.covariance[k][l];
  }
  return spread;
}

/// @param balance  factors by which features are multiplied before their weights are penalised alike.
Column ridge(const RowMoments& moments, std::span<const double> balance, double penalty) {
  auto matrix = moments.covariance;
  auto right = moments.with_label;
  for (std::size_t k = 0; k < size; ++k) {
    right[k] *= balance[k];
    for (std::size_t l = 0; l < size; ++l) matrix[k][l] *= balance[k] * balance[l];
    matrix[k][k] += penalty;
  }
  auto line = solve(std::move(matrix), std::move(right));
  for (std::size_t k = 0; k < size; ++k) line[k] *= balance[k];
  return line;
}

}  // namespace

Line ridge_line(const Rows& rows) {
  const RowMoments moments(rows);
  const auto balance = group_balance([&](std::size_t k) { return moments.covariance[k][k] > 0.0; });
  Column mean(size, 0.0);
  for (const double penalty : penalties) {
    const auto line = ridge(moments, balance, penalty);
    const double spread = spread_of(moments, line);
    if (!(spread > 0.0)) continue;
    for (std::size_t k = 0; k < size; ++k)
      mean[k] += line[k] / (std::sqrt(spread) * static_cast<double>(penalties.size()));
  }
  const double spread = spread_of(moments, mean);
  double along = 0.0;
  for (std::size_t k = 0; k < size; ++k) along += mean[k] * moments.with_label[k];
  const double slope = spread > 0.0 ? along / spread : 0.0;
  Line result{};
  double intercept = moments.label;
  for (std::size_t k = 0; k < size; ++k) {
    result[k] = static_cast<float>(slope * mean[k]);
    intercept -= slope * mean[k] * moments.mean[k];
  }
  result[size] = static_cast<float>(intercept);
  return result;
}

}  // namespace attune::learn
