#pragma once

#include <cstdint>

#include "attune/core/time.hpp"
#include "attune/telemetry/activity.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::scene {

/// Where the patient is.
enum class Place : std::uint8_t {
  world = 0,       ///< the programme's world
  safe_place = 1,  ///< the calm garden at ground level
};

/// The panel that asks for a rating.
struct QuestionPanel {
  telemetry::ReportKind kind = telemetry::ReportKind::none;  ///< none: no panel
  core::SessionTime asked{};
  float value = 0.0F;      ///< where the slider stands, 0..1 of its range
  float progress = 0.0F;   ///< of the confirming hold or dwell, 0..1
  std::uint16_t text = 0;  ///< 1 + index into the programme's questions
  std::uint8_t options =
      0;  ///< of a question of kind `choice`; the slider then stands at one of so many places
};

/// What the governor lets the scene do in one frame. The scene applies it and adds nothing of its own.
struct Directive {
  core::SessionTime time{};
  Place place = Place::world;
  float intensity = 0.0F;  ///< z, 0..1 of the programme's world
  float fade = 0.0F;       ///< 0 the picture as it is, 1 wholly the fade's even grey
  bool stimulus_hidden = false;
  float calm_feedback = 0.0F;  ///< u, 0..1: how strongly the breathing guide shows
  float breath_phase = 0.0F;   ///< of the guide, 0..1, breathing in until 0.4
  float guide_breaths_per_min = 0.0F;
  float gaze_lead = 0.0F;    ///< 0..1
  std::uint16_t prompt = 0;  ///< 1 + index into the programme's prompts; 0: none
  QuestionPanel question;
  float stop_progress = 0.0F;  ///< of a stop that is being held, 0..1
  std::uint16_t step = 0;      ///< of the programme's ladder, from 0: which scene parameters hold
  telemetry::Activity activity = telemetry::Activity::none;
  std::uint8_t variant = 0;                                  ///< of stimulus and context, 0..4
  telemetry::AoiRole lead_to = telemetry::AoiRole::neutral;  ///< where `gaze_lead` leads; neutral: nowhere
  float gaze_reward = 0.0F;  ///< 0..1: how far the held gaze brings scene and music to life
  telemetry::ProbeTrial probe;
};

}  // namespace attune::scene
