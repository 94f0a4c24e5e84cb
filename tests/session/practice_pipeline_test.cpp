#include <gtest/gtest.h>

#include <array>
#include <set>

#include "attune/session/pipeline.hpp"
#include "attune/session/prescription.hpp"
#include "session/patient_frames.hpp"
#include "support/allocations.hpp"

namespace attune::session {
namespace {

using telemetry::Activity;
using treatment::Phase;

treatment::Programme shipped(const std::string& id) {
  const auto programme = treatment::Programme::load(id);
  EXPECT_TRUE(programme.ok()) << programme.error().message;
  return *programme;
}

PipelineSpec prescribed(const std::string& id, double length_s = 0.0) {
  return prescribe(shipped(id), length_s, record::SourceKind::person, test::drawn_networks());
}

/// Calls `each` with every directive of so many seconds.
template <typename Each>
void run(Pipeline& pipeline, double seconds, Each each) {
  test::StandingPatient patient;
  for (int i = 0; i < static_cast<int>(seconds * 72.0); ++i) each(pipeline.step(patient.next()));
}

class ShippedProgramme : public ::testing::TestWithParam<const char*> {};

TEST_P(ShippedProgramme, RunsThroughItsStepsWithoutTheHeapAndWithinItsIntensity) {
  Pipeline pipeline(prescribed(GetParam(), 90.0));
  const auto& programme = pipeline.programme();
  using Activities = std::array<bool, telemetry::activity_count>;
  Activities seen{}, of_steps{};
  for (const auto& step : programme.ladder) of_steps[static_cast<std::size_t>(step.activity)] = true;
  test::StandingPatient patient;
  for (int i = 0; i < 72; ++i) pipeline.step(patient.next());
  const auto before = test::allocations();
  float highest = 0.0F;
  int middle_frames = 0, frames_elsewhere = 0;
  for (int i = 0; i < 72 * 100; ++i) {
    const auto directive = pipeline.step(patient.next());
    highest = std::max(highest, directive.intensity);
    if (directive.activity == Activity::none) continue;
    seen[static_cast<std::size_t>(directive.activity)] = true;
    (treatment::unpaused(pipeline.phase()) == Phase::exposure ? middle_frames : frames_elsewhere)++;
  }
  EXPECT_EQ(test::allocations(), before);
  EXPECT_LE(highest, programme.limits.intensity.high);
  EXPECT_GT(middle_frames, 72 * 20) << "the middle phase never began";
  EXPECT_LE(frames_elsewhere, 1) << "the phase has changed in that very frame";
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_TRUE(!seen[i] || of_steps[i]) << i;
}

INSTANTIATE_TEST_SUITE_P(Each, ShippedProgramme,
                         ::testing::Values("heights", "public-speaking", "social-plaza", "crowded-transport",
                                           "breathing", "cbt", "attention-training", "dot-probe",
                                           "mindfulness", "safe-place", "gaming", "community", "remote-care",
                                           "office", "exam-hall"),
                         [](const auto& one) {
                           std::string name = one.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(PracticePipeline, TheDotProbeReachesTheSceneAndTakesAnswersFromTheHands) {
  Pipeline pipeline(prescribed("dot-probe"));
  test::StandingPatient patient;
  std::set<telemetry::ProbeStage> stages;
  scene::Directive shown;
  for (int i = 0; i < 72 * 400; ++i) {
    auto frame = patient.next();
    const bool target = shown.probe.stage == telemetry::ProbeStage::target &&
                        core::seconds_between(shown.probe.changed, frame.time) > 0.5;
    for (std::size_t side = 0; side < 2; ++side) {
      frame.hands[side].active = true;
      frame.hands[side].trigger = target && (side == 0) == shown.probe.target_left ? 1.0F : 0.0F;
    }
    shown = pipeline.step(frame);
    stages.insert(shown.probe.stage);
  }
  EXPECT_EQ(stages.size(), 4U);
  const auto& result = pipeline.practice_result().probe;
  EXPECT_GT(result.correct, 50);
  ASSERT_TRUE(result.bias_ms.has_value());
  EXPECT_NEAR(*result.bias_ms, 0.0F, 15.0F) << "who is as fast on both sides has no bias";
}

TEST(PracticePipeline, LookingAtSomethingCalmBringsTheSceneToLife) {
  Pipeline pipeline(prescribed("attention-training"));
  test::StandingPatient patient;
  float looking = 0.0F, away = 0.0F;
  for (int i = 0; i < 72 * 300; ++i) {
    auto frame = patient.next();
    const bool at_calm = (i / (72 * 20)) % 2 == 0;
    const glm::vec3 target = at_calm ? frame.aois[1].centre_m : glm::vec3(-3.0F, 4.0F, -3.0F);
    frame.gaze.direction = glm::normalize(target - frame.gaze.origin_m);
    const auto shown = pipeline.step(frame);
    if (shown.activity != Activity::gaze_training || i % (72 * 20) != 72 * 20 - 1) continue;
    (at_calm ? looking : away) = shown.gaze_reward;
  }
  EXPECT_EQ(looking, 1.0F);
  EXPECT_EQ(away, 0.0F);
}

TEST(PracticePipeline, AnImportIsSeenToLookAtNothing) {
  auto spec =
      prescribe(shipped("attention-training"), 0.0, record::SourceKind::import, test::drawn_networks());
  Pipeline pipeline(std::move(spec));
  test::StandingPatient patient;
  for (int i = 0; i < 72 * 200; ++i) {
    auto frame = patient.next();
    frame.gaze.direction = glm::normalize(frame.aois[1].centre_m - frame.gaze.origin_m);
    ASSERT_EQ(pipeline.step(frame).gaze_reward, 0.0F) << "that person saw another scene";
  }
}

TEST(PracticePipeline, AQuestionCarriesItsOwnTextAndOptions) {
  Pipeline pipeline(prescribed("heights"));
  const auto& questions = pipeline.programme().questions;
  std::set<std::uint16_t> asked;
  run(pipeline, 1300.0, [&](const scene::Directive& directive) {
    const auto& question = directive.question;
    if (question.kind == telemetry::ReportKind::none) return;
    ASSERT_GE(question.text, 1);
    ASSERT_EQ(questions[question.text - 1U].kind, question.kind);
    ASSERT_EQ(questions[question.text - 1U].options.size(), question.options);
    asked.insert(question.text);
  });
  EXPECT_GE(asked.size(), 4U);
}

TEST(PracticePipeline, WorkAtTheDeskIsFollowedOnlyWhereInferenceIsAllowed) {
  for (const bool infers : {true, false}) {
    auto spec = prescribe(shipped("office"), 0.0, record::SourceKind::person,
                          infers ? test::drawn_networks() : nullptr);
    Pipeline pipeline(std::move(spec));
    test::StandingPatient patient;
    for (int i = 0; i < 72 * 220; ++i) {  // two minutes of rest, and more than one of work
      auto frame = patient.next();
      frame.task.clicks_per_min = {12.0F, 1.0F, true};
      pipeline.step(frame);
    }
    EXPECT_EQ(pipeline.work_signs().clicks_per_min.has_value(), infers);
    EXPECT_EQ(pipeline.infers(), infers);
  }
}

TEST(PracticePipeline, TheBodyIsNotHeededDuringAMovementBreakAndUntilItsTraceIsGone) {
  Pipeline pipeline(prescribed("office"));
  bool was_moving = false;
  double in_step_s = 0.0, ended_s = -1.0, heeded_again_s = -1.0;
  run(pipeline, 1100.0, [&](const scene::Directive& directive) {
    const bool moving = directive.activity == Activity::movement;
    const double now_s = directive.time.seconds();
    in_step_s = moving ? in_step_s + 1.0 / 72.0 : 0.0;
    if (was_moving && !moving) ended_s = now_s;
    was_moving = moving;
    if (in_step_s > 0.5) {
      EXPECT_FALSE(pipeline.heeds_body());
      EXPECT_FALSE(pipeline.last_decision().wanted_valid) << now_s;
      EXPECT_TRUE(pipeline.last_decision().monitor_valid) << "it is still recorded what it says";
    }
    if (pipeline.last_snapshot() && !pipeline.heeds_body()) {
      EXPECT_TRUE(pipeline.last_snapshot()->top.empty()) << now_s;
    }
    if (ended_s > 0.0 && heeded_again_s < 0.0 && pipeline.heeds_body()) heeded_again_s = now_s;
    if (ended_s < 0.0 && !moving) {
      EXPECT_TRUE(pipeline.heeds_body()) << now_s;
    }
  });
  ASSERT_GT(ended_s, 0.0) << "there was no break";
  EXPECT_NEAR(heeded_again_s - ended_s, Exertion::after_effect_s, 0.5);
}

}  // namespace
}  // namespace attune::session
