#include "attune/learn/evaluation/intervals.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <utility>
#include <vector>

namespace attune::learn {

namespace {

constexpr double finest_half_step = 1.0 / 128.0;  // of answers that could be any number
constexpr double least_share = 1e-12, least_deviation = 0.01, most_deviation = 2.0;

/// Where the two distributions are compared: 5, 10, … 95 % of the Gaussian.
constexpr std::size_t checked = 19;
constexpr double checked_at(std::size_t i) {
  return static_cast<double>(i + 1) / static_cast<double>(checked + 1);
}

double below(double value) { return 0.5 * std::erfc(-value / std::numbers::sqrt2); }

/// Shares of a Gaussian below the two ends of what an answer stands for.
std::pair<double, double> range_of(double value, double half_step, const Gaussian& law) {
  const double low = value - half_step, high = value + half_step;
  return {low <= 0.0 ? 0.0 : below((low - law.mean) / law.deviation),
          high >= 1.0 ? 1.0 : below((high - law.mean) / law.deviation)};
}

/// Few numbers, each counted, instead of every answer. Weights sum to 1.
std::vector<WeightedAnswer> count(std::span<const WeightedAnswer> answers) {
  std::map<std::pair<double, double>, double> counts;
  double all = 0.0;
  for (const auto& answer : answers) {
    const double half = std::max(answer.half_step, finest_half_step);
    counts[{2.0 * half * std::round(answer.value / (2.0 * half)), half}] += answer.weight;
    all += answer.weight;
  }
  std::vector<WeightedAnswer> counted;
  for (const auto& [answer, weight] : counts) {
    if (weight > 0.0) counted.push_back({answer.first, answer.second, weight / all});
  }
  return counted;
}

/// Cramér's and von Mises' between the answers and a Gaussian.
double distance(const std::vector<WeightedAnswer>& counted, const Gaussian& law) {
  std::array<double, checked> below_share{};
  for (const auto& answer : counted) {
    const auto [low, high] = range_of(answer.value, answer.half_step, law);
    const double width = std::max(high - low, least_share);
    for (std::size_t i = 0; i < checked; ++i)
      below_share[i] += answer.weight * std::clamp((checked_at(i) - low) / width, 0.0, 1.0);
  }
  double sum = 0.0;
  for (std::size_t i = 0; i < checked; ++i) sum += std::pow(below_share[i] - checked_at(i), 2);
  return sum;
}

double largest_miss(const std::vector<WeightedAnswer>& counted, const Gaussian& law) {
  double largest = 0.0;
  for (const double nominal : judged_intervals) {
    double covered = 0.0;
    for (const auto& answer : counted) covered += answer.weight * covered_part(answer, law, nominal);
    largest = std::max(largest, std::abs(covered - nominal));
  }
  return largest;
}

}  // namespace

Gaussian fitting_gaussian(std::span<const WeightedAnswer> answers) {
  const auto counted = count(answers);
  Gaussian law;
  if (counted.empty()) return law;
  // Downhill along either axis in shrinking steps.
  double best = distance(counted, law);
  for (double step = 0.1; step > 1e-4;) {
    bool nearer = false;
    for (const auto& [along, across] : {std::pair{step, 0.0}, {-step, 0.0}, {0.0, step}, {0.0, -step}}) {
      const Gaussian other{law.mean + along,
                           std::clamp(law.deviation + across, least_deviation, most_deviation)};
      const double value = distance(counted, other);
      if (!(value < best)) continue;
      best = value;
      law = other;
      nearer = true;
    }
    if (!nearer) step *= 0.5;
  }
  // Around that mean, the deviation whose intervals miss least.
  const double near = law.deviation;
  best = largest_miss(counted, law);
  for (int percent = 50; percent <= 200; ++percent) {
    const Gaussian other{law.mean, std::clamp(near * percent / 100.0, least_deviation, most_deviation)};
    const double miss = largest_miss(counted, other);
    if (!(miss < best)) continue;
    best = miss;
    law = other;
  }
  return law;
}

double covered_part(const WeightedAnswer& answer, const Gaussian& belief, double nominal) {
  const double tail = 0.5 - 0.5 * nominal;
  const auto [low, high] = range_of(answer.value, answer.half_step, belief);
  if (high - low < least_share) return low >= tail && low <= 1.0 - tail ? 1.0 : 0.0;
  return std::max(0.0, std::min(high, 1.0 - tail) - std::max(low, tail)) / (high - low);
}

double reach_of(double nominal) {
  double z = 1.0;  // Newton's method on the share below
  for (int i = 0; i < 30; ++i) {
    const double density = std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
    z -= (below(z) - 0.5 - 0.5 * nominal) / density;
  }
  return z;
}

}  // namespace attune::learn
