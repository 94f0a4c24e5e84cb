#include <gtest/gtest.h>

#include <memory>

#include "sim/patients.hpp"
#include "support/allocations.hpp"

namespace attune::sim {
namespace {

TEST(VirtualPatient, DoesNotAllocateWhileItLives) {
  VirtualPatient patient(PatientParameters{}, 1);
  telemetry::Stimulus shown;
  shown.intensity = 0.6F;
  shown.question = telemetry::ReportKind::suds;
  shown.aois.push_back(testing_patients::box(telemetry::AoiRole::threat, {0, 0, -3}, {1, 1, 1}));
  const auto before = test::allocations();
  std::size_t answers = 0, beats = 0;
  for (int frame = 1; frame <= 9000; ++frame) {
    shown.activity = static_cast<telemetry::Activity>(frame / 900);
    shown.calm_feedback = frame > 4000 ? 1.0F : 0.0F;
    shown.guide_breaths_per_min = 6.0F;
    shown.lead_to = frame > 6000 ? telemetry::AoiRole::calm : telemetry::AoiRole::threat;
    shown.gaze_lead = 0.5F;
    shown.probe.stage = static_cast<telemetry::ProbeStage>(frame / 60 % 4);
    shown.probe.number = static_cast<std::uint16_t>(frame / 240);
    patient.show(shown);
    patient.advance_to(core::at_seconds(frame / 90.0));
    const auto signals = patient.take_signals();
    answers += signals.reports.size();
    beats += signals.vitals.rr_ms.valid;
    if (patient.gaze().source == telemetry::GazeSource::none && !patient.hands()[0].active) ADD_FAILURE();
    if (!patient.head().valid()) ADD_FAILURE();
  }
  EXPECT_EQ(test::allocations(), before);
  EXPECT_EQ(answers, 1U);
  EXPECT_GT(beats, 8000U);
  const auto taken = std::make_unique<int>(1);
  EXPECT_GT(test::allocations(), before) << "the counter counts";
}

}  // namespace
}  // namespace attune::sim
