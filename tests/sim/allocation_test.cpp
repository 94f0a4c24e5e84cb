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
  std::size_t answers = 0;
  for (int frame = 1; frame <= 9000; ++frame) {
    patient.show(shown);
    patient.advance_to(core::at_seconds(frame / 90.0));
    answers += patient.take_signals().reports.size();
    if (patient.gaze().source == telemetry::GazeSource::none && !patient.hands()[0].active) ADD_FAILURE();
    if (!patient.head().valid()) ADD_FAILURE();
  }
  EXPECT_EQ(test::allocations(), before);
  EXPECT_EQ(answers, 1U);
  const auto taken = std::make_unique<int>(1);
  EXPECT_GT(test::allocations(), before) << "the counter counts";
}

}  // namespace
}  // namespace attune::sim
