#pragma once

#include <vector>

#include "attune/learn/dataset.hpp"
#include "attune/state/monitor.hpp"
#include "learn/backend.hpp"
#include "learn/fitting.hpp"

namespace attune::learn {

/// Some samples of a data set, which outlives them.
using Samples = std::vector<const Dataset::Sample*>;

/// Mean, settling time and deviation of every feature over the samples that have it; samples without weight
/// do not count.
[[nodiscard]] state::Standardisation standardisation_of(const Samples& training);
[[nodiscard]] InputScales scales_of(const state::Standardisation& standardisation);

/// Samples of some weight as the monitor's network takes them.
[[nodiscard]] Rows rows_of(const Samples& samples, const state::Standardisation& standardisation);

}  // namespace attune::learn
