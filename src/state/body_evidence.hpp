#pragma once

#include <optional>

#include "attune/signal/skin_conductance.hpp"
#include "attune/telemetry/frame.hpp"
#include "state/heart_evidence.hpp"

namespace attune::state {

/// Turns the readings of sensors beside the headset into evidence: heart, skin, breathing, warmth.
class BodyEvidence {
 public:
  BodyEvidence() : skin_(1.0 / FeatureExtractor::step_s) {}

  /// Takes a frame's readings, which hold for the time since the frame before.
  void push(const telemetry::Vitals& vitals, core::SessionTime now, float elapsed_s, StepSums& step,
            Evidence& evidence);
  /// The step that ends now is complete but for what only whole steps show.
  void end_step(core::SessionTime now, StepSums& step, Evidence& evidence);

 private:
  void take_breathing(const telemetry::Vitals& vitals, core::SessionTime now, float elapsed_s, StepSums& step,
                      Evidence& evidence);

  HeartEvidence heart_;
  signal::SkinConductance skin_;
  double skin_clock_s_ = 0.0;  ///< as `skin_` counts
  std::optional<float> phase_;
  std::optional<core::SessionTime> breath_start_;
};

}  // namespace attune::state
