#pragma once

#include <span>
#include <vector>

#include "attune/learn/figures.hpp"
#include "learn/judging.hpp"

namespace attune::learn {

/// Errors and what they make estimates worth; not the calibration, nor what is said of the network that is
/// kept.
[[nodiscard]] MonitorFigures figures_of(const std::vector<Judged>& judged);

/// @param monitors  that were judged, knowing what their estimates are worth; by `Judged::network`.
[[nodiscard]] Calibration calibration_of(const std::vector<Judged>& judged,
                                         std::span<const state::StateMonitor> monitors);

}  // namespace attune::learn
