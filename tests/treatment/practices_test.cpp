#include <gtest/gtest.h>

#include <cmath>

#include "attune/treatment/activities/gaze_reward.hpp"
#include "attune/treatment/activities/grounding.hpp"
#include "attune/treatment/activities/movement_break.hpp"
#include "attune/treatment/activities/ratings.hpp"
#include "attune/treatment/activities/social_lead.hpp"
#include "attune/treatment/activities/work_rhythm.hpp"
#include "attune/treatment/practice.hpp"
#include "support.hpp"

namespace attune::treatment {
namespace {

using telemetry::AoiRole;

constexpr double frame_s = 1.0 / 72.0;
constexpr std::array<telemetry::HandSample, 2> no_hands{};

Look at(AoiRole role, std::uint16_t area = 1) { return {true, area, role, {0, 0, -1}}; }
Look nowhere() { return {true, std::nullopt, AoiRole::neutral, {0, 0, -1}}; }
Look lost() { return {}; }

template <typename Each>
void for_seconds(double seconds, Each each) {
  for (double t = 0.0; t < seconds; t += frame_s) each();
}

TEST(GazeReward, RisesWhileSomethingCalmIsHeldAndFallsWhenTheEyesLeaveIt) {
  GazeReward reward({.rise_s = 6.0, .fall_s = 3.0});
  for_seconds(3.0, [&] { reward.push(frame_s, at(AoiRole::calm)); });
  EXPECT_NEAR(reward.reward(), 0.5F, 0.01F);
  for_seconds(4.0, [&] { reward.push(frame_s, at(AoiRole::calm)); });
  EXPECT_EQ(reward.reward(), 1.0F);
  for (const auto& look : {at(AoiRole::threat), at(AoiRole::social), nowhere()}) {
    const float before = reward.reward();
    for_seconds(0.5, [&] { reward.push(frame_s, look); });
    EXPECT_LT(reward.reward(), before - 0.1F);
  }
  EXPECT_NEAR(reward.result().calm_s, 7.0, 0.05);
  EXPECT_NEAR(reward.result().seen_s, 8.5, 0.05);
}

TEST(GazeReward, ABlinkChangesNothingAndEyesThatStayLostEarnNothing) {
  GazeReward reward({});
  for_seconds(7.0, [&] { reward.push(frame_s, at(AoiRole::calm)); });
  for_seconds(0.3, [&] { reward.push(frame_s, lost()); });
  EXPECT_EQ(reward.reward(), 1.0F);
  for_seconds(4.0, [&] { reward.push(frame_s, lost()); });
  EXPECT_EQ(reward.reward(), 0.0F);
  EXPECT_NEAR(reward.result().seen_s, 7.0, 0.05) << "what was not seen does not count";
}

TEST(Grounding, CountsFiveThingsThatTheGazeRestsOnThenAsksForFour) {
  Grounding grounding({});
  EXPECT_EQ(grounding.part(), 1);
  for (std::uint16_t thing = 1; thing <= 4; ++thing)
    for_seconds(1.1, [&] { grounding.push(frame_s, at(AoiRole::neutral, thing), no_hands); });
  EXPECT_EQ(grounding.part(), 1);
  EXPECT_EQ(grounding.result().found[0], 4);
  for_seconds(3.0, [&] { grounding.push(frame_s, at(AoiRole::neutral, 4), no_hands); });
  EXPECT_EQ(grounding.result().found[0], 4) << "the same thing counts once";
  for_seconds(1.1, [&] { grounding.push(frame_s, at(AoiRole::neutral, 5), no_hands); });
  EXPECT_EQ(grounding.part(), 2);
  EXPECT_NEAR(grounding.share(), 5.0F / 15.0F, 1e-6F);
}

TEST(Grounding, AGlanceNamesNothingAndADirectionIsAThingToo) {
  Grounding grounding({});
  for (std::uint16_t thing = 1; thing <= 9; ++thing)
    for_seconds(0.5, [&] { grounding.push(frame_s, at(AoiRole::neutral, thing), no_hands); });
  EXPECT_EQ(grounding.result().found[0], 0);
  auto look = nowhere();
  for (const float turned : {0.0F, 0.1F, 0.3F}) {  // 0.1 rad is no other direction than 0
    look.direction = {std::sin(turned), 0.0F, -std::cos(turned)};
    for_seconds(1.2, [&] { grounding.push(frame_s, look, no_hands); });
  }
  EXPECT_EQ(grounding.result().found[0], 2);
}

TEST(Grounding, GoesThroughAllSensesByHandAloneAndDoesNotWaitForEver) {
  Grounding by_hand({});
  std::array<telemetry::HandSample, 2> hands;
  hands[1].active = true;
  for (int pull = 0; pull < 15; ++pull) {
    hands[1].trigger = 0.0F;
    by_hand.push(frame_s, lost(), hands);
    EXPECT_FALSE(by_hand.done());
    hands[1].trigger = 1.0F;
    by_hand.push(frame_s, lost(), hands);
  }
  EXPECT_TRUE(by_hand.done());
  EXPECT_EQ(by_hand.result().found, (std::array<std::uint8_t, 5>{5, 4, 3, 2, 1}));

  Grounding waiting({});
  for_seconds(5 * 60.0 + 1.0, [&] { waiting.push(frame_s, lost(), no_hands); });
  EXPECT_TRUE(waiting.done());
  EXPECT_EQ(waiting.share(), 0.0F);
}

telemetry::Pose standing_at(float x, float y = 1.6F) {
  telemetry::Pose pose;
  pose.position_m = {x, y, 0.0F};
  pose.position_valid = pose.orientation_valid = pose.tracked = true;
  return pose;
}

TEST(MovementBreak, CountsSteppingAndReachingButNeitherSwayNorAJump) {
  MovementBreak sway({}), steps({}), reaching({}), jumping({});
  double t = 0.0;
  for_seconds(30.0, [&] {
    t += frame_s;
    const auto wave = static_cast<float>(std::sin(2.0 * t));
    sway.push(frame_s, standing_at(0.01F * wave), no_hands);  // 2 cm/s at most
    steps.push(frame_s, standing_at(0.2F * wave), no_hands);
    auto hands = no_hands;
    hands[0].active = true;
    hands[0].grip = standing_at(0.4F * wave, 1.2F);
    reaching.push(frame_s, standing_at(0.0F), hands);
    jumping.push(frame_s, standing_at(std::floor(static_cast<float>(t))), no_hands);
  });
  EXPECT_EQ(sway.result().moved_s, 0.0);
  EXPECT_FALSE(sway.done());
  EXPECT_GT(steps.result().moved_s, 20.0);
  EXPECT_TRUE(steps.done());
  EXPECT_TRUE(reaching.done());
  EXPECT_LT(jumping.result().moved_s, 1.0) << "the frame of reference moved, not the patient";
}

TEST(SocialLead, LeadsSomebodyWhoLooksAtNobodyAndCountsLooks) {
  SocialLead lead({});
  for_seconds(2.0, [&] { lead.push(frame_s, at(AoiRole::task)); });
  EXPECT_FALSE(lead.leads());
  for_seconds(2.0, [&] { lead.push(frame_s, at(AoiRole::task)); });
  EXPECT_TRUE(lead.leads());
  lead.push(frame_s, at(AoiRole::social));
  EXPECT_FALSE(lead.leads());
  for_seconds(20.0, [&] { lead.push(frame_s, at(AoiRole::social)); });
  EXPECT_TRUE(lead.done());
}

TEST(WorkRhythm, ShowsHowClicksAndScreenTimeFallAgainstTheFirstMinute) {
  WorkRhythm rhythm;
  const auto work = [&](float clicks, float screen, AoiRole role, double seconds) {
    telemetry::TaskActivity task;
    task.clicks_per_min = {clicks, 1.0F, true};
    task.screen_share = {screen, 1.0F, true};
    for_seconds(seconds, [&] { rhythm.push(frame_s, task, at(role)); });
  };
  work(15.0F, 0.8F, AoiRole::social, 50.0);
  EXPECT_FALSE(rhythm.signs().clicks_per_min.has_value()) << "the start is not known yet";
  work(15.0F, 0.8F, AoiRole::social, 20.0);
  work(4.0F, 0.3F, AoiRole::task, 90.0);
  const auto signs = rhythm.signs();
  ASSERT_TRUE(signs.clicks_per_min && signs.screen_share && signs.task_gaze_share);
  EXPECT_NEAR(signs.clicks_per_min->start, 15.0F, 0.01F);
  EXPECT_NEAR(signs.clicks_per_min->now, 4.0F, 0.3F);
  EXPECT_NEAR(signs.screen_share->now, 0.3F, 0.02F);
  EXPECT_GT(*signs.task_gaze_share, 0.95F);
}

TEST(WorkRhythm, KnowsNothingWithoutADeskOrWithAnOldFigure) {
  WorkRhythm rhythm;
  telemetry::TaskActivity old;
  old.clicks_per_min = {15.0F, 120.0F, true};
  for_seconds(100.0, [&] { rhythm.push(frame_s, old, lost()); });
  const auto signs = rhythm.signs();
  EXPECT_FALSE(signs.clicks_per_min || signs.screen_share || signs.task_gaze_share);
}

TEST(Ratings, TheFirstIsBeforeAndTheLastIsAfter) {
  ThoughtRatings thought;
  take_answer(thought, telemetry::ReportKind::belief, 80.0F);
  EXPECT_FALSE(thought.belief_after.has_value()) << "one rating is no change";
  take_answer(thought, telemetry::ReportKind::suds, 70.0F);
  take_answer(thought, telemetry::ReportKind::belief, 60.0F);
  take_answer(thought, telemetry::ReportKind::belief, 40.0F);
  take_answer(thought, telemetry::ReportKind::urge, 1.0F);
  EXPECT_EQ(thought.belief_before, 80.0F);
  EXPECT_EQ(thought.belief_after, 40.0F);
  EXPECT_EQ(thought.distress_before, 70.0F);

  ExpectancyCard card;
  take_answer(card, CardItem::before, 75.0F);
  take_answer(card, CardItem::happened, 0.0F);
  take_answer(card, CardItem::after, 20.0F);
  take_answer(card, CardItem::none, 99.0F);
  EXPECT_EQ(card.before, 75.0F);
  EXPECT_EQ(card.happened, 0);
  EXPECT_EQ(card.after, 20.0F);
}

TEST(Ratings, OfAThoughtCountInEveryStepAndThoseOfDistressWhereItIsWeighed) {
  auto programme = heights();
  programme.ladder.assign(2, Step{});
  programme.ladder[0].activity = telemetry::Activity::social;
  programme.ladder[1].activity = telemetry::Activity::thought_record;
  Practice practice(programme);
  const auto answer = [&](telemetry::ReportKind kind, float value, bool in_step = true) {
    telemetry::SelfReport report;
    report.kind = kind;
    report.value = value;
    practice.take_answer(0, report, in_step);
  };
  practice.enter(0);
  answer(telemetry::ReportKind::belief, 80.0F);
  answer(telemetry::ReportKind::suds, 70.0F);
  EXPECT_EQ(practice.result().thought.belief_before, 80.0F);
  EXPECT_FALSE(practice.result().thought.distress_before.has_value());
  practice.enter(1);
  answer(telemetry::ReportKind::suds, 60.0F);
  EXPECT_EQ(practice.result().thought.distress_before, 60.0F);
  practice.enter(0);
  answer(telemetry::ReportKind::belief, 50.0F);
  answer(telemetry::ReportKind::belief, 10.0F, false);
  EXPECT_EQ(practice.result().thought.belief_after, 50.0F);
}

}  // namespace
}  // namespace attune::treatment
