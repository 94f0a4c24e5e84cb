#pragma once

#include <cstdint>

#include "attune/sensors/clock_estimator.hpp"
#include "attune/sensors/streams.hpp"

namespace attune::sensors {

/// Where several sources give one stream, the lower rank is believed as long as it has something to say.
inline constexpr std::size_t rank_count = 3;
/// A stream may be measured on both sides of the body; the reading is their mean.
inline constexpr std::size_t part_count = 2;

/// One value, as a source's thread hands it to the frame loop. Whatever is wrong with it is named in `fault`;
/// then `value` is not read.
struct Sample {
  Stream stream = Stream::heart_rate_bpm;
  std::uint8_t rank = 0;  ///< below `rank_count`
  std::uint8_t part = 0;  ///< below `part_count`
  Fault fault = Fault::none;
  float value = 0.0F;
  std::int64_t measured_ns = 0;  ///< CLOCK_MONOTONIC; the instant of measuring as well as it is known
};

/// What passes through a source's queue: a sample, or what is known of a sensor's clock.
struct Message {
  enum class Kind : std::uint8_t { sample, clock };
  Kind kind = Kind::sample;
  Sample sample;
  Group clock_of = Group::heart_rate;  ///< clock: the streams that are placed by it
  ClockEstimate clock;                 ///< offset to CLOCK_MONOTONIC
};

}  // namespace attune::sensors
