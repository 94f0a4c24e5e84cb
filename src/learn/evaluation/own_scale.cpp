#include "attune/learn/evaluation/own_scale.hpp"

#include <array>
#include <cmath>
#include <map>

#include "learn/moments.hpp"

namespace attune::learn {

namespace {

constexpr double least_deviation = 1e-6;  // of the mean: below, it is rounding

using OfFeatures = std::array<Moments, state::feature_count>;

bool has(const state::Features& features, std::size_t i) {
  return features.present[i] && std::isfinite(features.value[i]);
}

}  // namespace

void standardise_by_person(std::span<Example> examples) {
  std::map<std::string, OfFeatures> people;
  for (const auto& example : examples) {
    auto& own = people[example.person];
    for (std::size_t i = 0; i < state::feature_count; ++i) {
      if (has(example.features, i)) own[i].add(static_cast<double>(example.features.value[i]));
    }
  }
  for (auto& example : examples) {
    const auto& own = people.at(example.person);
    auto& features = example.features;
    for (std::size_t i = 0; i < state::feature_count; ++i) {
      if (!has(features, i)) continue;
      const double deviation = own[i].deviation();
      features.present[i] = deviation > least_deviation * std::abs(own[i].mean);
      const double off = static_cast<double>(features.value[i]) - own[i].mean;
      features.value[i] = features.present[i] ? static_cast<float>(off / deviation) : 0.0F;
    }
    example.own = {};
    example.own_s = 0.0;
  }
}

}  // namespace attune::learn
