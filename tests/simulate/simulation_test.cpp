#include "cli/simulate/simulation.hpp"

#include <cstdio>

#include "cli/simulate/simulation_output.hpp"
#include "simulate/requests.hpp"

namespace attune::cli::test {
namespace {

/// A row of the reference tables in virtual-patients.md.
struct Row {
  sim::PlantKind plant;
  const char* controller;
  double gained, productive, minutes_above_85, dropouts;
};

class ReferenceTables : public testing::TestWithParam<Row> {};

TEST_P(ReferenceTables, AreMetByTheCommandsOwnControllers) {
  const auto& row = GetParam();
  const auto simulation = simulated(request_for({row.controller}, 2000, 7, row.plant));
  ASSERT_EQ(simulation.runs.size(), 1u);
  const auto figures = figures_of(simulation.runs[0].outcomes);
  const char* gained = row.plant == sim::PlantKind::a ? "habituation" : "learning";
  EXPECT_NEAR(figure(figures, gained).mean, row.gained, 0.02);
  EXPECT_NEAR(figure(figures, "productive").mean, row.productive, 0.02);
  EXPECT_NEAR(figure(figures, "minutes_above_85").mean, row.minutes_above_85, 0.06);
  EXPECT_NEAR(figure(figures, "dropouts").mean, row.dropouts, 0.02);
}

INSTANTIATE_TEST_SUITE_P(Plants, ReferenceTables,
                         testing::Values(Row{sim::PlantKind::a, "fixed", 0.623, 0.562, 0.18, 0.050},
                                         Row{sim::PlantKind::a, "therapist", 0.403, 0.412, 0.0, 0.0},
                                         Row{sim::PlantKind::a, "oracle", 0.773, 0.979, 0.0, 0.0},
                                         Row{sim::PlantKind::b, "fixed", 0.393, 0.545, 0.30, 0.065},
                                         Row{sim::PlantKind::b, "therapist", 0.321, 0.422, 0.0, 0.0},
                                         Row{sim::PlantKind::b, "oracle", 0.506, 0.711, 0.08, 0.0}),
                         [](const auto& row) {
                           return std::string(1, static_cast<char>(row.param.plant)) + "_" +
                                  row.param.controller;
                         });

TEST(SudsRival, IsAsStrongAsItIsAskedToBe) {
  const auto simulation = simulated(request_for({"suds"}, 300));
  const auto figures = figures_of(simulation.runs.at(0).outcomes);
  std::printf("suds: habituation %.3f, productive %.3f, drop-outs %.1f %%\n",
              figure(figures, "habituation").mean, figure(figures, "productive").mean,
              100.0 * figure(figures, "dropouts").mean);
  // 0.73 and 0.86 are asked for; of 300 people two and a half standard errors less may come out.
  EXPECT_GT(figure(figures, "habituation").mean, 0.73 - 0.03);
  EXPECT_GT(figure(figures, "productive").mean, 0.86 - 0.03);
  EXPECT_LT(figure(figures, "dropouts").mean, 0.02);
}

TEST(Simulation, DoesNotDependOnTheNumberOfJobs) {
  auto request = request_for({"fixed", "suds", "adaptive"}, 3);
  request.jobs = 1;
  const auto alone = to_json(request, simulated(request));
  request.jobs = 4;
  EXPECT_EQ(alone, to_json(request, simulated(request)));
  request.seed = 8;
  EXPECT_NE(alone, to_json(request, simulated(request))) << "nothing depends on the seed either";
}

TEST(Simulation, GivesEveryControllerTheSamePeopleAndChance) {
  const auto together = simulated(request_for({"oracle", "fixed"}, 20));
  const auto alone = simulated(request_for({"fixed"}, 20));
  for (std::size_t i = 0; i < 20; ++i)
    EXPECT_EQ(together.runs[1].outcomes[i].habituation, alone.runs[0].outcomes[i].habituation) << i;
}

/// The same people with other chance.
std::vector<sim::Outcome> with_other_chance(const Simulation& simulation) {
  std::vector<sim::Outcome> outcomes;
  for (auto person : simulation.people) {
    person.seed += 1;
    outcomes.push_back(simulation.runs[0].sessions(person, false).outcome);
  }
  return outcomes;
}

TEST(PairedDifferences, OfAControllerAndItselfOnOtherChanceHoldZero) {
  const auto simulation = simulated(request_for({"therapist", "fixed"}, 300));
  const auto same = differences_of(simulation.runs[0].outcomes, with_other_chance(simulation));
  const auto other = differences_of(simulation.runs[0].outcomes, simulation.runs[1].outcomes);
  for (const char* name : {"habituation", "productive", "steps"}) {
    EXPECT_LE(*figure(same, name).low, 0.0) << name;
    EXPECT_GE(*figure(same, name).high, 0.0) << name;
    EXPECT_GT(*figure(same, name).high, *figure(same, name).low) << name;
    EXPECT_LT(*figure(other, name).high, 0.0) << name << ": two controllers that differ look alike";
  }
}

TEST(PairedDifferences, PutAdaptiveFirstAndElseFollowTheOrder) {
  Simulation simulation;
  for (const char* name : {"fixed", "adaptive", "suds"}) simulation.runs.push_back({name, {}, {}});
  const auto pairs = pairs_of(simulation);
  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0].one, 1u);
  EXPECT_EQ(pairs[0].other, 0u);
  EXPECT_EQ(pairs[1].other, 2u);
  simulation.runs[1].name = "oracle";
  EXPECT_EQ(pairs_of(simulation).size(), 3u);
  EXPECT_EQ(pairs_of(simulation)[0].one, 0u);
}

