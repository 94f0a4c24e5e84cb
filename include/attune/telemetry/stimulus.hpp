#pragma once

#include "attune/core/static_vector.hpp"
#include "attune/telemetry/activity.hpp"
#include "attune/telemetry/frame.hpp"

namespace attune::telemetry {

/// What the scene shows the patient now, as a virtual patient feels it: the way back of the loop.
struct Stimulus {
  core::SessionTime time{};
  float intensity = 0.0F;                  ///< z, exposure intensity 0..1; 0 while the stimulus is hidden
  float calm_feedback = 0.0F;              ///< u, 0..1
  float gaze_lead = 0.0F;                  ///< 0..1, the scene leads the gaze
  float guide_breaths_per_min = 0.0F;      ///< of the breathing guide while `calm_feedback` > 0
  ReportKind question = ReportKind::none;  ///< open question
  core::SessionTime asked{};               ///< when it was asked; identifies it
  std::uint8_t options = 0;                ///< of a question of kind `choice`
  Activity activity = Activity::none;
  std::uint8_t variant = 0;            ///< of stimulus and context, 0..4
  AoiRole lead_to = AoiRole::neutral;  ///< where `gaze_lead` leads; neutral: nowhere
  float gaze_reward = 0.0F;            ///< 0..1, how far the held gaze brings the scene to life
  ProbeTrial probe;
  core::StaticVector<AoiShape, max_aois> aois;
};

/// What the sensors and the mouth of the patient gave since the last time it was read.
struct PatientSignals {
  Vitals vitals;
  TaskActivity task;
  core::StaticVector<SelfReport, 4> reports;
};

}  // namespace attune::telemetry
