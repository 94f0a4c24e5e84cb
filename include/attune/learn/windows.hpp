#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "attune/state/features.hpp"
#include "attune/telemetry/frame.hpp"

namespace attune::learn {

/// Length of the windows that samples are made of: the longest of any feature.
[[nodiscard]] double window_s();

/// Plays a whole visit through the feature extractor and takes the features at `count` instants spread evenly
/// from `window_s()` to its end. So every visit gives equally many windows of equal length, and neither their
/// number nor how full they are tells how long it was: length alone predicts most labels.
/// @param frames  by time, from 0.
/// @return nothing for a visit shorter than a window.
[[nodiscard]] std::vector<state::Features> equal_windows(std::span<const telemetry::Frame> frames,
                                                         std::size_t count);

}  // namespace attune::learn
