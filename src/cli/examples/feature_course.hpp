#pragma once

#include <array>
#include <functional>
#include <span>

#include "attune/state/feature_extractor.hpp"

namespace attune::cli {

/// Mean of features over moments. A feature that fewer than half of the moments have is missing.
class MeanFeatures {
 public:
  void add(const state::Features& features);
  [[nodiscard]] state::Features mean() const;
  [[nodiscard]] std::size_t moments() const { return moments_; }

 private:
  std::array<double, state::feature_count> sums_{}, counts_{};
  std::size_t moments_ = 0;
};

/// Plays the frames between two times through a fresh extractor, as if the visit had begun at `from_s`.
/// @param on_step  is called whenever there are new features, with the time since `from_s`.
void play(std::span<const telemetry::Frame> frames, double from_s, double to_s,
          const std::function<void(double time_s, const state::Features&)>& on_step);

}  // namespace attune::cli
