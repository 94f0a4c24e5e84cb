#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "attune/core/ring.hpp"
#include "attune/core/time.hpp"
#include "attune/state/feature_extractor.hpp"

namespace attune::state {

/// What is summed over time: each second of evidence counts by its length, so that the number of frames does
/// not matter. Names end in what they hold; a `…_s` is the time for which its group was seen.
enum class Sum : std::uint8_t {
  eye_s,
  eccentricity_deg_s,
  gaze_x_s,
  gaze_y_s,
  gaze_z_s,
  area_s,
  target_possible_s,
  target_s,
  threat_or_calm_s,
  threat_s,
  calm_s,
  view_s,
  threat_in_view_s,
  head_s,
  turn_deg,
  turn_deg2_s,
  still_s,
  pitch_deg_s,
  level_s,
  yaw_sine_s,
  yaw_cosine_s,
  sway_s,
  sway_m2_s,
  sway_path_m,
  hand_s,
  hand_path_m,
  hand_m2_s,
  hand_still_s,
  tremor_s,
  tremor_mm2_s,
  reach_s,
  reach_m_s,
  trigger_s,
  trigger_pulls,
  heart_s,
  heart_beats,
  skin_s,
  skin_us_s,
  skin_us2_s,
  breath_s,
  breath_rate_s,
  breath_rate2_s,
  warmth_s,
  warmth_c_s,
  count
};
inline constexpr std::size_t sum_count = static_cast<std::size_t>(Sum::count);

/// Evidence of one step of 250 ms.
struct StepSums {
  std::array<float, sum_count> sums{};
  float skin_least = 1e9F, skin_most = -1e9F;

  void add(Sum sum, float amount) { sums[static_cast<std::size_t>(sum)] += amount; }
  [[nodiscard]] float operator[](Sum sum) const { return sums[static_cast<std::size_t>(sum)]; }
};

/// Sums over a trailing window. They are added up anew at every step: a running sum would remember its
/// rounding.
struct WindowSums {
  std::array<double, sum_count> sums{};
  double skin_least = 1e9, skin_most = -1e9;

  [[nodiscard]] double operator[](Sum sum) const { return sums[static_cast<std::size_t>(sum)]; }
  void add(const StepSums& step) {
    for (std::size_t i = 0; i < sum_count; ++i) sums[i] += static_cast<double>(step.sums[i]);
    skin_least = std::min(skin_least, static_cast<double>(step.skin_least));
    skin_most = std::max(skin_most, static_cast<double>(step.skin_most));
  }
};

inline constexpr double long_window_s = 30.0, short_window_s = 10.0;
inline constexpr auto long_window_steps = static_cast<std::size_t>(long_window_s / FeatureExtractor::step_s);
inline constexpr auto short_window_steps =
    static_cast<std::size_t>(short_window_s / FeatureExtractor::step_s);
using Steps = core::Ring<StepSums, long_window_steps>;

/// Something that happened, with up to three numbers.
struct Happening {
  core::SessionTime end{};
  float duration = 0.0F, amplitude = 0.0F, direction = 0.0F;
  bool timed = true;  ///< `duration` was measured
};
/// A window's worth: the eyes jump at most some five times a second.
using Happenings = core::Ring<Happening, 192>;

}  // namespace attune::state
