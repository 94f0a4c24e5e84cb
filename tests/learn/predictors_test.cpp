#include "attune/learn/evaluation/predictor.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "attune/learn/evaluation/judge.hpp"

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

TEST(Predictors, TheSameSeedGivesTheSameForest) {
  const auto examples = people(0.3);
  Indices all;
  for (std::size_t i = 0; i < examples.size(); ++i) all.push_back(i);
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
  Indices all;
  for (std::size_t i = 0; i < examples.size(); ++i) all.push_back(i);
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

}  // namespace
}  // namespace attune::learn
