#include "attune/learn/evaluation/predictor.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "attune/learn/evaluation/judge.hpp"
#include "attune/learn/evaluation/prior.hpp"

namespace attune::learn {
namespace {

/// Forty people, twenty moments each, at the same twenty seconds. `strength` is how far two features tell the
/// label; the label is likelier the later it is.
std::vector<Example> people(double strength, std::uint64_t seed = 3) {
  std::vector<Example> examples;
  std::mt19937_64 random(seed);
  std::normal_distribution<double> noise;
  std::uniform_real_distribution<double> uniform;
  for (int person = 0; person < 40; ++person) {
    for (int moment = 0; moment < 20; ++moment) {
      Example example;
      example.person = std::string("P").append(std::to_string(person));
      example.stratum = std::to_string(moment);
      example.clock_s = 10.0 * moment;
      example.length_s = 200.0;
      example.label = uniform(random) < 0.05 * moment ? 1 : 0;
      for (const std::size_t i : {60U, 67U, 75U}) {
        const double told = i == 75U ? 0.0 : strength * (example.label == 1 ? 1.0 : -1.0);
        example.features.value[i] = static_cast<float>(100.0 + 5.0 * (told + noise(random)));
        example.features.present.set(i);
      }
      examples.push_back(example);
    }
  }
  return examples;
}

Indices everything(const std::vector<Example>& examples) {
  Indices all;
  for (std::size_t i = 0; i < examples.size(); ++i) all.push_back(i);
  return all;
}

double figure(const std::vector<Example>& examples, Predictor& predictor) {
  const auto answers =
      ask_all(examples, leave_out(examples, LeaveOut::person), LeaveOut::person, predictor, 1);
  return *figure_of(examples, *answers, Metric::stratified_auc, 2, 1).value;
}

TEST(Predictors, FindWhatBehaviourTells) {
  const auto examples = people(0.7);
  // Two features whose means lie 1.4 deviations apart: by the sum of both, Φ(1.4 · √2 / √2) = 0.92 of the
  // pairs.
  EXPECT_NEAR(figure(examples, *logistic_predictor()), 0.91, 0.03);
  EXPECT_NEAR(figure(examples, *forest_predictor()), 0.91, 0.03);
}

TEST(Predictors, FindNothingWhereNothingIs) {
  const auto examples = people(0.0);
  EXPECT_NEAR(figure(examples, *logistic_predictor()), 0.5, 0.06);
  EXPECT_NEAR(figure(examples, *forest_predictor()), 0.5, 0.06);
}

/// A heart rate that differs by 10 from person to person, and rises by 5 with the label. @param known_s  of
/// the own start, which is free of the label; 0: there is none.
std::vector<Example> hearts(double known_s) {
  std::vector<Example> examples;
  std::mt19937_64 random(9);
  std::normal_distribution<double> noise;
  const auto bpm = state::feature_index("ECG_Bpm");
  for (int person = 0; person < 40; ++person) {
    const double usual = 70.0 + 10.0 * noise(random);
    for (int moment = 0; moment < 20; ++moment) {
      Example example;
      example.person = std::string("P").append(std::to_string(person));
      example.label = moment % 2;
      example.features.value[bpm] = static_cast<float>(usual + 5.0 * example.label + 2.0 * noise(random));
      example.features.present.set(bpm);
      if (known_s > 0.0) {
        example.own.value[bpm] = static_cast<float>(usual);
        example.own.present.set(bpm);
        example.own_s = known_s;
      }
      examples.push_back(example);
    }
  }
  return examples;
}

TEST(Predictors, ReadALevelAgainstThePersonsOwnStart) {
  // A difference of 5 between deviations of √(10² + 2²): Φ(5 / (10.2 · √2)) = 0.64 of the pairs. A minute's
  // own start is trusted by 60 / (60 + 60 · 10 / 100) = 0.9, which leaves √(1² + 2²): Φ(5 / (2.2 · √2)) =
  // 0.94.
  EXPECT_NEAR(figure(hearts(0.0), *logistic_predictor()), 0.64, 0.05);
  EXPECT_NEAR(figure(hearts(60.0), *logistic_predictor()), 0.94, 0.02);
  const double short_start = figure(hearts(1.0), *logistic_predictor());
  EXPECT_GT(figure(hearts(60.0), *logistic_predictor()), short_start) << "a second of it is trusted less";
}

/// One of two folds, by people.
double half_figure(const std::vector<Example>& examples, Predictor& predictor) {
  const auto all = everything(examples);
  const auto folds = leave_groups_out({examples, all}, 2);
  const auto answers = ask_all(examples, {&folds.front(), 1}, LeaveOut::person, predictor, 1);
  EXPECT_TRUE(answers) << answers.error().message;
  return *figure_of(examples, *answers, Metric::stratified_auc, 2, 1).value;
}

TEST(Predictors, TheNetworkFindsWhatBehaviourTells) {
  EXPECT_GT(half_figure(people(0.7), *network_predictor()), 0.85);
}

/// The label is told by whether two features are on the same side, and by neither alone.
std::vector<Example> told_by_two_together() {
  std::mt19937_64 random(8);
  std::normal_distribution<double> noise;
  std::vector<Example> examples;
  for (int person = 0; person < 120; ++person) {
    for (int moment = 0; moment < 20; ++moment) {
      Example example;
      example.person = std::string("P").append(std::to_string(person));
      const double one = noise(random), other = noise(random);
      example.label = one * other > 0.0 ? 1 : 0;
      example.features.value[60] = static_cast<float>(one);
      example.features.value[75] = static_cast<float>(other);
      example.features.present.set(60);
      example.features.present.set(75);
      examples.push_back(example);
    }
  }
  return examples;
}

TEST(Predictors, TheNetworkLeavesItsLineWhereThatServesPeopleKeptApart) {
  const auto examples = told_by_two_together();
  EXPECT_NEAR(half_figure(examples, *logistic_predictor()), 0.5, 0.06) << "no line tells it";
  const auto all = everything(examples);
  const auto folds = leave_groups_out({examples, all}, 2);
  const auto judged = [&](std::uint64_t seed) {
    return ask_all(examples, {&folds.front(), 1}, LeaveOut::person, *network_predictor(), seed);
  };
  const auto answers = judged(1), again = judged(1), other = judged(2);
  ASSERT_TRUE(answers) << answers.error().message;
  EXPECT_GT(*figure_of(examples, *answers, Metric::stratified_auc, 2, 1).value, 0.8);
  EXPECT_EQ(answers->scores, again->scores) << "the same seed gives the same network";
  EXPECT_NE(answers->scores, other->scores);
}

/// Four classes, of which each raises a feature of its own; people as above.
std::vector<Example> quadrants() {
  std::vector<Example> examples;
  std::mt19937_64 random(6);
  std::normal_distribution<double> noise;
  for (int person = 0; person < 20; ++person) {
    for (int moment = 0; moment < 12; ++moment) {
      Example example;
      example.person = std::string("P").append(std::to_string(person));
      example.label = moment % 4;
      for (std::size_t i = 0; i < 4; ++i) {
        const double told = static_cast<int>(i) == example.label ? 1.5 : 0.0;
        example.features.value[i] = static_cast<float>(told + noise(random));
        example.features.present.set(i);
      }
      examples.push_back(example);
    }
  }
  return examples;
}

TEST(Predictors, TheNetworkTellsFourClassesByItsLastLayer) {
  const auto examples = quadrants();
  const auto all = everything(examples);
  const auto folds = leave_groups_out({examples, all}, 2);
  const auto network = network_predictor(), regression = logistic_predictor();
  const auto right = [&](Predictor& predictor) {
    const auto answers = ask_all(examples, {&folds.front(), 1}, LeaveOut::person, predictor, 1);
    EXPECT_TRUE(answers) << answers.error().message;
    EXPECT_EQ(answers->scores.front().size(), 4U);
    return *figure_of(examples, *answers, Metric::accuracy, 2, 1).value;
  };
  // The largest of four is right where 1.5 + n exceeds three others: ∫ φ(t) Φ(t + 1.5)³ dt = 0.70.
  EXPECT_NEAR(right(*regression), 0.70, 0.07);
  EXPECT_NEAR(right(*network), 0.70, 0.07);
}

TEST(Predictors, WhatWasSaidBeforeIsNotSpoiltByAReaderThatKnowsNothing) {
  auto examples = people(0.0);
  std::mt19937_64 random(2);
  std::normal_distribution<double> noise;
  for (auto& example : examples) {
    example.stratum.clear();
    example.prior = 0.5 + 0.1 * (example.label + noise(random));
  }
  const double alone = figure(examples, *prior_predictor());
  EXPECT_NEAR(alone, 0.76, 0.04) << "Φ(1 / √2)";
  EXPECT_NEAR(figure(examples, *with_prior(logistic_predictor())), alone, 0.02);
}

TEST(Predictors, TheSameSeedGivesTheSameForest) {
  const auto examples = people(0.3);
  const auto all = everything(examples);
  const auto answers = [&](std::uint64_t seed) {
    auto forest = forest_predictor();
    EXPECT_TRUE(forest->fit({examples, all}, seed));
    return forest->predict(examples.front());
  };
  EXPECT_EQ(answers(4), answers(4));
  EXPECT_NE(answers(4), answers(5));
}

TEST(Shortcuts, AClockScoresAHalfWhereOnlyTheSameSecondIsCompared) {
  const auto examples = people(0.0);
  for (const auto& make : {clock_predictor, mean_predictor, condition_predictor, length_predictor}) {
    EXPECT_DOUBLE_EQ(*auc_leaving_pairs_out(examples, *make(), 2, 1)->value, 0.5);
  }
  auto pooled = examples;
  for (auto& example : pooled) example.stratum.clear();
  EXPECT_GT(*auc_leaving_pairs_out(pooled, *clock_predictor(), 2, 1)->value, 0.7)
      << "over all pairs it does know something";
}

TEST(Shortcuts, OtherPeoplesLabelsTellTheStimulus) {
  std::vector<Example> examples;
  for (int person = 0; person < 6; ++person) {
    for (int scene = 0; scene < 4; ++scene) {
      Example example;
      example.person = std::string("P").append(std::to_string(person));
      example.stimulus = std::string("V").append(std::to_string(scene));
      example.row = static_cast<std::size_t>(scene);
      example.label = scene;
      examples.push_back(example);
    }
  }
  const auto right = [&](LeaveOut what, Predictor& predictor) {
    const auto answers = ask_all(examples, leave_out(examples, what), what, predictor, 1);
    return *figure_of(examples, *answers, Metric::accuracy, 2, 1).value;
  };
  EXPECT_DOUBLE_EQ(right(LeaveOut::person, *others_predictor()), 1.0);
  EXPECT_DOUBLE_EQ(right(LeaveOut::person, *row_predictor()), 1.0);
  EXPECT_DOUBLE_EQ(right(LeaveOut::person_and_stimulus, *others_predictor()), 0.0)
      << "the scene is not known";
  EXPECT_DOUBLE_EQ(right(LeaveOut::person_and_stimulus, *row_predictor()), 0.0);
}

TEST(Weights, NeitherASecondNorAClassIsWorthLearning) {
  const auto examples = people(0.0);
  const auto all = everything(examples);
  const auto weights = balanced_weights({examples, all}, 2);
  double sum = 0.0;
  std::map<std::string, std::array<double, 2>> of_stratum;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    sum += weights[i];
    of_stratum[examples[i].stratum][static_cast<std::size_t>(examples[i].label)] += weights[i];
  }
  EXPECT_NEAR(sum, static_cast<double>(examples.size()), 1e-9);
  for (const auto& [second, both] : of_stratum) EXPECT_NEAR(both[0], both[1], 1e-9) << second;
}

TEST(Weights, PartsOfAVisitCountAsOneVisit) {
  auto examples = people(0.0);
  const auto whole = balanced_weights({examples, everything(examples)}, 2);
  const auto once = examples.size();
  for (std::size_t copy = 0; copy < 2; ++copy) examples.push_back(examples[0]);
  for (const std::size_t i : {std::size_t{0}, once, once + 1}) examples[i].share = 1.0 / 3.0;
  const auto in_parts = balanced_weights({examples, everything(examples)}, 2);
  EXPECT_NEAR((in_parts[0] + in_parts[once] + in_parts[once + 1]) / in_parts[1], whole[0] / whole[1], 1e-9);
}

/// As `people`, but the label is told by one feature of the head alone, and 18 of the eyes are noise.
std::vector<Example> told_by_the_head(std::size_t count) {
  std::mt19937_64 random(5);
  std::normal_distribution<double> noise;
  std::vector<Example> examples;
  for (std::size_t person = 0; person < count; ++person) {
    Example example;
    example.person = std::string("P").append(std::to_string(person));
    example.label = static_cast<int>(person % 2);
    for (std::size_t i = 0; i < 76; ++i) {
      if (i > 17 && i != 75) continue;
      const double told = i == 75 ? 0.7 * (2.0 * example.label - 1.0) : 0.0;
      example.features.value[i] = static_cast<float>(told + noise(random));
      example.features.present.set(i);
    }
    examples.push_back(example);
  }
  return examples;
}

TEST(Predictors, TheNetworkHearsOneFeatureOfASensorAmongManyOfAnother) {
  const auto examples = told_by_the_head(120);
  // The feature alone tells Φ(1.4/√2) = 0.84 of the pairs.
  EXPECT_GT(half_figure(examples, *network_predictor()), 0.7);
  auto mixed = examples;
  for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i].label = static_cast<int>((i / 3) % 2);
  EXPECT_LT(half_figure(mixed, *network_predictor()), 0.65) << "labels that nothing tells";
}

}  // namespace
}  // namespace attune::learn
