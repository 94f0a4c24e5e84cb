#pragma once

#include <cstdint>
#include <string>

#include "attune/core/time.hpp"
#include "attune/sensors/clock_estimator.hpp"
#include "attune/sensors/streams.hpp"

namespace attune::sensors {

/// One instant by its two names: what joins the clock of the samples to the session's.
struct FrameInstant {
  core::SessionTime session{};    ///< the frame's predicted display time
  std::int64_t monotonic_ns = 0;  ///< the same instant on CLOCK_MONOTONIC, in nanoseconds
};

/// Something about a sensor that belongs into the recording.
struct Notice {
  enum class Kind : std::uint8_t {
    came,   ///< a group of streams has values that may be believed
    went,   ///< it has none any more; `fault` says why
    clock,  ///< how a sensor's clock stands to the session's
    lost,   ///< samples found no room, because frames came too seldom
  };
  Kind kind = Kind::came;
  core::SessionTime time{};
  Group group = Group::heart_rate;
  Fault fault = Fault::none;
  ClockEstimate clock;  ///< `clock`: offset_s is session time minus the sensor's time
  std::uint64_t count = 0;
};

/// The notice as a sentence for people.
[[nodiscard]] std::string words(const Notice& notice);

}  // namespace attune::sensors
