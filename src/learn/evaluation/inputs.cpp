#include "learn/evaluation/inputs.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "learn/moments.hpp"

namespace attune::learn {

namespace {

constexpr double cut = 4.0;
constexpr double never_settles = 1e9;

bool has(const state::Features& features, std::size_t i) {
  return features.present[i] && std::isfinite(features.value[i]);
}

/// The length of own data that weighs as much as the population: 60 s σw²/σb², where σw is how much the
/// feature changes within a person and σb how much people's means differ.
double settle_s_of(Selection training, std::size_t i) {
  std::map<std::string_view, Moments> people;
  for (std::size_t k = 0; k < training.size(); ++k) {
    if (has(training[k].features, i))
      people[training[k].person].add(static_cast<double>(training[k].features.value[i]));
  }
  return settling_time_s(people, 0.0, never_settles);
}

}  // namespace

Inputs::Inputs(Selection training, Against against) : against_(against) {
  const double least = std::max(10.0, 0.1 * static_cast<double>(training.size()));
  for (std::size_t i = 0; i < state::feature_count; ++i) {
    Moments population;
    for (std::size_t k = 0; k < training.size(); ++k) {
      if (has(training[k].features, i)) population.add(static_cast<double>(training[k].features.value[i]));
    }
    if (population.count < least) continue;
    columns_.push_back(i);
    population_.push_back(population.mean);
    settle_s_.push_back(against == Against::own_start ? settle_s_of(training, i) : never_settles);
    Moments moments;
    for (std::size_t k = 0; k < training.size(); ++k) {
      if (has(training[k].features, i)) moments.add(off(training[k], columns_.size() - 1));
    }
    if (moments.deviation() < 1e-6 * std::max(1.0, std::abs(population.mean))) {
      columns_.pop_back();
      population_.pop_back();
      settle_s_.pop_back();
      continue;
    }
    mean_.push_back(moments.mean);
    scale_.push_back(moments.deviation());
  }
}

double Inputs::off(const Example& example, std::size_t column) const {
  const auto i = columns_[column];
  double usual = population_[column];
  if (against_ == Against::own_start && has(example.own, i)) {
    const double trust = example.own_s / (example.own_s + settle_s_[column]);
    usual += trust * (static_cast<double>(example.own.value[i]) - usual);
  }
  return static_cast<double>(example.features.value[i]) - usual;
}

std::vector<double> Inputs::of(const Example& example) const {
  std::vector<double> values(columns_.size(), 0.0);
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (!has(example.features, columns_[column])) continue;
    values[column] = std::clamp((off(example, column) - mean_[column]) / scale_[column], -cut, cut);
  }
  return values;
}

}  // namespace attune::learn
