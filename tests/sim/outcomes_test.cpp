#include <gtest/gtest.h>

#include <cstdio>

#include "attune/sim/controllers.hpp"
#include "attune/sim/population.hpp"

namespace attune::sim {
namespace {

struct Mean {
  double habituation = 0, productive = 0, minutes_above_85 = 0, dropouts = 0, steps = 0, feedback = 0;
};

Mean mean_outcome(const char* controller_name, std::uint64_t seed, int patients) {
  const auto population = Population::read("shipped");
  EXPECT_TRUE(population) << population.error().message;
  std::mt19937_64 random(seed);
  Mean mean;
  for (int i = 0; i < patients; ++i) {
    const auto patient = draw_patient(*population, random);
    const auto controller = controller_by_name(controller_name);
    const auto outcome = run_session(patient, *controller, 1200.0, random());
    mean.habituation += outcome.habituation / patients;
    mean.productive += outcome.productive / patients;
    mean.minutes_above_85 += outcome.minutes_above_85 / patients;
    mean.dropouts += (outcome.dropped_out ? 1.0 : 0.0) / patients;
    mean.steps += static_cast<double>(outcome.steps) / patients;
    mean.feedback += outcome.feedback_share / patients;
  }
  return mean;
}

struct Row {
  const char* controller;
  Mean expected;
};

class ReferenceTable : public testing::TestWithParam<Row> {};

TEST_P(ReferenceTable, IsReproducedByTwoThousandPatients) {
  const auto& [controller, expected] = GetParam();
  const auto found = mean_outcome(controller, 7, 2000);
  std::printf(
      "%-10s habituation %.3f  productive %.3f  minutes above 85 %.2f  drop-outs %.1f %%  steps %.1f  u "
      "%.3f\n",
      controller, found.habituation, found.productive, found.minutes_above_85, 100 * found.dropouts,
      found.steps, found.feedback);
  EXPECT_NEAR(found.habituation, expected.habituation, 0.02);
  EXPECT_NEAR(found.productive, expected.productive, 0.02);
  EXPECT_NEAR(found.minutes_above_85, expected.minutes_above_85, 0.04);
  EXPECT_NEAR(found.dropouts, expected.dropouts, 0.015);
  EXPECT_NEAR(found.steps, expected.steps, 0.2);
}

INSTANTIATE_TEST_SUITE_P(PlantA, ReferenceTable,
                         testing::Values(Row{"fixed", {0.623, 0.562, 0.18, 0.050, 9.9}},
                                         Row{"therapist", {0.403, 0.412, 0.00, 0.000, 5.4}},
                                         Row{"oracle", {0.773, 0.979, 0.00, 0.000, 9.5}}),
                         [](const auto& row) { return std::string(row.param.controller); });

TEST(Outcomes, RankTheControllersAlikeForAnySeed) {
  for (const std::uint64_t seed : {1ULL, 100ULL, 987654321ULL}) {
    const auto fixed = mean_outcome("fixed", seed, 150), oracle = mean_outcome("oracle", seed, 150);
    const auto therapist = mean_outcome("therapist", seed, 150);
    EXPECT_GT(oracle.habituation, fixed.habituation + 0.08) << seed;
    EXPECT_GT(fixed.habituation, therapist.habituation + 0.12) << seed;
    EXPECT_GT(oracle.productive, fixed.productive + 0.3) << seed;
    EXPECT_EQ(oracle.dropouts, 0.0) << seed;
    EXPECT_LT(therapist.minutes_above_85, fixed.minutes_above_85) << seed;
  }
}

TEST(Outcomes, AreTheSameForTheSameSeed) {
  EXPECT_EQ(mean_outcome("fixed", 5, 20).habituation, mean_outcome("fixed", 5, 20).habituation);
  EXPECT_NE(mean_outcome("fixed", 5, 20).habituation, mean_outcome("fixed", 6, 20).habituation);
}

TEST(Outcomes, OfAMoreReactivePopulationHaveMoreDropoutsUnderAFixedLadder) {
  const auto reactive = Population::parse(R"(name = "reactive"
based_on = "shipped"
rho = { dist = "lognormal", median = 1.3, sigma = 0.35 }
)",
                                          "reactive.toml");
  ASSERT_TRUE(reactive) << reactive.error().message;
  const auto dropouts = [](const Population& population) {
    std::mt19937_64 random(3);
    int left = 0;
    for (int i = 0; i < 200; ++i) {
      const auto patient = draw_patient(population, random);
      left += run_session(patient, *fixed_controller(), 1200.0, random()).dropped_out;
    }
    return left;
  };
  EXPECT_GT(dropouts(*reactive), dropouts(*Population::read("shipped")) + 20);
}

}  // namespace
}  // namespace attune::sim
