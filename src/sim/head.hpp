#pragma once

#include <array>
#include <cstdint>
#include <glm/gtc/quaternion.hpp>
#include <glm/vec3.hpp>
#include <random>

#include "attune/sim/population.hpp"
#include "sim/confined_walk.hpp"
#include "sim/exercise.hpp"

namespace attune::sim {

/// Head and trunk of a standing person.
///
/// The angular speed is Ornstein–Uhlenbeck, rms 6 + 14 G X °/s, or 6 (1 − 0.75 X) for those who go still: at
/// height the fearful move their heads half as fast (doi 10.3233/VES-140529). Turns that help the eyes to far
/// targets come on top. Sway rms is 4 + 4 X mm, both horizontal directions together.
class Head {
 public:
  static constexpr double tick_s = 0.02;
  static constexpr double widest_yaw_deg = 75.0, lowest_pitch_deg = -50.0,
                          highest_pitch_deg = 40.0;  ///< of the neck
  static constexpr double eyes_reach_deg = 25.0;     ///< from straight ahead of the head

  Head(const PatientParameters& patient, std::uint64_t seed);

  /// Lives through the tick that begins at `start_s`, with anxiety as it is then.
  void tick(double start_s, double anxiety);
  /// Turns the head, beginning at `start_s`, so that it helps the eyes towards `target`: what it leaves to
  /// them is less than `left_to_eyes_deg` where the neck allows.
  void help_eyes(double start_s, const glm::dvec3& target, double left_to_eyes_deg);
  /// Gives back a part of a turn that has been held for a while and is no longer needed.
  void relax(double start_s);
  /// What the whole body does in a movement break.
  [[nodiscard]] Exercise& exercise() { return exercise_; }
  [[nodiscard]] const Exercise& exercise() const { return exercise_; }

  /// Valid from the present tick's start to its end.
  [[nodiscard]] glm::dquat orientation(double time_s) const;
  [[nodiscard]] glm::dvec3 forward(double time_s) const;
  [[nodiscard]] glm::dvec3 position_m(double time_s) const;  ///< between the eyes
  /// Whether head and eyes together can look there.
  [[nodiscard]] static bool reaches(const glm::dvec3& direction);

 private:
  /// A voluntary turn about one axis: from one angle to another with minimum jerk.
  struct Turn {
    double from_deg = 0.0, to_deg = 0.0, start_s = 0.0, length_s = 0.3;
    [[nodiscard]] double at(double time_s) const;
    void go(double start_s, double to_deg);
  };
  enum Axis { yaw = 0, pitch = 1, roll = 2 };

  PatientParameters patient_;
  std::mt19937_64 random_;
  double tick_start_s_ = 0.0;
  std::array<ConfinedWalk, 3> wander_;  ///< degrees about each axis
  std::array<ConfinedWalk, 2> sway_;    ///< metres, to the side and forward
  std::array<Turn, 2> turn_;            ///< yaw and pitch
  Exercise exercise_;
};

}  // namespace attune::sim
