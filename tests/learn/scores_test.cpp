#include "attune/learn/evaluation/scores.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace attune::learn {
namespace {

TEST(Auc, IsTheShareOfPairsThatStandRight) {
  // Positives 3 and 1, negatives 2 and 0: of four pairs only (1, 2) stands wrong.
  const std::array labels{1, 1, 0, 0};
  const std::array scores{3.0, 1.0, 2.0, 0.0};
  EXPECT_DOUBLE_EQ(*auc(labels, scores), 0.75);
}

TEST(Auc, EqualScoresCountHalf) {
  const std::array labels{1, 0, 0};
  const std::array scores{1.0, 1.0, 0.0};
  EXPECT_DOUBLE_EQ(*auc(labels, scores), 0.75);
}

TEST(Auc, IsUnknownWithoutBothLabels) {
  const std::array labels{1, 1};
  const std::array scores{1.0, 2.0};
  EXPECT_FALSE(auc(labels, scores));
}

TEST(StratifiedAuc, WhatKnowsOnlyTheStratumScoresAHalf) {
  // Late moments are nearly all positive and score high: over all pairs that looks like knowledge.
  const std::array labels{1, 0, 0, 0, 1, 1, 1, 0};
  const std::array scores{1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0};
  const std::vector<std::string> strata{"early", "early", "early", "early", "late", "late", "late", "late"};
  EXPECT_DOUBLE_EQ(*auc(labels, scores), 0.75);
  EXPECT_DOUBLE_EQ(*stratified_auc(labels, scores, strata), 0.5);
}

TEST(StratifiedAuc, ComparesWithinEachStratumAndPairsWeighAlike) {
  // "a": one pair, right. "b": two pairs, both wrong. Scores of "b" all lie above those of "a".
  const std::array labels{1, 0, 1, 0, 0};
  const std::array scores{0.2, 0.1, 5.0, 6.0, 7.0};
  const std::vector<std::string> strata{"a", "a", "b", "b", "b"};
  EXPECT_DOUBLE_EQ(*stratified_auc(labels, scores, strata), 1.0 / 3.0);
}

TEST(StratifiedAuc, AnExampleOfWeightTwoCountsAsTwo) {
  const std::array labels{1, 0, 0};
  const std::array scores{1.0, 0.0, 2.0};
  const std::array weights{1.0, 2.0, 1.0};
  EXPECT_DOUBLE_EQ(*stratified_auc(labels, scores, std::vector<std::string>(3), weights), 2.0 / 3.0);
}

TEST(BalancedAccuracy, ClassesWeighAlikeHoweverManyThereAre) {
  const std::array labels{0, 0, 0, 0, 1};
  const std::array answers{0, 0, 0, 1, 0};
  EXPECT_DOUBLE_EQ(*accuracy(labels, answers), 0.6);
  EXPECT_DOUBLE_EQ(*balanced_accuracy(labels, answers), 0.375);
}

TEST(BootstrapError, OfAMeanIsTheTextbooks) {
  // 400 people with one value each, of deviation 2: their mean's error is 2 / sqrt(400).
  std::mt19937_64 random(3);
  std::normal_distribution<double> normal(5.0, 2.0);
  std::vector<std::string> people;
  std::vector<double> values;
  for (int i = 0; i < 400; ++i) {
    people.push_back(std::string("P").append(std::to_string(i)));
    values.push_back(normal(random));
  }
  const WeightedFigure mean = [&](std::span<const double> weights) -> std::optional<double> {
    double sum = 0.0, all = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      sum += weights[i] * values[i];
      all += weights[i];
    }
    return sum / all;
  };
  EXPECT_NEAR(*bootstrap_error(people, mean, 2000, 1), 0.1, 0.01);
}

TEST(BootstrapError, APersonsExamplesAreDrawnTogether) {
  // Ten people repeat the same value a hundred times: the error is that of ten values, not of a thousand.
  std::vector<std::string> people;
  std::vector<double> values;
  for (int person = 0; person < 10; ++person) {
    for (int i = 0; i < 100; ++i) {
      people.push_back(std::string("P").append(std::to_string(person)));
      values.push_back(person % 2 == 0 ? 1.0 : -1.0);
    }
  }
  const WeightedFigure mean = [&](std::span<const double> weights) -> std::optional<double> {
    double sum = 0.0, all = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      sum += weights[i] * values[i];
      all += weights[i];
    }
    return sum / all;
  };
  EXPECT_NEAR(*bootstrap_error(people, mean, 4000, 1), 1.0 / std::sqrt(10.0), 0.02);
  EXPECT_EQ(*bootstrap_error(people, mean, 50, 7), *bootstrap_error(people, mean, 50, 7));
  EXPECT_NE(*bootstrap_error(people, mean, 50, 7), *bootstrap_error(people, mean, 50, 8));
}

}  // namespace
}  // namespace attune::learn
