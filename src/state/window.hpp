#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "attune/core/ring.hpp"
#include "attune/core/time.hpp"
#include "attune/signal/rr_series.hpp"
#include "attune/state/feature_extractor.hpp"

namespace attune::state {

/// What is summed over time: each second of evidence counts by its length, so that the number of frames does
/// not matter. Names end in what they hold; a `…_s` is the time for which its group was seen.
enum class Sum : std::uint8_t {
  eye_s,
  fine_eye_s,  ///< by a tracker fast enough for microsaccades
  eccentricity_s,
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
  skin_wave_s,  ///< in which a response of the skin could be seen
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

/// The lengths that a feature's window can have.
inline constexpr std::array<float, 4> window_lengths_s{2.0F, 10.0F, 30.0F, 60.0F};
inline constexpr double longest_window_s = 60.0;
inline constexpr auto longest_window_steps =
    static_cast<std::size_t>(longest_window_s / FeatureExtractor::step_s);
using Steps = core::Ring<StepSums, longest_window_steps>;

/// The sums over windows of every length that end now.
class Windows {
 public:
  explicit Windows(const Steps& steps) {
    WindowSums so_far;
    std::size_t taken = 0;
    for (std::size_t w = 0; w < window_lengths_s.size(); ++w) {
      const auto wanted =
          static_cast<std::size_t>(static_cast<double>(window_lengths_s[w]) / FeatureExtractor::step_s);
      for (; taken < std::min(wanted, steps.size()); ++taken) so_far.add(steps[steps.size() - 1 - taken]);
      windows_[w] = so_far;
    }
  }
  /// @param length_s  one of `window_lengths_s`.
  [[nodiscard]] const WindowSums& of(float length_s) const {
    std::size_t w = 0;
    while (w + 1 < window_lengths_s.size() && window_lengths_s[w] < length_s) ++w;
    return windows_[w];
  }

 private:
  std::array<WindowSums, window_lengths_s.size()> windows_;
};

/// Something that happened, with a few numbers.
struct Happening {
  core::SessionTime end{};
  float duration = 0.0F, amplitude = 0.0F, direction = 0.0F;
  bool timed = true;  ///< `duration` was measured
  float peak = 0.0F;  ///< speed of a microsaccade
};
/// A window's worth: the eyes jump at most some five times a second.
using Happenings = core::Ring<Happening, 192>;
/// Beats of the longest window, at 220 a minute and with artefacts among them.
inline constexpr std::size_t most_intervals = 256;
struct TimedInterval {
  core::SessionTime end{};
  signal::Interval interval;  ///< on a clock of its own, whose differences are exact
};
using Intervals = core::Ring<TimedInterval, most_intervals>;

}  // namespace attune::state
