#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "attune/treatment/controller.hpp"
#include "support.hpp"

namespace attune::treatment {
namespace {

using telemetry::Activity;
using telemetry::AoiRole;
using telemetry::ReportKind;

constexpr double frame_s = 0.1;

Prompt at_step(const char* id, std::uint16_t step, PromptTrigger when, std::uint8_t part = 0) {
  Prompt prompt;
  prompt.id = id;
  prompt.step = step;
  prompt.when = when;
  prompt.part = part;
  return prompt;
}

/// The office's course: work, breathing, movement, a colleague.
Programme office() {
  auto programme = heights();
  programme.order = Order::sequence;
  programme.adaptive.step = false;
  programme.questions.clear();
  programme.prompts = {at_step("work", 0, PromptTrigger::step_start),
                       at_step("breathe", 1, PromptTrigger::step_start),
                       at_step("move", 2, PromptTrigger::step_start)};
  programme.ladder.assign(4, Step{});
  const Activity activities[] = {Activity::work, Activity::breathing, Activity::movement, Activity::social};
  for (std::size_t i = 0; i < 4; ++i) {
    programme.ladder[i].activity = activities[i];
    programme.ladder[i].limit_s = 60.0;
  }
  programme.ladder[0].intensity = {0.2F, 0.5F};
  WayOn likely;
  likely.distress_at_least = 0.6F;
  likely.held_s = 20.0;
  likely.to = 1;
  programme.ladder[0].go_on = {likely};
  programme.ladder[0].limit_s = 400.0;
  WayOn done;
  done.done = true;
  programme.ladder[2].go_on = programme.ladder[3].go_on = {done};
  programme.phases[1].minimum_s = 0.0;
  return programme;
}

/// A patient in the middle phase of a programme.
class Session {
 public:
  explicit Session(Programme programme) : programme_(std::move(programme)), controller(programme_) {
    in.phase = Phase::exposure;
    in.belief = {0.3F, 0.05F, 0.0, true};
    in.roles[static_cast<std::size_t>(AoiRole::task)] = true;
  }
  ControllerOutput frame() {
    in.time = core::at_seconds(frame_s * static_cast<double>(frames_++));
    out = controller.step(in);
    in.reports = {};
    in.time_in_phase_s += frame_s;
    in.intensity = out.intensity;
    if (out.prompt != 0) prompts.insert(programme_.prompts[out.prompt - 1U].id);
    if (out.moved) moves.push_back(*out.moved);
    for (const auto event : out.events) events.push_back(event);
    return out;
  }
  ControllerOutput run(double seconds) {
    for (int i = 0; i < static_cast<int>(std::lround(seconds / frame_s)); ++i) frame();
    return out;
  }
  void answer(ReportKind kind, float value) {
    report_ = {kind, value, in.time, in.time};
    in.reports = {&report_, 1};
    frame();
  }

 private:
  Programme programme_;
  telemetry::SelfReport report_;
  long frames_ = 0;

