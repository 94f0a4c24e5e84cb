#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attune/record/streams.hpp"

namespace attune::report {

/// One stretch of the session: a phase, or all of a recording without phases.
struct PhasePart {
  std::optional<std::uint16_t> phase;
  double from_s = 0.0, to_s = 0.0;
};

/// Begins a part where the moment is of another phase than the part before it.
template <typename Part>  // a PhasePart
void enter_phase(std::vector<Part>& parts, const record::Moment& moment) {
  const double now_s = moment.frame.time.seconds();
  std::optional<std::uint16_t> phase;
  if (moment.decided) phase = moment.decision.phase;
  if (parts.empty() || (phase && parts.back().phase != phase)) {
    parts.emplace_back();
    parts.back().phase = phase;
    parts.back().from_s = now_s;
  }
  parts.back().to_s = now_s;
}

}  // namespace attune::report
