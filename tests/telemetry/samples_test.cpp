#include <gtest/gtest.h>

#include <type_traits>

#include "attune/telemetry/frame.hpp"
#include "attune/telemetry/stimulus.hpp"

namespace attune::telemetry {
namespace {

TEST(Telemetry, APoseIsValidOnlyWithBothItsParts) {
  Pose pose;
  EXPECT_FALSE(pose.valid());
  pose.position_valid = true;
  EXPECT_FALSE(pose.valid());
  pose.orientation_valid = true;
  EXPECT_TRUE(pose.valid());
}

TEST(Telemetry, AFreshFrameClaimsNothing) {
  const Frame frame;
  EXPECT_FALSE(frame.head.valid());
  EXPECT_EQ(frame.gaze.source, GazeSource::none);
  EXPECT_FALSE(frame.hands[left].active || frame.hands[right].active);
  EXPECT_FALSE(frame.vitals.heart_rate_bpm.valid);
  EXPECT_FALSE(frame.headset.focused || frame.headset.visible || frame.patient_stop);
  EXPECT_TRUE(frame.reports.empty() && frame.commands.empty() && frame.aois.empty());
}

// Frames cross a queue between threads and the border to the runtime: as bytes, without the heap.
TEST(Telemetry, WhatFlowsIsPlainBytes) {
  EXPECT_TRUE(std::is_trivially_copyable_v<Frame>);
  EXPECT_TRUE(std::is_trivially_copyable_v<Stimulus>);
  EXPECT_TRUE(std::is_trivially_copyable_v<PatientSignals>);
}

}  // namespace
}  // namespace attune::telemetry
