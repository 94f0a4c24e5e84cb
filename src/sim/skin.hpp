#pragma once

#include <cstdint>
#include <random>

#include "attune/sim/population.hpp"
#include "attune/telemetry/samples.hpp"
#include "sim/poisson_events.hpp"

namespace attune::sim {

/// Conductance and warmth of the skin, and the wrist sensor that measures them four times a second.
///
/// Tonic level 2 + 6 G X µS (τ 20 s); responses by chance, 2 + 14 G X a minute, amplitudes lognormal with
/// median 0.3 µS, each the difference of two exponentials of 2 and 0.7 s (Greco et al., IEEE Transactions on
/// Biomedical Engineering 63 (2016) 797). Temperature 33.5 − 1.2 X °C (τ 120 s).
class Skin {
 public:
  static constexpr double tick_s = 0.25;

  Skin(const PatientParameters& patient, std::uint64_t seed);

  /// Lives through the tick that ends at `end_s`.
  void live(double end_s, double anxiety);
  void read(double now_s, telemetry::Vitals& vitals) const;

 private:
  PatientParameters patient_;
  std::mt19937_64 random_;
  PoissonEvents responses_;
  double tonic_us_, warmth_c_;
  double falling_us_ = 0.0, rising_us_ = 0.0;  ///< the responses' two exponentials
  double measured_us_ = 0.0, measured_c_ = 0.0, measured_s_ = -1.0;
};

}  // namespace attune::sim
