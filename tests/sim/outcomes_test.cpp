#include <gtest/gtest.h>

#include <cstdio>

#include "sim/cohort.hpp"

namespace attune::sim {
namespace {

using namespace testing_cohort;

Population shipped() { return population_of(""); }

// The tables of the specification, on 2,000 patients.

constexpr double not_given = -1.0;

struct RowA {
  const char* name;
  Maker controller;
  Mean expected;
};

void PrintTo(const RowA& row, std::ostream* out) { *out << row.name; }

class TableOfPlantA : public testing::TestWithParam<RowA> {};

TEST_P(TableOfPlantA, IsReproducedByTwoThousandPatients) {
  const auto& [name, controller, expected] = GetParam();
  const auto found = mean_outcome(shipped(), PlantKind::a, controller, 7, 2000);
  std::printf(
      "A %-13s habituation %.3f  productive %.3f  minutes above 85 %.2f  drop-outs %.1f %%  steps %.1f\n",
      name, found.habituation, found.productive, found.minutes_above_85, 100 * found.dropouts, found.steps);
  EXPECT_NEAR(found.habituation, expected.habituation, 0.02);
  EXPECT_NEAR(found.productive, expected.productive, 0.02);
  EXPECT_NEAR(found.dropouts, expected.dropouts, 0.015);
  if (expected.minutes_above_85 != not_given) {
    EXPECT_NEAR(found.minutes_above_85, expected.minutes_above_85, 0.04);
  }
  if (expected.steps != not_given) {
    EXPECT_NEAR(found.steps, expected.steps, 0.2);
  }
  EXPECT_NEAR(found.learning, found.habituation, 1e-4) << "on plant A 1 - h is what is expected";
}

INSTANTIATE_TEST_SUITE_P(
    Each, TableOfPlantA,
    testing::Values(RowA{"fixed", named("fixed", PlantKind::a), {0.623, 0, 0.562, 0.18, 0.050, 9.9}},
                    RowA{"therapist", named("therapist", PlantKind::a), {0.403, 0, 0.412, 0.00, 0.000, 5.4}},
                    RowA{"oracle", named("oracle", PlantKind::a), {0.773, 0, 0.979, 0.00, 0.000, 9.5}},
                    RowA{"integral_55", integral(0.55), {0.686, 0, 0.86, not_given, 0.000, not_given}},
                    RowA{"integral_65", integral(0.65), {0.753, 0, 0.90, not_given, 0.000, not_given}},
                    RowA{"integral_70", integral(0.70), {0.755, 0, 0.86, not_given, 0.004, not_given}},
                    RowA{"integral_80", integral(0.80), {0.713, 0, 0.76, not_given, 0.040, not_given}}),
    [](const auto& row) { return std::string(row.param.name); });

struct RowB {
  const char* name;
  Maker controller;
  double learning, productive, minutes_above_85, dropouts;
};

void PrintTo(const RowB& row, std::ostream* out) { *out << row.name; }

class TableOfPlantB : public testing::TestWithParam<RowB> {};

TEST_P(TableOfPlantB, IsReproducedByTwoThousandPatients) {
  const auto& row = GetParam();
  const auto found = mean_outcome(shipped(), PlantKind::b, row.controller, 7, 2000);
  std::printf("B %-13s learning %.3f  productive %.3f  minutes above 85 %.2f  drop-outs %.1f %%  u %.3f\n",
              row.name, found.learning, found.productive, found.minutes_above_85, 100 * found.dropouts,
              found.feedback);
  EXPECT_NEAR(found.learning, row.learning, 0.02);
  EXPECT_NEAR(found.productive, row.productive, 0.02);
  // A few people make most of these minutes: two samples of 2,000 differ by up to a sixth.
  EXPECT_NEAR(found.minutes_above_85, row.minutes_above_85, 0.03 + 0.16 * row.minutes_above_85);
  EXPECT_NEAR(found.dropouts, row.dropouts, 0.015);
}

INSTANTIATE_TEST_SUITE_P(
    Each, TableOfPlantB,
    testing::Values(RowB{"fixed", named("fixed", PlantKind::b), 0.393, 0.545, 0.30, 0.065},
                    RowB{"therapist", named("therapist", PlantKind::b), 0.321, 0.422, 0.00, 0.000},
                    RowB{"oracle_of_a", named("oracle", PlantKind::a), 0.475, 0.731, 0.00, 0.000},
                    RowB{"oracle", named("oracle", PlantKind::b), 0.506, 0.711, 0.08, 0.000},
                    RowB{"integral_55", integral(0.55), 0.440, 0.67, 0.00, 0.000},
                    RowB{"integral_65", integral(0.65), 0.475, 0.71, 0.02, 0.000},
                    RowB{"integral_70", integral(0.70), 0.483, 0.71, 0.09, 0.002},
                    RowB{"integral_80", integral(0.80), 0.480, 0.65, 0.44, 0.018},
                    RowB{"guided_70", integral(0.70, true), 0.385, 0.27, 0.06, 0.002}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Tables, WouldShowAPlantThatDiffersALittle) {
  // Each of these is a tenth or so away from what is specified, and leaves the tables' ±0.02.
  struct Difference {
    PlantKind plant;
    const char* keys;
    double Mean::*outcome;
    double specified;
  };
  const auto change = [](const Difference& difference) {
    const auto found = mean_outcome(population_of(difference.keys), difference.plant,
                                    named("oracle", difference.plant), 7, 1000);
    return std::abs(found.*difference.outcome - difference.specified);
  };
  EXPECT_GT(change({PlantKind::a, "habituation_min = { dist = \"lognormal\", median = 10.5, sigma = 0.45 }",
                    &Mean::habituation, 0.773}),
            0.02);
  EXPECT_GT(change({PlantKind::b, "alpha = { dist = \"gamma\", shape = 1.5, mean = 1.7 }", &Mean::productive,
                    0.711}),
            0.02);
}

TEST(Outcomes, RankTheControllersAlikeForAnySeed) {
  const auto outcome = [](const char* name, std::uint64_t seed) {
    return mean_outcome(shipped(), PlantKind::a, named(name, PlantKind::a), seed, 150);
  };
  for (const std::uint64_t seed : {1ULL, 100ULL, 987654321ULL}) {
    const auto fixed = outcome("fixed", seed), oracle = outcome("oracle", seed);
    const auto therapist = outcome("therapist", seed);
    EXPECT_GT(oracle.habituation, fixed.habituation + 0.08) << seed;
    EXPECT_GT(fixed.habituation, therapist.habituation + 0.12) << seed;
    EXPECT_GT(oracle.productive, fixed.productive + 0.3) << seed;
    EXPECT_EQ(oracle.dropouts, 0.0) << seed;
    EXPECT_LT(therapist.minutes_above_85, fixed.minutes_above_85) << seed;
  }
}

TEST(Outcomes, AreTheSameForTheSameSeed) {
  for (const auto plant : {PlantKind::a, PlantKind::b}) {
    const auto learning = [&](std::uint64_t seed) {
      return mean_outcome(shipped(), plant, named("fixed", plant), seed, 20).learning;
    };
    EXPECT_EQ(learning(5), learning(5));
    EXPECT_NE(learning(5), learning(6));
  }
}

TEST(Outcomes, OfAMoreReactivePopulationHaveMoreDropoutsUnderAFixedLadder) {
  const auto reactive = population_of("rho = { dist = \"lognormal\", median = 1.3, sigma = 0.35 }\n");
  const auto dropouts = [](const Population& population) {
    return mean_outcome(population, PlantKind::a, named("fixed", PlantKind::a), 3, 200).dropouts;
  };
  EXPECT_GT(dropouts(reactive), dropouts(shipped()) + 0.1);
}

}  // namespace
}  // namespace attune::sim
