#include "attune/session/pipeline.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <set>

#include "attune/session/prescription.hpp"
#include "session/patient_frames.hpp"
#include "support/allocations.hpp"

namespace attune::session {
namespace {

using telemetry::Frame;
using treatment::Phase;

PipelineSpec heights(double length_s = 60.0, std::shared_ptr<Networks> networks = test::drawn_networks()) {
  const auto programme = treatment::Programme::load("heights");
  EXPECT_TRUE(programme.ok());
  return prescribe(*programme, length_s, record::SourceKind::person, std::move(networks));
}

bool same(const record::DecisionRecord& a, const record::DecisionRecord& b) {
  return a.directive.intensity == b.directive.intensity && a.x_mean == b.x_mean &&
         a.x_variance == b.x_variance && a.monitor_estimate == b.monitor_estimate &&
         a.wanted_change == b.wanted_change && a.state == b.state && a.holds == b.holds &&
         a.reason == b.reason && a.directive.fade == b.directive.fade;
}

TEST(Pipeline, TheSameFramesGiveTheSameDecisions) {
  Pipeline one(heights()), other(heights());
  test::StandingPatient patient;
  std::set<float> means;
  for (int i = 0; i < 72 * 50; ++i) {
    const auto frame = patient.next();
    one.step(frame);
    other.step(frame);
    ASSERT_TRUE(same(one.last_decision(), other.last_decision())) << "frame " << i;
    means.insert(one.last_decision().x_mean);
  }
  EXPECT_GT(means.size(), 100u) << "a belief that never moves is equal to itself";
}

TEST(Pipeline, AllocatesNothingOnceItIsMade) {
  Pipeline pipeline(heights());
  test::StandingPatient patient;
  for (int i = 0; i < 72; ++i) pipeline.step(patient.next());
  const auto before = test::allocations();
  const auto provoked = std::make_unique<int>(1);
  ASSERT_GT(test::allocations(), before) << "the counter counts nothing";
  const auto start = test::allocations();
  for (int i = 0; i < 72 * 70; ++i) pipeline.step(patient.next());
  EXPECT_EQ(test::allocations(), start);
}

TEST(Pipeline, GoesThroughThePhasesOfTheProgramme) {
  Pipeline pipeline(heights(60.0));
  test::StandingPatient patient;
  std::vector<Phase> phases;
  float highest = 0.0F;
  for (int i = 0; i < 72 * 75; ++i) {
    const auto directive = pipeline.step(patient.next());
    if (phases.empty() || phases.back() != pipeline.phase()) phases.push_back(pipeline.phase());
    highest = std::max(highest, directive.intensity);
  }
  EXPECT_EQ(phases, (std::vector<Phase>{Phase::waiting, Phase::neutral, Phase::exposure, Phase::recovery,
                                        Phase::ended}));
  EXPECT_GT(highest, 0.0F) << "no exposure took place";
}

TEST(Pipeline, NothingStartsWithoutATherapist) {
  Pipeline pipeline(heights());
  test::StandingPatient patient;
  for (int i = 0; i < 72 * 20; ++i) {
    auto frame = patient.next();
    frame.commands.clear();
    const auto directive = pipeline.step(frame);
    ASSERT_EQ(directive.place, scene::Place::safe_place);
    ASSERT_EQ(directive.intensity, 0.0F);
  }
}

/// Steps until the exposure has begun to be felt.
void reach_exposure(Pipeline& pipeline, test::StandingPatient& patient) {
  for (int i = 0; i < 72 * 60; ++i) {
    if (pipeline.step(patient.next()).intensity > 0.05F && pipeline.phase() == Phase::exposure) return;
  }
  FAIL() << "the exposure never began";
}

TEST(Pipeline, AStopHidesTheStimulusInThatFrame) {
  Pipeline pipeline(heights());
  test::StandingPatient patient;
  reach_exposure(pipeline, patient);
  auto frame = patient.next();
  frame.patient_stop = true;
  const auto directive = pipeline.step(frame);
  EXPECT_TRUE(directive.stimulus_hidden);
  EXPECT_EQ(pipeline.phase(), Phase::safe_place);
  for (int i = 0; i < 72 * 30; ++i) ASSERT_EQ(pipeline.step(patient.next()).place, scene::Place::safe_place);
}

TEST(Pipeline, BothGripsHeldStopTheSession) {
  Pipeline pipeline(heights());
  test::StandingPatient patient;
  reach_exposure(pipeline, patient);
  for (int i = 0; i < 90; ++i) {
    auto frame = patient.next();
    for (auto& hand : frame.hands) {
      hand.active = true;
      hand.squeeze = 1.0F;
    }
    pipeline.step(frame);
  }
  EXPECT_EQ(pipeline.phase(), Phase::safe_place);
}

TEST(Pipeline, AGazeHeldOnTheStopMarkStopsTheSession) {
  Pipeline pipeline(heights());
  scene::PanelPlacement placement;
  test::StandingPatient patient;
  reach_exposure(pipeline, patient);
  for (int i = 0; i < 72 * 3; ++i) {
    auto frame = patient.next();
    frame.head.orientation = glm::quat(1, 0, 0, 0);
    placement.step(frame.time, frame.head, frame.recentred);
    frame.gaze.direction = glm::normalize(placement.layout().stop.centre_m() - frame.gaze.origin_m);
    pipeline.step(frame);
  }
  EXPECT_EQ(pipeline.phase(), Phase::safe_place);
}

TEST(Pipeline, AnImportChoosesNothingByItsGaze) {
  const auto programme = treatment::Programme::load("heights");
  ASSERT_TRUE(programme.ok());
  Pipeline pipeline(prescribe(*programme, 60.0, record::SourceKind::import, test::drawn_networks()));
  scene::PanelPlacement placement;
  test::StandingPatient patient;
  for (int i = 0; i < 72 * 30; ++i) {
    auto frame = patient.next();
    placement.step(frame.time, frame.head, frame.recentred);
    frame.gaze.direction = glm::normalize(placement.layout().stop.centre_m() - frame.gaze.origin_m);
    const auto directive = pipeline.step(frame);
    ASSERT_NE(pipeline.phase(), Phase::safe_place);
    ASSERT_EQ(directive.question.kind, telemetry::ReportKind::none) << "somebody was asked who cannot answer";
  }
}

TEST(Pipeline, ExposureDoesNotRiseWhileTheHeadIsLost) {
  Pipeline pipeline(heights());
  test::StandingPatient patient;
  reach_exposure(pipeline, patient);
  float last = 1.0F;
  for (int i = 0; i < 72 * 8; ++i) {
    auto frame = patient.next();
    frame.head = {};
    frame.gaze.source = telemetry::GazeSource::none;
    const auto directive = pipeline.step(frame);
    if (i > 72) {
      ASSERT_LE(directive.intensity, last);
    }
    last = directive.intensity;
  }
}

TEST(Pipeline, AnAnswerMovesTheBelief) {
  Pipeline calm(heights(60.0, nullptr)), afraid(heights(60.0, nullptr));
  test::StandingPatient patient;
  for (int i = 0; i < 72 * 20; ++i) {
    auto frame = patient.next();
    calm.step(frame);
    if (i == 72 * 15) frame.reports.push_back({telemetry::ReportKind::suds, 90.0F, frame.time, frame.time});
    afraid.step(frame);
  }
  EXPECT_GT(afraid.last_decision().x_mean, calm.last_decision().x_mean + 0.1F);
  EXPECT_LT(afraid.last_decision().x_variance, calm.last_decision().x_variance);
}

TEST(Pipeline, FiguresStayFiguresWhateverTheFrameHolds) {
  Pipeline pipeline(heights());
  test::StandingPatient patient;
  std::mt19937 random(5);
  const float odd[] = {NAN, INFINITY, -INFINITY, 1e30F, -1e30F, 0.0F};
  const auto pick = [&] { return odd[random() % 6]; };
  for (int i = 0; i < 72 * 40; ++i) {
    auto frame = patient.next();
    if (i > 100 && random() % 3 == 0) {
      frame.head.position_m.x = pick();
      frame.head.orientation.w = pick();
      frame.gaze.direction.z = pick();
      frame.hands[0].squeeze = pick();
      frame.vitals.heart_rate_bpm = {pick(), 0.0F, true};
      frame.reports.push_back({telemetry::ReportKind::suds, pick(), frame.time, frame.time});
      frame.time.ns += static_cast<std::int64_t>(random() % 100) * 10'000'000 - 500'000'000;
    }
    const auto directive = pipeline.step(frame);
    ASSERT_GE(directive.intensity, 0.0F) << i;
    ASSERT_LE(directive.intensity, 1.0F) << i;
    ASSERT_TRUE(std::isfinite(directive.fade));
    ASSERT_TRUE(std::isfinite(pipeline.last_decision().x_mean)) << i;
    ASSERT_TRUE(std::isfinite(pipeline.last_decision().x_variance)) << i;
  }
}

}  // namespace
}  // namespace attune::session
