#include <gtest/gtest.h>

#include "attune/session/pipeline.hpp"
#include "attune/session/prescription.hpp"
#include "session/patient_frames.hpp"

// Without a network: self-reports lead, and nothing of the body is read.
namespace attune::session {
namespace {

PipelineSpec heights_without_networks() {
  const auto programme = treatment::Programme::load("heights");
  EXPECT_TRUE(programme.ok());
  return prescribe(*programme, 120.0, record::SourceKind::person, nullptr);
}

telemetry::SelfReport said(telemetry::ReportKind kind, float value, core::SessionTime time) {
  return {kind, value, time, time};
}

/// Gives every frame of 90 s to the pipeline, with SUDS and comfort every 20 s.
template <typename Change>
std::vector<record::DecisionRecord> session(float suds, Change change) {
  Pipeline pipeline(heights_without_networks());
  test::StandingPatient patient;
  std::vector<record::DecisionRecord> decisions;
  for (int i = 0; i < 72 * 90; ++i) {
    auto frame = patient.next();
    change(frame);
    if (i % (72 * 20) == 72 * 10)
      frame.reports.push_back(said(telemetry::ReportKind::suds, suds, frame.time));
    if (i % (72 * 20) == 72 * 12)
      frame.reports.push_back(said(telemetry::ReportKind::comfort, 7.0F, frame.time));
    pipeline.step(frame);
    EXPECT_FALSE(pipeline.last_snapshot()) << "there is no estimate to explain";
    decisions.push_back(pipeline.last_decision());
  }
  return decisions;
}

constexpr auto as_it_is = [](telemetry::Frame&) {};

TEST(InferenceOff, TheBeliefLivesOnAnswersAndNotOnTheBody) {
  const auto calm = session(30.0F, as_it_is);
  const auto restless = session(30.0F, [](telemetry::Frame& frame) {
    const auto t = static_cast<float>(frame.time.seconds());
    frame.gaze.direction = glm::vec3(0, 1, 0);  // looks away from everything
    for (auto& hand : frame.hands) hand.grip.position_m.x = 0.01F * std::sin(60.0F * t);
    frame.vitals.heart_rate_bpm = {140.0F, 0.0F, true};
    frame.vitals.skin_conductance_us = {20.0F, 0.0F, true};
  });
  ASSERT_EQ(calm.size(), restless.size());
  for (std::size_t i = 0; i < calm.size(); ++i) {
    ASSERT_FALSE(restless[i].monitor_valid || restless[i].engagement_valid || restless[i].wanted_valid);
    ASSERT_EQ(calm[i].x_mean, restless[i].x_mean) << "frame " << i;
    ASSERT_EQ(calm[i].x_variance, restless[i].x_variance) << "frame " << i;
    ASSERT_EQ(calm[i].asked_intensity, restless[i].asked_intensity) << "frame " << i;
  }
  const auto afraid = session(70.0F, as_it_is);
  constexpr std::size_t after_the_first_answer = 72 * 10 + 1;
  EXPECT_GT(afraid[after_the_first_answer].x_mean, calm[after_the_first_answer].x_mean + 0.1F)
      << "answers move it, or nothing would";
}

TEST(InferenceOff, ComfortMovesWhatIsBelievedOfTheExperience) {
  Pipeline well(heights_without_networks()), unwell(heights_without_networks());
  test::StandingPatient patient;
  for (int i = 0; i < 72 * 10; ++i) {
    auto frame = patient.next();
    auto other = frame;
    if (i == 72 * 8) {
      frame.reports.push_back(said(telemetry::ReportKind::comfort, 9.0F, frame.time));
      other.reports.push_back(said(telemetry::ReportKind::comfort, 3.0F, frame.time));
    }
    well.step(frame);
    unwell.step(other);
  }
  EXPECT_GT(well.last_decision().v_mean, unwell.last_decision().v_mean + 0.1F);
}

TEST(InferenceOff, TheControllerSteersOnTheBeliefByRule) {
  const auto calm = session(30.0F, as_it_is), afraid = session(70.0F, as_it_is);
  float calm_highest = 0.0F, afraid_highest = 0.0F;
  for (std::size_t i = 0; i < calm.size(); ++i) {
    calm_highest = std::max(calm_highest, calm[i].directive.intensity);
    afraid_highest = std::max(afraid_highest, afraid[i].directive.intensity);
  }
  EXPECT_GT(calm_highest, 0.1F) << "no exposure took place";
  EXPECT_GT(calm_highest, afraid_highest + 0.05F);
}

}  // namespace
}  // namespace attune::session
