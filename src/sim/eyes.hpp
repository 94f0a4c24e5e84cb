#pragma once

#include <array>
#include <cstdint>
#include <glm/vec3.hpp>
#include <random>

#include "attune/sim/virtual_patient.hpp"
#include "sim/gaze_targets.hpp"
#include "sim/gaze_task.hpp"
#include "sim/head.hpp"
#include "sim/poisson_events.hpp"

namespace attune::sim {

/// Fixations, saccades and blinks of one person.
///
/// Fixations are lognormal, median 0.26 (1 − 0.25 G X) s; saccades lognormal, median 6 (1 + 0.4 G X)°, with
/// the main sequence of Bahill, Clark & Stark, Mathematical Biosciences 24 (1975) 191; blinks 12 + 14 G X a
/// minute. The eyes stay within 25° of the head, which turns for what lies beyond.
class Eyes {
 public:
  Eyes(const PatientParameters& patient, std::uint64_t seed);

  /// When the present fixation ends.
  [[nodiscard]] double next_shift_s() const { return next_shift_s_; }
  /// Chooses and starts the next saccade. Call at `next_shift_s`, once.
  void shift(Head& head, const Aois& areas, const PlantState& truth, const GazeTask& task);
  /// Draws the blinks that begin in [start_s, start_s + length_s).
  void blink(double start_s, double length_s, double anxiety);

  /// Unit vector, without tracker noise.
  [[nodiscard]] glm::dvec3 gaze(double time_s, const Head& head) const;
  [[nodiscard]] bool closed(double time_s) const;
  /// The present fixation and the saccade that led to it.
  [[nodiscard]] const EyeMovement& movement() const { return movement_; }

 private:
  [[nodiscard]] GazeTarget choose(const Looking& looking, const Aois& areas, const PlantState& truth,
                                  const GazeTask& task);

  struct Blink {
    double start_s = -1.0, end_s = -1.0;
  };

  PatientParameters patient_;
  std::mt19937_64 random_, blink_random_, task_random_;
  PoissonEvents blinks_;
  std::array<Blink, 2> blink_{};  ///< the last and the one before
  EyeMovement movement_;
  glm::dvec3 from_, to_;  ///< ends of the last saccade
  double next_shift_s_;
};

/// How fast and how long a saccade of that amplitude is.
struct MainSequence {
  double peak_deg_s = 0.0, duration_s = 0.0;
};
/// Peak 550 (1 − e^(−A/14)) °/s, duration 21 ms + 2.2 ms/°. Below some 6° the two exclude each other (the
/// mean velocity would exceed the peak): there the peak holds and the saccade takes as long as it needs.
[[nodiscard]] MainSequence main_sequence(double amplitude_deg);

}  // namespace attune::sim
