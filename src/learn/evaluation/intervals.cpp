#include "attune/learn/evaluation/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>
#include <utility>
#include <vector>

namespace attune::learn {

namespace {

constexpr double finest_half_step = 1.0 / 128.0;  // of answers that could be any number
constexpr double least_share = 1e-12, least_deviation = 0.01, most_deviation = 2.0;

double below(double value) { return 0.5 * std::erfc(-value / std::numbers::sqrt2); }

/// Shares of a Gaussian below the two ends of what an answer stands for.
std::pair<double, double> range_of(const WeightedAnswer& answer, const Gaussian& law) {
  const double low = answer.value - answer.half_step, high = answer.value + answer.half_step;
  return {low <= 0.0 ? 0.0 : below((low - law.mean) / law.deviation),
          high >= 1.0 ? 1.0 : below((high - law.mean) / law.deviation)};
}

/// Few numbers, each counted, instead of every answer. Weights sum to 1.
std::vector<WeightedAnswer> counted(std::span<const WeightedAnswer> answers) {
  std::map<std::tuple<std::size_t, double, double>, double> weights;
  double all = 0.0;
  for (const auto& answer : answers) {
    const double half = std::max(answer.half_step, finest_half_step);
    weights[{answer.group, 2.0 * half * std::round(answer.value / (2.0 * half)), half}] += answer.weight;
    all += answer.weight;
  }
  std::vector<WeightedAnswer> list;
  for (const auto& [answer, weight] : weights) {
    const auto& [group, value, half] = answer;
    if (weight > 0.0) list.push_back({value, half, weight / all, group});
  }
  return list;
}

/// Of all the answers, its logarithm.
double likelihood(const std::vector<WeightedAnswer>& answers, const Gaussian& law) {
  double sum = 0.0;
  for (const auto& answer : answers) {
    const auto [low, high] = range_of(answer, law);
    sum += answer.weight * std::log(std::max(high - low, least_share));
  }
  return sum;
}

Gaussian likeliest(const std::vector<WeightedAnswer>& answers) {
  // Uphill along either axis in shrinking steps: there is one summit.
  Gaussian law;
  double best = likelihood(answers, law);
  for (double step = 0.1; step > 1e-4;) {
    bool higher = false;
    for (const auto& [along, across] : {std::pair{step, 0.0}, {-step, 0.0}, {0.0, step}, {0.0, -step}}) {
      const Gaussian other{law.mean + along,
                           std::clamp(law.deviation + across, least_deviation, most_deviation)};
      const double value = likelihood(answers, other);
      if (!(value > best)) continue;
      best = value;
      law = other;
      higher = true;
    }
    if (!higher) step *= 0.5;
  }
  return law;
}

using Means = std::map<std::size_t, double>;

/// The likeliest mean of all groups but the one; of a single group its own.
Means means_of_others(const std::vector<WeightedAnswer>& answers) {
  Means means;
  for (const auto& answer : answers) means.try_emplace(answer.group, 0.0);
  for (auto& [group, mean] : means) {
    std::vector<WeightedAnswer> others;
    for (const auto& answer : answers) {
      if (answer.group != group || means.size() == 1) others.push_back(answer);
    }
    mean = likeliest(others).mean;
  }
  return means;
}

/// Of the intervals that are judged, in shares.
double largest_miss(const std::vector<WeightedAnswer>& answers, const Means& means, double deviation) {
  double largest = 0.0;
  for (const double nominal : judged_intervals) {
    double covered = 0.0;
    for (const auto& answer : answers)
      covered += answer.weight * covered_part(answer, {means.at(answer.group), deviation}, nominal);
    largest = std::max(largest, std::abs(covered - nominal));
  }
  return largest;
}

}  // namespace

Gaussian fitting_gaussian(std::span<const WeightedAnswer> answers) {
  const auto list = counted(answers);
  if (list.empty()) return {};
  const auto first = likeliest(list);
  auto best = first;
  const auto means = means_of_others(list);
  double least = largest_miss(list, means, first.deviation);
  for (int percent = 50; percent <= 200; ++percent) {
    const Gaussian other{first.mean, first.deviation * percent / 100.0};
    const double miss = largest_miss(list, means, other.deviation);
    if (!(miss < least)) continue;
    least = miss;
    best = other;
  }
  return best;
}

double covered_part(const WeightedAnswer& answer, const Gaussian& belief, double nominal) {
  const double tail = 0.5 - 0.5 * nominal;
  const auto [low, high] = range_of(answer, belief);
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