 public:
  Controller controller;
  ControllerInput in;
  ControllerOutput out;
  std::set<std::string> prompts;
  std::vector<StepMove> moves;
  std::vector<Event> events;
};

TEST(ControllerPractice, TheOfficesCourseFromLikelyAnxietyThroughBreathAndMovementToAColleague) {
  Session session(office());
  session.run(60.0);
  EXPECT_EQ(session.out.activity, Activity::work);
  EXPECT_EQ(session.out.calm_feedback, 0.0F);
  EXPECT_TRUE(session.moves.empty());

  session.in.belief.mean = 0.7F;
  session.run(25.0);
  EXPECT_EQ(session.out.activity, Activity::breathing) << "likely anxiety starts slow breathing";
  ASSERT_EQ(session.moves.size(), 1U);
  EXPECT_EQ(session.moves[0].cause, MoveCause::way);
  EXPECT_TRUE(session.prompts.contains("breathe")) << "which is said";
  EXPECT_EQ(session.out.calm_feedback, 1.0F);
  EXPECT_EQ(session.out.guide_breaths_per_min, 6.0F);
  EXPECT_EQ(session.out.why, Why::practising);

  session.in.belief.mean = 0.35F;
  session.run(60.0);
  EXPECT_EQ(session.out.activity, Activity::movement);
  session.in.practice.head.position_valid = session.in.practice.head.tracked = true;
  for (int i = 0; i < 300; ++i) {
    session.in.practice.head.position_m.x = 0.3F * std::sin(0.15F * static_cast<float>(i));
    session.frame();
  }
  EXPECT_GT(session.controller.practice_result().movement.moved_s, 15.0);
  EXPECT_EQ(session.out.activity, Activity::social) << "moved enough: on to people";
  session.run(6.0);
  EXPECT_EQ(session.out.gaze_lead, 1.0F) << "eyes that are on nobody are led";
  EXPECT_EQ(session.out.lead_to, AoiRole::social);

  session.in.practice.look = {true, 7, AoiRole::social, {0, 0, -1}};
  session.run(22.0);
  ASSERT_FALSE(session.events.empty());
  EXPECT_EQ(session.events[0], Event::criterion_met) << "the last step ends the phase";
  EXPECT_GE(session.controller.practice_result().social.looked_s, 20.0);
}

TEST(ControllerPractice, AStepThatAsksForMoreWaitsUntilItCanBeBorne) {
  auto programme = office();
  programme.ladder[1].intensity = {0.8F, 0.9F};
  programme.ladder[0].go_on.clear();
  programme.ladder[0].limit_s = 30.0;
  Session session(programme);
  session.in.belief.mean = 0.75F;
  EXPECT_EQ(session.run(60.0).step, 0);
  session.in.belief.mean = 0.5F;
  EXPECT_EQ(session.run(2.0).step, 1);
}

TEST(ControllerPractice, AStepOfALadderMayEndOnExpectancy) {
  auto programme = heights();
  WayOn unlikely;
  unlikely.expectancy_at_most = 20.0F;
  programme.ladder[0].go_on = {unlikely};
  programme.adaptive.intensity = false;  // nothing but a way on leaves the step
  Session session(programme);
  session.run(60.0);
  EXPECT_EQ(session.out.step, 0);
  session.answer(ReportKind::expectancy, 10.0F);
  session.run(1.0);
  EXPECT_EQ(session.out.step, 1);
  EXPECT_EQ(session.moves.back().cause, MoveCause::way);
}

TEST(ControllerPractice, TheRateOfTheResonanceStaysForTheRestOfTheSession) {
  auto programme = office();
  programme.ladder[0] = programme.ladder[1];
  programme.ladder[0].limit_s = 400.0;
  programme.practices.breathing.search_per_min = {5.0F, 6.0F};
  programme.practices.breathing.each_s = 60.0;
  Session session(programme);
  double turn = 0.0;
  for (int i = 0; i < 3000; ++i) {
    const double rate = static_cast<double>(session.out.guide_breaths_per_min);
    turn += rate / 60.0 * frame_s;
    const double swing = rate < 5.1 ? 12.0 : 3.0;
    auto& heart = session.in.practice.vitals.heart_rate_bpm;
    heart = {static_cast<float>(70.0 + 0.5 * swing * std::sin(2.0 * 3.14159265 * turn)), 0.0F, true};
    session.frame();
  }
  EXPECT_EQ(session.controller.practice_result().breathing.resonance_breaths_per_min, 5.0F);
  session.in.phase = Phase::recovery;
  session.in.time_in_phase_s = 0.0;
  EXPECT_EQ(session.run(5.0).guide_breaths_per_min, 5.0F);
}

TEST(ControllerPractice, GroundingSaysEachSenseInItsTurn) {
  auto programme = office();
  programme.ladder[0].activity = Activity::grounding;
  programme.ladder[0].go_on.clear();
  programme.prompts = {at_step("see", 0, PromptTrigger::part, 1),
                       at_step("touch", 0, PromptTrigger::part, 2)};
  Session session(programme);
  session.run(5.0);
  EXPECT_TRUE(session.prompts.contains("see"));
  EXPECT_FALSE(session.prompts.contains("touch"));
  for (std::uint16_t thing = 1; thing <= 5; ++thing) {
    session.in.practice.look = {true, thing, AoiRole::calm, {0, 0, -1}};
    session.run(1.3);
  }
  EXPECT_TRUE(session.prompts.contains("touch"));
  EXPECT_NEAR(session.out.gaze_reward, 5.0F / 15.0F, 0.01F);
}

TEST(ControllerPractice, GazeTrainingRewardsAndNeverLeads) {
  auto programme = office();
  programme.ladder[0].activity = Activity::gaze_training;
  programme.ladder[0].go_on.clear();
  programme.ladder[0].intensity = {0.0F, 0.0F};
  Session session(programme);
  session.in.attention = 0.0F;
  session.in.practice.look = {true, 3, AoiRole::calm, {0, 0, -1}};
  session.run(60.0);
  EXPECT_EQ(session.out.gaze_reward, 1.0F);
  EXPECT_EQ(session.out.gaze_lead, 0.0F) << "what trains the gaze must not be helped";
  EXPECT_EQ(session.out.intensity, 0.0F);
}

TEST(ControllerPractice, TheDotProbeRunsInItsStepOnly) {
  auto programme = office();
  programme.ladder[1].activity = Activity::dot_probe;
  programme.ladder[0].go_on.clear();
  programme.ladder[0].limit_s = 10.0;
  Session session(programme);
  session.run(9.0);
  EXPECT_EQ(session.out.probe.stage, telemetry::ProbeStage::none);
  session.run(3.0);
  EXPECT_NE(session.out.probe.stage, telemetry::ProbeStage::none);
  session.in.phase = Phase::paused_exposure;
  EXPECT_EQ(session.run(1.0).probe.stage, telemetry::ProbeStage::none);
}

TEST(ControllerPractice, QuestionsOfAStepAreAskedInItAndEndItsThoughtRecord) {
  auto programme = office();
  programme.ladder[1].activity = Activity::thought_record;
  WayOn done;
  done.done = true;
  programme.ladder[1].go_on = {done};
  programme.ladder[0].go_on.clear();
  programme.ladder[0].limit_s = 10.0;
  Question belief;
  belief.kind = ReportKind::belief;
  belief.step = 1;
  belief.first_after_s = 5.0;
  belief.every_s = 0.0;
  programme.questions = {belief};
  Session session(programme);
  session.run(12.0);
  EXPECT_EQ(session.out.step, 1);
  EXPECT_EQ(session.out.question, 0);
  session.run(5.5);
  EXPECT_EQ(session.out.question_kind, ReportKind::belief);
  session.answer(ReportKind::belief, 70.0F);
  EXPECT_EQ(session.out.question, 0);
  EXPECT_EQ(session.run(2.0).step, 2) << "it is answered: the record goes on";
  EXPECT_EQ(session.controller.practice_result().thought.belief_before, 70.0F);
}

/// When a question of the shipped exposure's card is open.
double due_s(CardItem item) {
  for (const auto& question : heights().questions) {
    if (question.card == item) return question.first_after_s + 2.0;
  }
  return 0.0;
}

TEST(ControllerPractice, TheCardIsFilledByItsQuestionsInNeutralAndRecovery) {
  Session session(heights());
  const auto is_asked = [&](CardItem item) {
    return session.out.question != 0 && heights().questions[session.out.question - 1U].card == item;
  };
  session.in.phase = Phase::neutral;
  session.run(due_s(CardItem::before));
  ASSERT_TRUE(is_asked(CardItem::before));
  session.answer(ReportKind::expectancy, 70.0F);
  session.in.phase = Phase::recovery;
  session.in.time_in_phase_s = 0.0;
  session.run(due_s(CardItem::happened));
  ASSERT_TRUE(is_asked(CardItem::happened));
  session.answer(ReportKind::choice, 0.0F);
  session.run(2.0);
  ASSERT_TRUE(is_asked(CardItem::after));
  session.answer(ReportKind::expectancy, 15.0F);
  const auto card = session.controller.practice_result().card;
  EXPECT_EQ(card.before, 70.0F);
  EXPECT_EQ(card.happened, 0);
  EXPECT_EQ(card.after, 15.0F);
}

TEST(ControllerPractice, WhatAStepMeasuredCanBeReadInTheFrameInWhichItIsLeft) {
  auto programme = office();
  programme.ladder[0] = programme.ladder[1] = programme.ladder[3];  // people, and people again
  Session session(programme);
  session.in.practice.look = {true, 7, AoiRole::social, {0, 0, -1}};
  int told = 0;
  for (int i = 0; i < 600 && told < 1; ++i) {
    session.frame();
    if (!session.out.left) continue;
    EXPECT_GE(session.controller.practice_result().social.looked_s, 20.0);
    ++told;
    session.run(1.0);
    EXPECT_LE(session.controller.practice_result().social.looked_s, 1.1) << "the next begins anew";
  }
  EXPECT_EQ(told, 1);
  // The therapist's step comes before what is practised in that frame.
  session.run(10.0);
  const auto before = session.controller.practice_result().social.looked_s;
  LoggedEvent back{session.in.time, Event::step_down, Phase::exposure, Phase::exposure,
                   Reason::therapist_step_down};
  session.in.events = {&back, 1};
  session.frame();
  ASSERT_TRUE(session.out.left.has_value());
  EXPECT_EQ(session.controller.practice_result().social.looked_s, before);
}

TEST(ControllerPractice, ANewSessionBeginsWithNothingPractised) {
  Session session(heights());
  session.in.phase = Phase::neutral;
  session.run(due_s(CardItem::before));
  session.answer(ReportKind::expectancy, 70.0F);
  session.in.phase = Phase::safe_place;
  session.run(1.0);
  EXPECT_TRUE(session.controller.practice_result().card.before.has_value());
  session.in.phase = Phase::neutral;
  session.run(1.0);
  EXPECT_FALSE(session.controller.practice_result().card.before.has_value());
}

}  // namespace
}  // namespace attune::treatment
