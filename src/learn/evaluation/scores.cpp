#include "attune/learn/evaluation/scores.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

namespace attune::learn {

namespace {

double weight_of(std::span<const double> weights, std::size_t i) {
  return weights.empty() ? 1.0 : weights[i];
}

/// Pairs won by the positives, and all pairs.
struct Pairs {
  double won = 0.0, all = 0.0;
};

/// @param order  examples of one stratum; is sorted by score.
Pairs pairs_of(std::vector<std::size_t>& order, std::span<const int> labels, std::span<const double> scores,
               std::span<const double> weights) {
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
  Pairs pairs;
  double below = 0.0, positives = 0.0;
  for (std::size_t first = 0; first < order.size();) {
    double negatives_here = 0.0, positives_here = 0.0;
    auto next = first;
    for (; next < order.size() && scores[order[next]] <= scores[order[first]]; ++next) {
      (labels[order[next]] == 1 ? positives_here : negatives_here) += weight_of(weights, order[next]);
    }
    pairs.won += positives_here * (below + 0.5 * negatives_here);
    below += negatives_here;
    positives += positives_here;
    first = next;
  }
  pairs.all = positives * below;
  return pairs;
}

std::optional<double> share(double part, double whole) {
  if (!(whole > 0.0)) return std::nullopt;
  return part / whole;
}

}  // namespace

std::optional<double> auc(std::span<const int> labels, std::span<const double> scores) {
  std::vector<std::size_t> order(labels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto pairs = pairs_of(order, labels, scores, {});
  return share(pairs.won, pairs.all);
}

std::optional<double> stratified_auc(std::span<const int> labels, std::span<const double> scores,
                                     std::span<const std::string> strata, std::span<const double> weights) {
  std::map<std::string_view, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < labels.size(); ++i) members[strata[i]].push_back(i);
  Pairs all;
  for (auto& [name, order] : members) {
    const auto pairs = pairs_of(order, labels, scores, weights);
    all.won += pairs.won;
    all.all += pairs.all;
  }
  return share(all.won, all.all);
}

std::optional<double> accuracy(std::span<const int> labels, std::span<const int> answers,
                               std::span<const double> weights) {
  double right = 0.0, all = 0.0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    all += weight_of(weights, i);
    right += labels[i] == answers[i] ? weight_of(weights, i) : 0.0;
  }
  return share(right, all);
}

std::optional<double> balanced_accuracy(std::span<const int> labels, std::span<const int> answers,
                                        std::span<const double> weights) {
  std::map<int, std::pair<double, double>> right_and_all;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    auto& [right, all] = right_and_all[labels[i]];
    all += weight_of(weights, i);
    right += labels[i] == answers[i] ? weight_of(weights, i) : 0.0;
  }
  double sum = 0.0, classes = 0.0;
  for (const auto& [label, counts] : right_and_all) {
    if (!(counts.second > 0.0)) continue;
    sum += counts.first / counts.second;
    classes += 1.0;
  }
  return share(sum, classes);
}

std::optional<double> bootstrap_error(std::span<const std::string> people, const WeightedFigure& figure,
                                      std::size_t draws, std::uint64_t seed) {
  std::map<std::string_view, std::size_t> number;
  for (const auto& person : people) number.try_emplace(person, number.size());
  if (number.size() < 2) return std::nullopt;  // one person says nothing of how people differ
  std::vector<std::size_t> person_of(people.size());
  for (std::size_t i = 0; i < people.size(); ++i) person_of[i] = number.at(people[i]);
  std::mt19937_64 random(seed);
  std::vector<double> times(number.size()), weights(people.size()), figures;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    std::fill(times.begin(), times.end(), 0.0);
    for (std::size_t k = 0; k < times.size(); ++k) {
      times[std::uniform_int_distribution<std::size_t>(0, times.size() - 1)(random)] += 1.0;
    }
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = times[person_of[i]];
    if (const auto value = figure(weights)) figures.push_back(*value);
  }
  if (figures.size() < 2) return std::nullopt;
  const double mean =
      std::accumulate(figures.begin(), figures.end(), 0.0) / static_cast<double>(figures.size());
  double squares = 0.0;
  for (const double value : figures) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(figures.size() - 1));
}

}  // namespace attune::learn
