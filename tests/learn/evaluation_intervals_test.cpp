#include "attune/learn/evaluation/intervals.hpp"

#include <gtest/gtest.h>

#include <random>

namespace attune::learn {
namespace {

/// What people say of states that lie `true_law` on a scale with ends, in steps of twice `half_step`.
std::vector<WeightedAnswer> answers(const Gaussian& true_law, double half_step, std::size_t count = 20000) {
  std::mt19937_64 random(8);
  std::normal_distribution<double> state(true_law.mean, true_law.deviation);
  std::vector<WeightedAnswer> list;
  for (std::size_t i = 0; i < count; ++i) {
    double value = std::clamp(state(random), 0.0, 1.0);
    if (half_step > 0.0) value = std::round(value / (2.0 * half_step)) * 2.0 * half_step;
    list.push_back({value, half_step, 1.0});
  }
  return list;
}

double covered(const std::vector<WeightedAnswer>& list, const Gaussian& belief, double nominal) {
  double sum = 0.0;
  for (const auto& answer : list) sum += covered_part(answer, belief, nominal);
  return sum / static_cast<double>(list.size());
}

TEST(Intervals, ReachAsFarAsTablesSay) {
  EXPECT_NEAR(reach_of(0.5), 0.674490, 1e-6);
  EXPECT_NEAR(reach_of(0.8), 1.281552, 1e-6);
  EXPECT_NEAR(reach_of(0.95), 1.959964, 1e-6);
}

TEST(Intervals, HoldWhatTheyShouldOnlyWithTheRightDeviation) {
  for (const double half_step : {0.0, 0.125}) {
    const Gaussian law{0.3, 0.3};
    const auto said = answers(law, half_step);
    for (const double nominal : judged_intervals) {
      EXPECT_NEAR(covered(said, law, nominal), nominal, 0.012) << nominal << " steps of " << half_step;
    }
    EXPECT_LT(covered(said, {0.3, 0.15}, 0.5), 0.4) << "half as wide is too narrow";
    EXPECT_GT(covered(said, {0.3, 0.6}, 0.5), 0.7) << "twice as wide is too wide";
    EXPECT_LT(covered(said, {0.7, 0.3}, 0.8), 0.6) << "the wrong mean is off";
  }
}

TEST(Intervals, AnAnswerAtAnEndStandsForEverythingBeyond) {
  const Gaussian belief{0.0, 0.1};
  EXPECT_DOUBLE_EQ(covered_part({0.0, 0.0}, belief, 0.5), 0.5) << "half of what is below the mean is near it";
  EXPECT_DOUBLE_EQ(covered_part({0.05, 0.0}, belief, 0.5), 1.0);
  EXPECT_DOUBLE_EQ(covered_part({0.08, 0.0}, belief, 0.5), 0.0);
  EXPECT_NEAR(covered_part({0.0, 0.125}, {0.4, 0.1}, 0.95), 0.0, 1e-9);
  EXPECT_DOUBLE_EQ(covered_part({1.0, 0.0}, {0.4, 0.001}, 0.95), 0.0) << "far away is not covered";
}

TEST(Intervals, AnswersInStepsFallPartlyWithin) {
  // 0.25 stands for 0.125..0.375, of which the half below 0.25 lies within the lower half's interval.
  EXPECT_NEAR(covered_part({0.25, 0.125}, {0.25, 10.0}, 0.8), 1.0, 1e-9);
  const double part = covered_part({0.25, 0.125}, {0.125, 0.125 / reach_of(0.5)}, 0.5);
  EXPECT_GT(part, 0.5);
  EXPECT_LT(part, 1.0) << "what lies beyond 0.25 is outside";
}

TEST(Intervals, ThePopulationIsFoundThroughEndsAndSteps) {
  for (const double half_step : {0.0, 0.125}) {
    const auto law = fitting_gaussian(answers({0.25, 0.35}, half_step));
    EXPECT_NEAR(law.mean, 0.25, 0.015) << half_step;
    EXPECT_NEAR(law.deviation, 0.35, 0.02) << half_step << ": a quarter answers at the lower end";
  }
}

TEST(Intervals, PeopleWhoAnswerOddlyAreCoveredAsWellAsAGaussianCan) {
  // Half say nothing at all, the rest anything: the deviation is chosen by what is judged.
  std::vector<WeightedAnswer> odd;
  for (int i = 0; i < 100; ++i) odd.push_back({i < 50 ? 0.0 : 0.02 * (i - 50), 0.0, 1.0});
  const auto law = fitting_gaussian(odd);
  for (const double nominal : judged_intervals)
    EXPECT_NEAR(covered(odd, law, nominal), nominal, 0.1) << nominal;
}

TEST(Intervals, GroupsThatDifferMakeThePopulationWider) {
  // Four groups, 0.2 apart from one another by their means: of a fifth nobody knows where it lies.
  std::mt19937_64 random(2);
  std::normal_distribution<double> noise(0.0, 0.05);
  std::vector<WeightedAnswer> apart;
  for (std::size_t i = 0; i < 400; ++i)
    apart.push_back({0.2 + 0.2 * static_cast<double>(i % 4) + noise(random), 0.0, 1.0, i % 4});
  auto pooled = apart;
  for (auto& answer : pooled) answer.group = 0;
  EXPECT_GT(fitting_gaussian(apart).deviation, 1.1 * fitting_gaussian(pooled).deviation);
  EXPECT_NEAR(fitting_gaussian(apart).mean, fitting_gaussian(pooled).mean, 1e-6);
}

TEST(Intervals, AnswersWeighAsTheyAreTold) {
  std::vector<WeightedAnswer> two{{0.2, 0.0, 1.0}, {0.8, 0.0, 9.0}};
  EXPECT_GT(fitting_gaussian(two).mean, 0.65);
  two[1].weight = 1.0;
  EXPECT_NEAR(fitting_gaussian(two).mean, 0.5, 0.02);
  EXPECT_DOUBLE_EQ(fitting_gaussian({}).mean, Gaussian{}.mean);
}

}  // namespace
}  // namespace attune::learn
