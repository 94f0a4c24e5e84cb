#pragma once

#include "attune/learn/dataset.hpp"
#include "attune/learn/training.hpp"
#include "attune/state/monitor.hpp"

namespace attune::learn {

/// Measures a monitor, and what it must beat, on the validation people. `epochs` is left empty.
[[nodiscard]] MonitorFigures figures_of(const state::StateMonitor& monitor, const Dataset& training,
                                        const Dataset& validation);

}  // namespace attune::learn
