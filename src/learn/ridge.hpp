#pragma once

#include <array>
#include <vector>

#include "attune/state/features.hpp"
#include "learn/fitting.hpp"

namespace attune::learn {

/// A number a feature, and the intercept.
using Line = std::array<float, state::feature_count + 1>;

/// What a monitor's network begins at: the mean of ridge regressions of the labels on the rows, under
/// penalties from heavy to light, each brought to deviation 1, and that mean fitted to the labels by least
/// squares. Which penalty serves best cannot be told from a few dozen people, and the mean of several does as
/// well as any (Bates & Granger, Operational Research Quarterly 20, 1969).
/// @param rows  of `state::feature_count` standardised features. Features that never vary get 0.
[[nodiscard]] Line ridge_line(const Rows& rows);

}  // namespace attune::learn
