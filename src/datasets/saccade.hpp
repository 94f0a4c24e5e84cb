#pragma once

#include <cstddef>
#include <glm/vec3.hpp>
#include <optional>
#include <span>

namespace attune::datasets {

struct Fixation {
  double start_s, end_s;
  glm::dvec3 direction;  ///< unit vector, mean of the fixation
};

/// Seconds a saccade of this size takes: 2.2 ms/deg + 21 ms (Carpenter, Movements of the Eyes, 2nd ed. 1988,
/// p. 71).
[[nodiscard]] double saccade_duration_s(double amplitude_deg);

/// Share of the way a saccade has gone after the share `t` of its duration, 0..1: minimum jerk, whose peak
/// is 1.875 times the mean velocity (Flash & Hogan, J Neurosci 5, 1985).
[[nodiscard]] double saccade_progress(double t);

/// Gaze along a list of fixations: still within each; between two it stays, then moves along a saccade that
/// lands when the next begins (one that fills the whole gap when that is shorter).
class FixationTrack {
 public:
  struct Gaze {
    glm::dvec3 direction;
    bool filled_in = false;  ///< between fixations
  };
  /// @param fixations  by increasing start; must outlive the track.
  explicit FixationTrack(std::span<const Fixation> fixations) : fixations_(fixations) {}
  /// Ask with times that do not decrease. Nothing before the first and after the last fixation.
  std::optional<Gaze> at(double time_s);

 private:
  std::span<const Fixation> fixations_;
  std::size_t current_ = 0;
};

}  // namespace attune::datasets
