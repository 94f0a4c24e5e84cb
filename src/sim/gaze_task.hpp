#pragma once

#include "attune/sim/plant.hpp"
#include "attune/telemetry/stimulus.hpp"

namespace attune::sim {

/// What the scene has the eyes do, beside what attention and chance make them do.
struct GazeTask {
  /// What y speaks of: the threat; at work at a desk, where nothing else is feared, the task.
  telemetry::AoiRole stimulus = telemetry::AoiRole::threat;
  telemetry::AoiRole wished = telemetry::AoiRole::neutral;  ///< where the next fixations shall go
  double wish = 0.0;       ///< probability of it, at an anxiety of 0.3 or less
  double wish_lost = 0.0;  ///< for a whole unit of anxiety above
  bool rests = false;      ///< things are pointed at by resting on them

  [[nodiscard]] static GazeTask of(const telemetry::Stimulus& stimulus);
  /// Whether the gaze is led to the stimulus, as attention understands it (plant).
  [[nodiscard]] static bool leads_to_stimulus(const telemetry::Stimulus& stimulus);
  [[nodiscard]] double probability(const PlantState& truth) const;
};

}  // namespace attune::sim
