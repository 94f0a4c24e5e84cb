#pragma once

#include <cstdint>
#include <random>

#include "attune/sim/population.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::sim {

/// Breathing, and the belt that measures it ten times a second.
///
/// 14 + 8 G X breaths a minute; while a guide is shown, drawn to its rate with a time constant of 20/c s,
/// where c is the compliance, and back as slowly. Each breath is by chance some 8 % longer or shorter.
class Breath {
 public:
  Breath(const PatientParameters& patient, std::uint64_t seed);

  /// Lives through `length_s` from `start_s`. @param guide_per_min  of the guide that is shown; 0: none is.
  void live(double start_s, double length_s, double anxiety, double guide_per_min);
  /// Within the stretch that is lived: 0..1, 0 = start of breathing in.
  [[nodiscard]] double phase(double time_s) const;
  [[nodiscard]] double per_min() const { return rate_per_min_; }
  void read(double now_s, telemetry::Vitals& vitals) const;

 private:
  PatientParameters patient_;
  std::mt19937_64 random_;
  double guided_ = 0.0;         ///< 0..1, how far the guide is followed
  double guide_per_min_ = 6.0;  ///< the last that was shown
  double pace_ = 1.0;           ///< of the present breath
  double rate_per_min_;
  double phase_, start_s_ = 0.0, phase_per_s_ = 0.0;
  double breath_began_s_ = -1.0;
  double measured_per_min_ = 0.0;  ///< by the belt, smoothed over its last breaths; 0: no whole breath yet
};

}  // namespace attune::sim
