#pragma once

#include <array>
#include <cmath>

#include "attune/state/features.hpp"

namespace attune::learn {

/// A factor a feature by which every sensor group that is there weighs alike before anything is learnt: with
/// a penalty on weights, 28 figures of the eyes would otherwise outvote one of the head. Mean square over the
/// usable features is 1. @param usable  features that are read at all; the factor of others is 0.
template <typename Usable>
[[nodiscard]] std::array<double, state::feature_count> group_balance(const Usable& usable) {
  std::array<double, state::feature_group_count> members{};
  double features = 0.0, groups = 0.0;
  for (std::size_t i = 0; i < state::feature_count; ++i) {
    if (!usable(i)) continue;
    auto& count = members[static_cast<std::size_t>(state::feature_table[i].group)];
    groups += count > 0.0 ? 0.0 : 1.0;
    count += 1.0;
    features += 1.0;
  }
  std::array<double, state::feature_count> factors{};
  for (std::size_t i = 0; i < state::feature_count; ++i) {
    const double count = members[static_cast<std::size_t>(state::feature_table[i].group)];
    if (usable(i)) factors[i] = std::sqrt(features / (groups * count));
  }
  return factors;
}

}  // namespace attune::learn
