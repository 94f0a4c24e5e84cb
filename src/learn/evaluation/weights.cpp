#include <map>

#include "attune/learn/evaluation/predictor.hpp"

namespace attune::learn {

std::vector<double> balanced_weights(Selection training, std::size_t classes) {
  std::map<std::string_view, std::vector<double>> counts;
  for (std::size_t i = 0; i < training.size(); ++i) {
    auto& of_stratum = counts.try_emplace(training[i].stratum, classes, 0.0).first->second;
    of_stratum[static_cast<std::size_t>(training[i].label)] += training[i].share;
  }
  // A stratum of n examples, of which k classes are there, has as much to compare as its rarest class allows.
  std::vector<double> weights(training.size(), 0.0);
  double sum = 0.0;
  for (std::size_t i = 0; i < training.size(); ++i) {
    const auto& of_stratum = counts.at(training[i].stratum);
    double inverse = 0.0, there = 0.0;
    for (const double count : of_stratum) {
      if (!(count > 0.0)) continue;
      inverse += 1.0 / count;
      there += 1.0;
    }
    if (there < 2.0) continue;
    weights[i] = training[i].share / (inverse * of_stratum[static_cast<std::size_t>(training[i].label)]);
    sum += weights[i];
  }
  if (sum > 0.0) {
    for (auto& weight : weights) weight *= static_cast<double>(training.size()) / sum;
    return weights;
  }
  std::vector<double> all(classes, 0.0);
  for (std::size_t i = 0; i < training.size(); ++i)
    all[static_cast<std::size_t>(training[i].label)] += training[i].share;
  double there = 0.0;
  for (const double count : all) there += count > 0.0 ? 1.0 : 0.0;
  for (std::size_t i = 0; i < training.size(); ++i) {
    weights[i] = static_cast<double>(training.size()) * training[i].share /
                 (there * all[static_cast<std::size_t>(training[i].label)]);
  }
  return weights;
}

}  // namespace attune::learn
