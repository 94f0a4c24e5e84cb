#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attune/telemetry/frame.hpp"

namespace attune::datasets {

/// The name behind an `AoiShape::id` of a visit.
struct AoiName {
  std::uint16_t id = 0;
  std::string name;  ///< as the data set has it
  telemetry::AoiRole role = telemetry::AoiRole::neutral;
};

/// One person's recorded stay in one virtual place, in our frame of reference (right-handed, Y up, −Z
/// forward, metres).
struct Visit {
  std::string set;                       ///< "vr-cafe", "vr-wait" or "ceap360vr"
  std::string id;                        ///< the person, as the data set has it
  std::string visit;                     ///< which of the person's visits: "3_3", "6_MINUTE_WAIT", "V3"
  std::string licence;                   ///< SPDX identifier
  double rate_hz = 0.0;                  ///< frames a second, median
  std::vector<telemetry::Frame> frames;  ///< times start at 0 and increase strictly; indices count from 0
  std::vector<AoiName> aois;             ///< ids count from 1, in order of appearance
  std::vector<std::string> notes;        ///< what was left out, held or made up, a sentence each

  [[nodiscard]] double length_s() const { return frames.empty() ? 0.0 : frames.back().time.seconds(); }
};

}  // namespace attune::datasets
