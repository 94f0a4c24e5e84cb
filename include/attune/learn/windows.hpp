#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "attune/state/features.hpp"
#include "attune/state/own_start.hpp"
#include "attune/telemetry/frame.hpp"

namespace attune::learn {

/// Seconds of a visit that a sample is made of at least: the window of eyes, head, hands and attention. Heart
/// and skin look back further where there is more.
inline constexpr double window_s = 30.0;

/// Plays a whole visit through the feature extractor and takes the features at `count` instants spread evenly
/// from `window_s` to its end. So every visit gives equally many windows of equal length, and neither their
/// number nor how full they are tells how long it was: length alone predicts most labels.
/// @param frames  by time, from 0.
/// @return nothing for a visit shorter than a window.
struct Window {
  state::Features features;
  state::OwnStart own;  ///< as it was known by then
};
[[nodiscard]] std::vector<Window> equal_windows(std::span<const telemetry::Frame> frames, std::size_t count);

}  // namespace attune::learn
