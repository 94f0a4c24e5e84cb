#include "cli/evaluate/gauss_hermite.hpp"

#include <cmath>

namespace attune::cli {

namespace {

/// Normalised probabilists' Hermite polynomials h_0 … h_{n-1} at t.
std::vector<double> hermite(double t, std::size_t n) {
  std::vector<double> h(n, 1.0);
  for (std::size_t k = 1; k < n; ++k) {
    const auto order = static_cast<double>(k);
    h[k] = (t * h[k - 1] - (k > 1 ? std::sqrt(order - 1.0) * h[k - 2] : 0.0)) / std::sqrt(order);
  }
  return h;
}

}  // namespace

GaussHermite gauss_hermite(std::size_t count) {
  // Zeros of the polynomial are found where it changes its sign.
  const auto value = [&](double t) { return hermite(t, count + 1)[count]; };
  GaussHermite rule;
  for (double left = -8.0; left < 8.0; left += 0.01) {
    double low = left, high = left + 0.01;
    if ((value(low) < 0.0) == (value(high) < 0.0)) continue;
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (low + high);
      ((value(low) < 0.0) == (value(middle) < 0.0) ? low : high) = middle;
    }
    const auto h = hermite(0.5 * (low + high), count);
    double sum = 0.0;
    for (const double part : h) sum += part * part;
    rule.nodes.push_back(0.5 * (low + high));
    rule.weights.push_back(1.0 / sum);
  }
  return rule;
}

std::vector<double> drift_matrix(const GaussHermite& rule, double keep) {
  const auto n = rule.nodes.size();
  std::vector<double> matrix(n * n);
  for (std::size_t to = 0; to < n; ++to) {
    for (std::size_t from = 0; from < n; ++from) {
      const auto a = hermite(rule.nodes[to], n), b = hermite(rule.nodes[from], n);
      double sum = 0.0, fade = 1.0;
      for (std::size_t k = 0; k < n; ++k, fade *= keep) sum += fade * a[k] * b[k];
      matrix[to * n + from] = rule.weights[to] * sum;
    }
  }
  return matrix;
}

}  // namespace attune::cli
