#pragma once

#include "attune/state/features.hpp"
#include "state/window.hpp"

namespace attune::state {

/// All that the features of one moment are computed from.
struct Evidence {
  Steps steps;  ///< oldest first, the newest ended now
  Happenings fixations, saccades, blinks, visits;
};

/// Features from the evidence of the trailing windows that end at `now`; happenings that ended before the
/// window are dropped. What has too little evidence is left missing (docs/features.md says how much it
/// takes).
void compute_features(Evidence& evidence, core::SessionTime now, Features& features);

}  // namespace attune::state
