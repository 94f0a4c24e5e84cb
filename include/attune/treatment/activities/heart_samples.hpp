#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "attune/core/time.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::treatment {

/// The heart rate at one instant.
struct HeartSample {
  double time_s = 0.0;  ///< session time at which it was measured
  float bpm = 0.0F;
};

/// Picks what is new out of the vitals of every frame: each interval between two beats where there are such,
/// the rate otherwise. A reading is new when it is younger than it would be, had nothing come. An interval
/// that differs by more than a quarter from the middle of the last seven is a beat that was missed, made up
/// or early, and is left out.
class HeartSamples {
 public:
  std::optional<HeartSample> push(core::SessionTime now, const telemetry::Vitals& vitals);
  void reset() { *this = {}; }

 private:
  [[nodiscard]] bool fits_the_last(float bpm);

  double last_measured_s_ = -1e9;
  std::array<float, 7> latest_bpm_{};
  std::size_t heard_ = 0;
};

}  // namespace attune::treatment
