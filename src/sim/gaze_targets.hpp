#pragma once

#include <glm/vec3.hpp>
#include <optional>
#include <random>

#include "attune/core/static_vector.hpp"
#include "attune/telemetry/frame.hpp"

namespace attune::sim {

using Aois = core::StaticVector<telemetry::AoiShape, telemetry::max_aois>;

/// The area that a look from `eye_m` meets first, boxes around the eye last; null when it meets none.
[[nodiscard]] const telemetry::AoiShape* first_met(const Aois& areas, const glm::dvec3& eye_m,
                                                   const glm::dvec3& direction);

/// What the choice of the next fixation depends on.
struct Looking {
  glm::dvec3 eye_m;
  glm::dvec3 gaze;       ///< where the eyes rest
  glm::dvec3 ahead;      ///< where the head points
  double amplitude_deg;  ///< of the saccade that is due, as far as the target leaves it free
  bool attends;          ///< y
  telemetry::AoiRole stimulus = telemetry::AoiRole::threat;  ///< what is attended to
};

/// Where the eyes go next.
struct GazeTarget {
  glm::dvec3 direction;
  bool on_stimulus = false;  ///< meets an area of the stimulus's role before any other
  bool on_area = false;      ///< was chosen for an area, not for the landscape
};

/// The next fixation: on the stimulus with probability 0.7 while attending to it and 0.1 otherwise, where one
/// is drawn and within reach; else on another area or on the landscape, evenly. On the landscape, and within
/// an area that is large enough, the saccade has the amplitude asked for; elsewhere the target fixes it.
[[nodiscard]] GazeTarget choose_target(const Looking& looking, const Aois& areas, std::mt19937_64& random);
/// A fixation on an area of that role; nothing where none is seen.
[[nodiscard]] std::optional<GazeTarget> choose_on(telemetry::AoiRole role, const Looking& looking,
                                                  const Aois& areas, std::mt19937_64& random);
/// A fixation beside the present one: the eyes stay with what they rest on.
[[nodiscard]] GazeTarget choose_beside(const Looking& looking, const Aois& areas, std::mt19937_64& random);

}  // namespace attune::sim