TEST(Figures, HaveStudentsInterval) {
  const auto of_five = figure_of({1, 2, 3, 4, 5});
  EXPECT_DOUBLE_EQ(of_five.mean, 3.0);
  EXPECT_NEAR(*of_five.high - 3.0, 2.776 * std::sqrt(2.5 / 5.0), 0.02);  // t(0.975, 4) = 2.776
  const auto of_two = figure_of({0, 1});
  EXPECT_NEAR(*of_two.high, 0.5 + 12.706 * 0.5, 1e-3);
  EXPECT_FALSE(figure_of({1}).low) << "one value says nothing of its spread";
  EXPECT_EQ(*figure_of({1, 1, 1}).low, 1.0);
}

TEST(Figures, OfSharesStayWithinWhatSharesCanBe) {
  std::vector<double> left(500, 0.0);
  const auto nobody = share_of(left);
  EXPECT_EQ(nobody.mean, 0.0);
  EXPECT_EQ(*nobody.low, 0.0);
  EXPECT_NEAR(*nobody.high, 0.0076, 1e-4) << "that nobody left of 500 does not mean that nobody ever would";
  left[3] = left[77] = 1.0;
  const auto two = share_of(left);
  EXPECT_NEAR(two.mean, 0.004, 1e-12);
  // Newcombe, Statistics in Medicine 17 (1998) 857: z = 1.96 without continuity correction.
  EXPECT_NEAR(*two.low, 0.0011, 1e-4);
  EXPECT_NEAR(*two.high, 0.0145, 1e-4);
  EXPECT_EQ(*share_of({1, 1, 1}).high, 1.0);
  EXPECT_FALSE(share_of({0}).low);

  std::vector<sim::Outcome> outcomes(500);
  EXPECT_EQ(*figure(figures_of(outcomes), "dropouts").high, *nobody.high);
  EXPECT_EQ(*figure(differences_of(outcomes, outcomes), "dropouts").high, 0.0) << "differences are no shares";
}

TEST(Simulation, RefusesWhatItDoesNotKnowInOneLine) {
  const auto problem_of = [](const SimulationRequest& request) {
    const auto refused = simulate(request, {});
    EXPECT_FALSE(refused);
    return refused ? std::string() : refused.error().message;
  };
  EXPECT_NE(problem_of(request_for({"robot"}, 1)).find("'robot' is not known"), std::string::npos);
  EXPECT_NE(problem_of(request_for({"fixed", "fixed"}, 1)).find("named twice"), std::string::npos);
  EXPECT_NE(problem_of(request_for({}, 1)).find("--controller"), std::string::npos);
  auto elsewhere = request_for({"fixed"}, 1);
  elsewhere.population = "nobody";
  EXPECT_NE(problem_of(elsewhere).find("nobody"), std::string::npos);
  elsewhere.population = "shipped";
  elsewhere.programme = "nothing";
  const auto message = problem_of(elsewhere);
  EXPECT_NE(message.find("nothing"), std::string::npos);
  EXPECT_EQ(message.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace attune::cli::test
