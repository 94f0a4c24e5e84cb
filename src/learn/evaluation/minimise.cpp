#include "learn/evaluation/minimise.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

namespace attune::learn {

namespace {

constexpr std::size_t memory = 10;
constexpr double enough = 1e-4;  // of the fall that the slope promises (Armijo's constant)
constexpr int most_halvings = 40;

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

double largest(const std::vector<double>& values) {
  double most = 0.0;
  for (const double value : values) most = std::max(most, std::abs(value));
  return most;
}

/// A step and the change of gradient that it brought.
struct Correction {
  std::vector<double> step, change;
  double curvature = 0.0;  ///< their product
};

/// The way down, by the two loops of algorithm 7.4.
std::vector<double> direction(const std::vector<double>& gradient, const std::deque<Correction>& known) {
  auto way = gradient;
  std::vector<double> shares(known.size());
  for (std::size_t i = known.size(); i-- > 0;) {
    shares[i] = dot(known[i].step, way) / known[i].curvature;
    for (std::size_t k = 0; k < way.size(); ++k) way[k] -= shares[i] * known[i].change[k];
  }
  if (!known.empty()) {
    const double scale = known.back().curvature / dot(known.back().change, known.back().change);
    for (auto& value : way) value *= scale;
  }
  for (std::size_t i = 0; i < known.size(); ++i) {
    const double share = shares[i] - dot(known[i].change, way) / known[i].curvature;
    for (std::size_t k = 0; k < way.size(); ++k) way[k] += share * known[i].step[k];
  }
  for (auto& value : way) value = -value;
  return way;
}

}  // namespace

Minimum minimise(const SmoothFunction& function, std::vector<double> start, double tolerance,
                 std::size_t most_steps) {
  Minimum at;
  at.x = std::move(start);
  std::vector<double> gradient(at.x.size());
  at.value = function(at.x, gradient);
  std::deque<Correction> known;
  for (; at.steps < most_steps; ++at.steps) {
    if (largest(gradient) <= tolerance) {
      at.converged = true;
      return at;
    }
    auto way = direction(gradient, known);
    double slope = dot(gradient, way);
    if (!(slope < 0.0)) {  // rounding has spoilt the memory
      known.clear();
      way = direction(gradient, known);
      slope = dot(gradient, way);
    }
    double length = known.empty() ? std::min(1.0, 1.0 / largest(gradient)) : 1.0;
    std::vector<double> x(at.x.size()), next(at.x.size());
    double value = at.value;
    int halvings = 0;
    for (; halvings < most_halvings; ++halvings, length *= 0.5) {
      for (std::size_t k = 0; k < x.size(); ++k) x[k] = at.x[k] + length * way[k];
      value = function(x, next);
      if (value <= at.value + enough * length * slope) break;
    }
    if (halvings == most_halvings) return at;
    Correction correction{x, next, 0.0};
    for (std::size_t k = 0; k < x.size(); ++k) {
      correction.step[k] -= at.x[k];
      correction.change[k] -= gradient[k];
    }
    correction.curvature = dot(correction.step, correction.change);
    if (correction.curvature > 1e-12) known.push_back(std::move(correction));
    if (known.size() > memory) known.pop_front();
    at.x = std::move(x);
    at.value = value;
    gradient = std::move(next);
  }
  return at;
}

}  // namespace attune::learn
