#pragma once

#include <array>
#include <cstdint>
#include <glm/vec3.hpp>
#include <random>

#include "attune/sim/population.hpp"
#include "attune/telemetry/frame.hpp"
#include "sim/poisson_events.hpp"

namespace attune::sim {

/// Two hands at rest with controllers in them.
///
/// Tremor of 8–11 Hz, rms 0.2 + 0.8 G X mm in three dimensions; gestures by chance, 6 a minute, and
/// 6 (1 − 0.5 X) for those who freeze, so that the wholly frozen make 3.
class Hands {
 public:
  Hands(const PatientParameters& patient, std::uint64_t seed);

  /// Anxiety from `start_s` on, and the gestures that begin in [start_s, start_s + length_s).
  void live(double start_s, double length_s, double anxiety);
  /// One hand. @param trunk_m  how far sway has carried the trunk from its place.
  [[nodiscard]] telemetry::HandSample sample(telemetry::Side side, double time_s,
                                             const glm::dvec3& trunk_m) const;

 private:
  /// One sinusoid of the tremor; three whose frequencies differ beat as real tremor does.
  struct Component {
    double frequency_hz = 0.0, phase_rad = 0.0;
    glm::dvec3 direction{0.0};
  };
  /// A movement out and back.
  struct Gesture {
    std::size_t side = 0;
    double start_s = -10.0, length_s = 1.0;
    glm::dvec3 reach_m{0.0};
  };

  [[nodiscard]] double tremor_m(double time_s) const;

  PatientParameters patient_;
  std::mt19937_64 random_;
  PoissonEvents gestures_;
  std::array<std::array<Component, 3>, 2> tremor_;
  std::array<Gesture, 2> gesture_{};  ///< the last and the one before
  double anxiety_before_, anxiety_, since_s_ = 0.0;
};

}  // namespace attune::sim
