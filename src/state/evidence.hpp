#pragma once

#include "state/window.hpp"

namespace attune::state {

/// All that the features of one moment are computed from.
struct Evidence {
  Steps steps;  ///< oldest first, the newest ended now
  Happenings fixations, saccades, microsaccades, blinks, visits;
  Happenings skin_tops, skin_onsets;  ///< of responses
  Happenings breaths;                 ///< `duration`, s
  Intervals intervals;                ///< between heartbeats, artefacts among them
};

}  // namespace attune::state
