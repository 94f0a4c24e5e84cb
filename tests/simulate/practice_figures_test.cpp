#include "cli/simulate/practice_figures.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "attune/sim/course.hpp"
#include "cli/simulate/exposure_protocol.hpp"
#include "cli/simulate/simulation_output.hpp"
#include "simulate/requests.hpp"

namespace attune::cli::test {
namespace {

using treatment::PracticeResult;

PracticeResult probed(float bias_ms, float odd_ms, float even_ms) {
  PracticeResult result;
  result.probe.shown = 96;
  result.probe.correct = 93;
  result.probe.bias_ms = bias_ms;
  result.probe.bias_error_ms = 26.0F;
  result.probe.odd_half_ms = odd_ms;
  result.probe.even_half_ms = even_ms;
  return result;
}

const PracticeFigure* found(const std::vector<PracticeFigure>& figures, std::string_view name) {
  const auto at =
      std::find_if(figures.begin(), figures.end(), [&](const auto& f) { return f.measure->name == name; });
  return at == figures.end() ? nullptr : &*at;
}

TEST(PracticeFigures, AreOfThoseWhoWereMeasuredAndOfNobodyElse) {
  const std::vector<PracticeResult> results{probed(10, 5, 15), probed(20, 25, 15), PracticeResult{}};
  const auto figures = practice_figures(results);
  const auto* bias = found(figures, "bias_ms");
  ASSERT_NE(bias, nullptr);
  EXPECT_EQ(bias->people, 2U);
  EXPECT_DOUBLE_EQ(bias->figure.mean, 15.0);
  EXPECT_NEAR(found(figures, "right_share")->figure.mean, 93.0 / 96.0, 1e-9);
  EXPECT_EQ(found(figures, "moved_s"), nullptr) << "nobody moved";
  EXPECT_TRUE(practice_figures({PracticeResult{}}).empty());
}

TEST(PracticeFigures, TellWhatChangedOnlyWhereBothAnswersAreThere) {
  PracticeResult whole, half;
  whole.thought.belief_before = 80.0F;
  whole.thought.belief_after = 50.0F;
  whole.card.before = 70.0F;
  half.thought.belief_before = 60.0F;
  const auto figures = practice_figures({whole, half});
  EXPECT_EQ(found(figures, "belief_before")->people, 2U);
  EXPECT_EQ(found(figures, "belief_change")->people, 1U);
  EXPECT_DOUBLE_EQ(found(figures, "belief_change")->figure.mean, -30.0);
  EXPECT_EQ(found(figures, "expectancy_change"), nullptr);
}

TEST(PracticeFigures, HoldTheReliabilityOfTheIndexOverPeople) {
  const std::vector<PracticeResult> results{probed(-3, -3, -3), probed(0, -1, 1), probed(0, 1, -1),
                                            probed(3, 3, 3), PracticeResult{}};
  const auto halves = split_half_of(results);
  ASSERT_TRUE(halves.has_value());
  EXPECT_EQ(halves->people, 4U);
  EXPECT_NEAR(halves->reliability, 1.6 / 1.8, 1e-6);
  EXPECT_FALSE(split_half_of({results[0], results[1]}).has_value());
}

TEST(SimulatedDotProbe, ShowsItsIndexAndHowLittleItIsToBeTrusted) {
  auto request = request_for({"adaptive"}, 4);
  request.programme = "dot-probe";
  const auto simulation = simulated(request);
  const auto json = nlohmann::json::parse(to_json(request, simulation));
  EXPECT_EQ(json["programme"], "dot-probe");
  EXPECT_EQ(json["exposes"], false);
  const auto& practice = json["controllers"]["adaptive"]["practice"];
  ASSERT_TRUE(practice.contains("bias_ms")) << practice;
  EXPECT_EQ(practice["bias_ms"]["people"], 4);
  EXPECT_LT(practice["bias_ms"]["low"], practice["bias_ms"]["high"]);
  EXPECT_GT(practice["right_share"]["mean"], 0.9);
  const auto& halves = practice["split_half"];
  EXPECT_EQ(halves["people"], 4);
  EXPECT_GE(halves["reliability"], 0.0);
  EXPECT_LE(halves["low"], halves["reliability"]);
  EXPECT_GE(halves["high"], halves["reliability"]);

  const auto table = to_table(request, simulation);
  EXPECT_NE(table.find("bias index, ms"), std::string::npos) << table;
  EXPECT_NE(table.find("Split-half reliability of the bias index over 4 people"), std::string::npos) << table;
  EXPECT_NE(table.find("trains nothing"), std::string::npos) << table;
  EXPECT_NE(table.find("exposes to nothing"), std::string::npos) << table;
  EXPECT_EQ(table.find("\nhabituation"), std::string::npos) << "of which there is none";
}

TEST(SimulatedSessions, AreOfAllTheirStepsTogether) {
  auto request = request_for({"adaptive"}, 1);
  request.programme = "office";
  request.purpose = "treatment of anxiety";
  const auto simulation = simulated(request);
  const auto figures = practice_figures(simulation.runs.at(0).practices);
  // A colleague and then the team, each for the seconds that are asked for before it goes on.
  const auto asked_s = treatment::Programme::load("office")->practices.social.look_s;
  ASSERT_NE(found(figures, "looked_s"), nullptr);
  EXPECT_GT(found(figures, "looked_s")->figure.mean, 1.5 * asked_s);
  EXPECT_GT(found(figures, "moved_s")->figure.mean, 20.0);
  EXPECT_NE(to_table(request, simulation).find("\nhabituation"), std::string::npos) << "work is an exposure";
}

TEST(SimulatedSessions, OfALongProgrammeAreLivedToItsEnd) {
  const auto cbt = *treatment::Programme::load("cbt");
  EXPECT_GT(cbt.duration_s(), simulated_session_s);
  EXPECT_GT(simulated_length_s(cbt), cbt.duration_s());
  const auto heights = *treatment::Programme::load("heights");
  EXPECT_EQ(simulated_length_s(heights), simulated_session_s) << "exposures are judged on 20 minutes";
}

TEST(LaterSession, BeginsEveryStepWithItsNextVariant) {
  const auto heights = *treatment::Programme::load("heights");
  const auto first = exposure_protocol(heights), second = exposure_protocol(heights.for_session(2));
  for (std::size_t step = 0; step < heights.ladder.size(); ++step) {
    EXPECT_EQ(first.ladder[step].variants, std::vector<std::uint8_t>{heights.ladder[step].variants[0]});
    EXPECT_EQ(second.ladder[step].variants, std::vector<std::uint8_t>{heights.ladder[step].variants[1]});
  }
}

/// Fear that is left with a new variant after a course, on average.
double residual(const std::vector<std::uint8_t>& variants) {
  const auto population = sim::Population::read("shipped");
  EXPECT_TRUE(population);
  auto plan = sim::CoursePlan::weekly_same();
  plan.variants = variants;
  std::mt19937_64 random(11);
  constexpr int people = 80;
  double sum = 0.0;
  for (int i = 0; i < people; ++i) {
    const auto person = sim::draw_patient(*population, random);
    const auto controller = [] { return sim::controller_by_name("oracle", sim::PlantKind::b); };
    sum += sim::run_course(person, controller, plan, random()).residual;
  }
  return sum / people;
}

TEST(LaterSession, LeavesLessFearOfWhatIsNewThanTheSameVariantAgainAndAgain) {
  const auto programme = *treatment::Programme::load("heights");
  std::vector<std::uint8_t> same, prescribed;
  for (std::uint32_t session = 1; session <= 6; ++session) {
    same.push_back(programme.ladder.front().variants.front());
    prescribed.push_back(programme.for_session(session).ladder.front().variants.front());
  }
  EXPECT_LT(residual(prescribed), residual(same) - 0.01);
}

}  // namespace
}  // namespace attune::cli::test
