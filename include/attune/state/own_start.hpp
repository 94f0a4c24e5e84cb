#pragma once

#include <array>
#include <cmath>

#include "attune/state/features.hpp"

namespace attune::state {

/// What is usual for one person: the mean of each feature over the earliest data in which it was valid, at
/// most 60 s of it. Nobody promises that somebody is calm then; it is only this person's, and short. How
/// much it counts against what is usual for people is `Standardisation`'s.
class OwnStart {
 public:
  static constexpr float longest_s = 60.0F;

  /// Takes the features of one step. @param step_s  since the step before, above 0.
  void push(const Features& features, float step_s) {
    for (std::size_t i = 0; i < feature_count; ++i) {
      if (!features.present[i] || known_s_[i] >= longest_s || !std::isfinite(features.value[i])) continue;
      known_s_[i] += step_s;
      mean_[i] += step_s / known_s_[i] * (features.value[i] - mean_[i]);
    }
  }

  [[nodiscard]] float mean(std::size_t feature) const { return mean_[feature]; }
  [[nodiscard]] float known_s(std::size_t feature) const { return known_s_[feature]; }  ///< 0..60

 private:
  std::array<float, feature_count> mean_{}, known_s_{};
};

}  // namespace attune::state
