#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sensors/message.hpp"

namespace attune::sensors {

/// Turns the powers of the EEG's bands, which come one by one as log10, into shares of the whole. A logarithm
/// says nothing without the amplifier's unit; shares and the difference of two sides are free of it.
class EegBands {
 public:
  static constexpr double together_s = 1.0;  // bands of one moment come within so long
  static constexpr double most_bels = 12.0;  // of a power in µV², beyond any electrode

  /// One band, of one side, measured at `sample.measured_ns`; `sample.value` is not read.
  /// @param out  gets the shares of that side once all bands are there, and the asymmetry once both alphas
  /// are
  void take(const Sample& sample, double bels, std::vector<Sample>& out);

 private:
  struct Band {
    double bels = 0.0;
    std::int64_t measured_ns = 0;
    bool there = false;
  };
  std::array<std::array<Band, telemetry::eeg_band_count>, part_count> bands_;
};

}  // namespace attune::sensors
