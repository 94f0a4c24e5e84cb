#include "attune/treatment/controller.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "controller_bench.hpp"

namespace attune::treatment {
namespace {

TEST(Controller, AsksForNothingOutsideOfExposure) {
  for (const auto phase :
       {Phase::waiting, Phase::neutral, Phase::recovery, Phase::safe_place, Phase::ended}) {
    Bench bench;
    bench.enter(phase);
    bench.wants_more();
    bench.in.intensity = 0.5F;
    EXPECT_EQ(bench.run(20.0).intensity, 0.0F) << text(phase);
  }
}

TEST(Controller, KeepsTheIntensityThroughAPause) {
  auto bench = exposing();
  bench.run(60.0);
  const float before = bench.in.intensity;
  bench.enter(Phase::paused_exposure);
  bench.wants_more();
  EXPECT_FLOAT_EQ(bench.run(30.0).intensity, before);
}

TEST(Controller, AsksOfTheUsualPersonForMoreAndEasesWhoAnswersAnyExposureWithTooMuch) {
  auto usual = exposing(), frightened = exposing();
  frightened.wants_less();
  EXPECT_GT(usual.run(60.0).intensity, 0.25F);
  const auto out = frightened.run(60.0);
  EXPECT_FLOAT_EQ(out.intensity, heights().ladder[0].intensity.low)
      << "and the first step is as low as it goes";
  EXPECT_EQ(out.why, Why::easing);
}

TEST(Controller, TellsTheDoseThatBeliefAndAnswersAskForBesideWhatTheNetworkAdds) {
  auto alone = exposing(), steered = exposing();
  steered.in.wanted_change = 0.4F;
  const auto by_belief = alone.run(30.0), with_network = steered.run(30.0);
  ASSERT_TRUE(by_belief.dose.has_value());
  EXPECT_NEAR(*by_belief.dose, (0.6F + 0.6F * (0.6F - 0.4F) - 0.2F) / 0.5F, 1e-5F);
  EXPECT_EQ(with_network.dose, by_belief.dose);
  alone.enter(Phase::recovery);
  EXPECT_FALSE(alone.run(2.0).dose.has_value());
}

TEST(Controller, ClimbsTheLadderNoFasterThanItsHoldsAllow) {
  auto bench = exposing();
  bench.wants_more();
  double held_s = 0.0;
  for (std::size_t i = 0; i + 1 < heights().ladder.size(); ++i) held_s += heights().ladder[i].hold_s;
  EXPECT_LT(bench.run(held_s - 1.0).step, heights().ladder.size() - 1);
  const auto out = bench.run(400.0);
  EXPECT_EQ(out.step, heights().ladder.size() - 1);
  EXPECT_EQ(out.why, Why::top_of_ladder);
  EXPECT_NEAR(out.intensity, 1.0F, 0.01F);
  EXPECT_TRUE(bench.prompts.contains("higher"));
  EXPECT_TRUE(bench.prompts.contains("further")) << "prompts for one occasion take turns";
}

TEST(Controller, DoesNotGoUpAStepWhileTheEstimateIsTooHigh) {
  auto bench = exposing();
  bench.wants_more();
  bench.in.belief.mean = heights().adaptive.up_at_most + 0.02F;
  bench.in.belief.deviation = 0.01F;
  const auto out = bench.run(300.0);
  EXPECT_EQ(out.step, 0);
  EXPECT_EQ(out.why, Why::step_held);
}

TEST(Controller, DoesNotRaiseOnAnUncertainOrUnusableBelief) {
  for (const Estimate belief : {Estimate{0.4F, 0.3F, 0.0, true}, Estimate{0.4F, 0.05F, 0.0, false},
                                Estimate{std::numeric_limits<float>::quiet_NaN(), 0.05F, 0.0, true}}) {
    auto bench = exposing();
    bench.run(60.0);
    const float before = bench.in.intensity;
    bench.in.belief = belief;
    bench.wants_more();
    const auto out = bench.run(60.0);
    EXPECT_LE(out.intensity, before + 0.01F);
    EXPECT_EQ(out.why, Why::uncertain);
  }
}

TEST(Controller, TakesANetworkThatIsNoNumberForNoWish) {
  auto bench = exposing();
  bench.run(60.0);
  const float before = bench.in.intensity;
  bench.in.wanted_change = std::numeric_limits<float>::quiet_NaN();
  EXPECT_NEAR(bench.run(30.0).intensity, before, 0.01F);
}

TEST(Controller, GoesAStepDownOnAReportOfHighDistressAndSaysWhy) {
  auto bench = exposing();
  bench.wants_more();
  const auto before = bench.run(150.0);
  ASSERT_GE(before.step, 1);
  const auto out = bench.answer(telemetry::ReportKind::suds, 90.0F);
  EXPECT_EQ(out.step, before.step - 1);
  EXPECT_EQ(out.why, Why::distress_reported);
  EXPECT_EQ(out.suds, 90.0F);
  EXPECT_LT(bench.run(30.0).intensity, before.intensity);
  EXPECT_TRUE(bench.prompts.contains("lower"));
}

TEST(Controller, LowersAndShowsTheBreathingGuideNearOverwhelmOnly) {
  auto bench = exposing();
  bench.wants_more();
  EXPECT_EQ(bench.run(100.0).calm_feedback, 0.0F) << "the guide costs learning: it is not always on";
  const float before = bench.in.intensity;
  bench.in.belief.mean = 0.82F;
  auto out = bench.run(10.0);
  EXPECT_EQ(out.why, Why::near_overwhelm);
  EXPECT_LT(bench.in.intensity, before);
  EXPECT_EQ(out.calm_feedback, 1.0F);
  EXPECT_EQ(out.guide_breaths_per_min, 6.0F);
  EXPECT_TRUE(bench.prompts.contains("hard-moment"));
  bench.in.belief.mean = 0.65F;
  EXPECT_EQ(bench.run(5.0).calm_feedback, 1.0F) << "between the two bounds it stays as it is";
  bench.in.belief.mean = 0.55F;
  EXPECT_EQ(bench.run(5.0).calm_feedback, 0.0F);
  EXPECT_TRUE(bench.prompts.contains("easier"));
}

TEST(Controller, BreathesSixTimesAMinuteBeginningWithBreathingIn) {
  Bench bench;
  bench.enter(Phase::recovery);
  float before = bench.frame().breath_phase;
  EXPECT_LT(before, 0.05F);
  int breaths = 0;
  for (int i = 0; i < 600; ++i) {
    const float now = bench.frame().breath_phase;
    breaths += now < before ? 1 : 0;
    before = now;
  }
  EXPECT_GE(breaths, 5);
  EXPECT_LE(breaths, 6);
}

TEST(Controller, LeadsTheGazeOfSomebodyWhoLooksAwayUnlessNearOverwhelm) {
  auto bench = exposing();
  bench.in.attention = 0.1F;
  EXPECT_EQ(bench.run(2.0).gaze_lead, 0.0F) << "a glance away is none of it";
  EXPECT_EQ(bench.run(16.0).gaze_lead, 1.0F);
  bench.in.attention = 0.9F;
  EXPECT_EQ(bench.run(40.0).gaze_lead, 0.0F);
  bench.in.attention.reset();
  EXPECT_EQ(bench.run(5.0).gaze_lead, 1.0F)
      << "without eyes nobody knows whether it is needed, and it does no harm";
  bench.in.attention = 0.1F;
  bench.in.belief.mean = 0.82F;
  EXPECT_EQ(bench.run(30.0).gaze_lead, 0.0F);
}

TEST(Controller, AsksForWhatThisPersonNeedsToComeToTheTarget) {
  for (const float slope : {0.4F, 0.8F, 1.6F}) {
    auto bench = exposing();
    bench.in.belief = {0.2F, 0.06F, 0.0, true};
    bench.in.response = {0.2F, slope};
    for (int i = 0; i < 30 * 400; ++i) {
      bench.frame();
      bench.in.belief.mean += (0.2F + slope * bench.in.intensity - bench.in.belief.mean) * 0.002F;
    }
    EXPECT_NEAR(bench.in.belief.mean, std::min(0.60F, 0.2F + slope), 0.03F) << slope;
  }
}

TEST(Controller, AsksForLessTheLessItKnows) {
  auto sure = exposing(), unsure = exposing();
  for (auto* bench : {&sure, &unsure}) bench->in.response = {0.2F, 0.8F};
  sure.in.belief = {0.5F, 0.06F, 0.0, true};
  unsure.in.belief = {0.5F, 0.16F, 0.0, true};
  sure.run(120.0);
  unsure.run(120.0);
  EXPECT_LT(unsure.in.intensity, sure.in.intensity - 0.05F);
}

TEST(Controller, TakesNobodyHigherThanTheirAnswersBearWhateverTheBodyShows) {
  // The body shows somebody calm whom nothing frightens; what is said tells of somebody near the target
  // already.
  auto misled = exposing(), warned = exposing();
  for (auto* bench : {&misled, &warned}) {
    bench->in.belief = {0.3F, 0.06F, 0.0, true};
    bench->in.response = {0.2F, 0.3F};
  }
  warned.in.answers_alone = {{0.62F, 0.08F, 0.0, true}, {0.3F, 0.8F}};
  misled.run(200.0);
  warned.run(200.0);
  EXPECT_GT(misled.in.intensity, 0.9F);
  EXPECT_LT(warned.in.intensity, 0.5F);

  // The other way round the body is heard: it may always ask for less.
  auto careful = exposing();
  careful.in.belief = {0.7F, 0.06F, 0.0, true};
  careful.in.response = {0.3F, 1.0F};
  careful.in.answers_alone = {{0.3F, 0.08F, 0.0, true}, {0.2F, 0.3F}};
  careful.run(200.0);
  EXPECT_LT(careful.in.intensity, 0.4F);
}

TEST(Controller, AddsByTheBodyOnlyWhereItGoesAlongWithTheAnswers) {
  // The body shows somebody who can take more than their answers bear.
  auto trusted = exposing(), doubted = exposing(), contradicting = exposing();
  for (auto* bench : {&trusted, &doubted, &contradicting}) {
    bench->in.belief = {0.3F, 0.06F, 0.0, true};
    bench->in.response = {0.2F, 0.4F};
    bench->in.answers_alone = {{0.5F, 0.12F, 0.0, true}, {0.2F, 0.8F}, 1.0F};
  }
  doubted.in.answers_alone->body_trust = 0.5F;
  contradicting.in.answers_alone->body_trust = 0.0F;
  for (auto* bench : {&trusted, &doubted, &contradicting}) bench->run(200.0);
  EXPECT_GT(trusted.in.intensity, doubted.in.intensity + 0.05F);
  EXPECT_GT(doubted.in.intensity, contradicting.in.intensity + 0.05F);

  // Contradicting answers it is bounded as carefully as if there were none, and more.
  auto answers_alone = exposing();
  answers_alone.in.belief = contradicting.in.answers_alone->belief;
  answers_alone.in.response = contradicting.in.answers_alone->response;
  answers_alone.run(200.0);
  EXPECT_LT(contradicting.in.intensity, answers_alone.in.intensity);
}

TEST(Controller, TakesSomebodyDownAtOnceWhoReportsThatItIsTooMuch) {
  auto told = exposing(), seen = exposing();
  for (auto* bench : {&told, &seen}) {
    bench->wants_more();
    bench->run(150.0);
  }
  const float too_much = told.in.intensity;
  const auto step = told.frame().step;
  ASSERT_GT(too_much, 0.6F);
  ASSERT_GE(step, 2);
  auto out = told.answer(telemetry::ReportKind::suds, 90.0F);
  auto at = step;
  for (double seconds = 0.0; seconds < 4.0; seconds += frame_s) {
    if (out.moved) {
      EXPECT_EQ(out.moved->from, at) << "a move that nobody is told of";
      at = out.moved->to;
    }
    out = told.frame();
  }
  EXPECT_LT(out.intensity, 0.3F * too_much);
  EXPECT_EQ(out.why, Why::distress_reported);
  EXPECT_LT(at, step - 1) << "not one step and wait, but as far down as is bearable";

  seen.in.belief.mean = 0.95F;  // nobody has said so: it may be the estimate that is wrong
  EXPECT_GT(seen.run(4.0).intensity, 0.8F * too_much);
}

TEST(Controller, TakesNobodyUpAStepWhoReportsJustTheLimit) {
  auto programme = heights();
  ASSERT_EQ(programme.limits.suds_ceiling, 100.0F * programme.adaptive.down_above);
  auto told = exposing(programme), silent = exposing(programme);
  for (auto* bench : {&told, &silent}) {
    bench->wants_more();
    while (bench->in.intensity < programme.ladder[0].intensity.high - 0.002F) bench->frame();
    ASSERT_EQ(bench->frame().step, 0);
  }
  told.answer(telemetry::ReportKind::suds, programme.limits.suds_ceiling);
  EXPECT_EQ(told.run(30.0).step, 0);
  EXPECT_GT(silent.run(30.0).step, 0);
}

TEST(Controller, DoesNotTakeSomebodyUpAtOnceToWhereItWasTooMuch) {
  auto told = exposing(), silent = exposing();
  for (auto* bench : {&told, &silent}) {
    bench->in.belief = {0.4F, 0.08F, 0.0, true};
    bench->in.response = {0.2F, 0.6F};
    bench->run(100.0);
  }
  const float too_much = told.in.intensity;
  ASSERT_GT(too_much, 0.5F);
  told.answer(telemetry::ReportKind::suds, 90.0F);
  told.in.intensity = 0.0F;  // as the governor lowers it
  told.run(200.0);
  silent.run(200.0);
  EXPECT_LT(told.in.intensity, 0.5F * too_much) << "the answer has aged, and is not forgotten";
  EXPECT_GT(silent.in.intensity, 0.9F * too_much);

  const float before = told.in.intensity;
  told.answer(telemetry::ReportKind::suds, 40.0F);
  told.run(100.0);
  EXPECT_GT(told.in.intensity, before + 0.05F) << "what was borne takes it on";

  // A body that has gone along with the answers would show that it is too much again.
  auto seen = exposing();
  seen.in.belief = {0.4F, 0.08F, 0.0, true};
  seen.in.response = {0.2F, 0.6F};
  seen.in.answers_alone = {{0.4F, 0.08F, 0.0, true}, {0.2F, 0.6F}, 1.0F};
  seen.run(100.0);
  seen.answer(telemetry::ReportKind::suds, 90.0F);
  seen.in.intensity = 0.0F;
  seen.run(200.0);
  EXPECT_GT(seen.in.intensity, 1.5F * before);
  EXPECT_LT(seen.in.intensity, 0.8F * too_much);
}

TEST(Controller, FollowsTheTherapistUpDownAndInHolding) {
  auto bench = exposing();
  bench.run(5.0);
  EXPECT_EQ(bench.therapist(Event::step_up).step, 1);
  EXPECT_GE(bench.run(20.0).intensity, heights().ladder[1].intensity.low);
  EXPECT_EQ(bench.therapist(Event::step_down).step, 0);
  EXPECT_EQ(bench.therapist(Event::step_down).step, 0);
  bench.run(20.0);
  bench.therapist(Event::hold);
  const float held = bench.in.intensity;
  const auto out = bench.run(60.0);
  EXPECT_EQ(out.why, Why::therapist_holds);
  EXPECT_NEAR(bench.in.intensity, held, 0.01F);
  bench.therapist(Event::resume);
  EXPECT_GT(bench.run(30.0).intensity, held);
}

TEST(Controller, LowersNearOverwhelmEvenWhileTheTherapistHolds) {
  auto bench = exposing();
  bench.wants_more();
  bench.run(100.0);
  bench.therapist(Event::hold);
  const float held = bench.in.intensity;
  bench.in.belief.mean = 0.84F;
  EXPECT_LT(bench.run(10.0).intensity, held - 0.05F);
}

TEST(Controller, LeavesWhatTheProgrammeDoesNotGiveItAlone) {
  auto programme = heights();
  programme.adaptive.intensity = programme.adaptive.step = programme.adaptive.calm_feedback = false;
  auto bench = exposing(programme);
  bench.wants_less();
  bench.in.belief.mean = 0.76F;
  bench.in.belief.deviation = 0.02F;
  const auto out = bench.run(200.0);
  EXPECT_EQ(out.step, 0);
  EXPECT_EQ(out.calm_feedback, 0.0F);
  EXPECT_EQ(out.why, Why::not_adaptive);
}

TEST(Controller, EndsPhasesWhenTheirTimeIsOver) {
  for (const auto phase : {Phase::neutral, Phase::exposure, Phase::recovery}) {
    Bench bench;
    bench.enter(phase);
    bench.run(20.0);
    EXPECT_TRUE(bench.events.empty());
    bench.in.phase_time_over = true;
    bench.run(1.5);
    ASSERT_FALSE(bench.events.empty());
    EXPECT_EQ(bench.events[0], Event::time_over);
  }
}

TEST(Controller, DoesNotBeginAnExposureWithSomebodyWhoIsTooDistressed) {
  Bench felt;
  felt.enter(Phase::neutral);
  felt.in.phase_time_over = true;
  felt.in.belief.mean = 0.75F;
  felt.run(1.0);
  ASSERT_FALSE(felt.events.empty());
  EXPECT_EQ(felt.events[0], Event::entry_refused);

  Bench said;
  said.enter(Phase::neutral);
  said.frame();
  said.answer(telemetry::ReportKind::suds, 80.0F);
  said.in.phase_time_over = true;
  said.run(1.5);
  ASSERT_FALSE(said.events.empty());
  EXPECT_EQ(said.events[0], Event::entry_refused);
}

TEST(Controller, EndsAnExposureInWhichDistressStaysAboveTheCeiling) {
  auto felt = exposing();
  felt.in.belief.mean = 0.9F;
  felt.run(55.0);
  EXPECT_TRUE(felt.events.empty());
  felt.run(10.0);
  ASSERT_FALSE(felt.events.empty());
  EXPECT_EQ(felt.events[0], Event::ceiling_passed);

  auto said = exposing();
  said.run(5.0);
  said.answer(telemetry::ReportKind::suds, 85.0F);
  said.run(5.0);
  EXPECT_TRUE(said.events.empty());
  said.answer(telemetry::ReportKind::suds, 85.0F);
  said.run(2.0);
  ASSERT_FALSE(said.events.empty());
  EXPECT_EQ(said.events[0], Event::ceiling_passed);
}

TEST(Controller, EndsAnExposureWithLowDistressAtTheTopOfTheLadderOnly) {
  auto bench = exposing();
  bench.in.belief = {0.1F, 0.05F, 0.0, true};
  bench.wants_less();
  bench.run(500.0);
  EXPECT_TRUE(bench.events.empty()) << "calm at the bottom proves nothing";
  bench.wants_more();
  bench.run(600.0);
  ASSERT_FALSE(bench.events.empty());
  EXPECT_EQ(bench.events[0], Event::criterion_met);
}

TEST(Controller, GivesTheSameForTheSame) {
  auto one = exposing(), two = exposing();
  for (int i = 0; i < 3000; ++i) {
    const float change = std::sin(0.01F * static_cast<float>(i));
    one.in.wanted_change = two.in.wanted_change = change;
    one.in.belief.mean = two.in.belief.mean = 0.5F + 0.35F * change;
    const auto a = one.frame(), b = two.frame();
    ASSERT_EQ(a.intensity, b.intensity);
    ASSERT_EQ(a.prompt, b.prompt);
    ASSERT_EQ(a.breath_phase, b.breath_phase);
  }
}

TEST(Controller, GoesOnDecidingWhenTheClockHasGoneBack) {
  auto bench = exposing();
  bench.run(60.0);
  Controller controller(heights());
  auto in = bench.in;
  in.time = core::at_seconds(1000.0);
  controller.step(in);
  in.time = core::at_seconds(10.0);
  in.response = DoseResponse{2.0F, 0.5F};
  EXPECT_EQ(controller.step(in).why, Why::easing);
}

}  // namespace
}  // namespace attune::treatment
