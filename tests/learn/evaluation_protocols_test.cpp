#include <gtest/gtest.h>

#include <random>

#include "attune/learn/evaluation/folds.hpp"
#include "attune/learn/evaluation/own_scale.hpp"
#include "attune/learn/evaluation/scores.hpp"

namespace attune::learn {
namespace {

std::vector<Example> seen(int people, int scenes) {
  std::vector<Example> examples;
  std::mt19937_64 random(4);
  std::normal_distribution<float> noise;
  for (int person = 0; person < people; ++person) {
    for (int scene = 0; scene < scenes; ++scene) {
      Example example;
      example.person = std::string("P").append(std::to_string(person));
      example.stimulus = std::string("V").append(std::to_string(scene));
      example.features.value[3] = 10.0F * static_cast<float>(person) + noise(random);
      example.features.present.set(3);
      example.features.value[5] = static_cast<float>(person);
      example.features.present.set(5);
      example.own = example.features;
      example.own_s = 60.0;
      examples.push_back(example);
    }
  }
  return examples;
}

TEST(TrainAndTest, EverybodyBeforeIsLearntFromAndEverybodyElseJudgedOnce) {
  const auto examples = seen(6, 4);
  const auto folds = train_and_test(examples, 16, LeaveOut::person);
  ASSERT_EQ(folds.size(), 1U);
  EXPECT_EQ(folds[0].training.size(), 16U);
  EXPECT_EQ(folds[0].test.size(), 8U);
  EXPECT_EQ(crossing(examples, folds[0], LeaveOut::person), std::nullopt);
}

TEST(TrainAndTest, TheJudgedStimulusIsLeftOutWhereItMust) {
  const auto examples = seen(6, 4);
  const auto folds = train_and_test(examples, 16, LeaveOut::person_and_stimulus);
  ASSERT_EQ(folds.size(), 4U);
  for (const auto& fold : folds) {
    EXPECT_EQ(fold.training.size(), 4U * 3U);
    EXPECT_EQ(fold.test.size(), 2U);
    EXPECT_EQ(crossing(examples, fold, LeaveOut::person_and_stimulus), std::nullopt);
  }
}

TEST(TrainAndTest, APersonWithOneStimulusThatNobodyElseSawIsJudgedByAll) {
  auto examples = seen(3, 2);
  examples.back().stimulus = "V9";
  const auto folds = train_and_test(examples, 5, LeaveOut::person_and_stimulus);
  ASSERT_EQ(folds.size(), 1U);
  EXPECT_EQ(folds[0].training.size(), 5U);
  EXPECT_TRUE(train_and_test(examples, 0, LeaveOut::person).empty()) << "there is nothing to learn from";
}

TEST(OwnScale, TakesAwayWhatPeopleDifferByAndNothingElse) {
  auto examples = seen(5, 40);
  standardise_by_person(examples);
  for (int person = 0; person < 5; ++person) {
    double sum = 0.0, squares = 0.0;
    for (int scene = 0; scene < 40; ++scene) {
      const auto& example = examples[static_cast<std::size_t>(40 * person + scene)];
      ASSERT_TRUE(example.features.present[3]);
      EXPECT_FALSE(example.features.present[5]) << "what does not vary within a person is missing";
      EXPECT_EQ(example.own_s, 0.0);
      sum += static_cast<double>(example.features.value[3]);
      squares += std::pow(static_cast<double>(example.features.value[3]), 2);
    }
    EXPECT_NEAR(sum / 40.0, 0.0, 1e-4) << person;
    EXPECT_NEAR(squares / 39.0, 1.0, 1e-4) << person;
  }
}

TEST(Bootstrap, OnePersonSaysNothingOfHowPeopleDiffer) {
  const WeightedFigure weight_of_first = [](std::span<const double> weights) {
    return std::optional(weights[0]);
  };
  const std::vector<std::string> one{"A", "A", "A"}, two{"A", "A", "B"};
  EXPECT_EQ(bootstrap_error(one, weight_of_first, 50, 1), std::nullopt);
  EXPECT_GT(bootstrap_error(two, weight_of_first, 50, 1).value_or(0.0), 0.0);
}

}  // namespace
}  // namespace attune::learn
