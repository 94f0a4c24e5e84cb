#pragma once

#include <optional>
#include <span>

#include "attune/signal/rr_series.hpp"

/// Variability of the heart rate: Task Force of the ESC and NASPE, Circulation 93 (1996). Only normal
/// intervals count; differences only between two that follow one another.
namespace attune::signal {

/// Measures over time.
struct HrvTime {
  std::size_t intervals = 0;    ///< normal ones
  std::size_t differences = 0;  ///< between two normal ones that follow each other
  std::optional<double> mean_ms, median_ms, min_ms, max_ms, rate_bpm;
  std::optional<double> sdnn_ms, sdsd_ms, rmssd_ms;  ///< from two intervals (differences) on
  std::optional<double> pnn50, pnn20;                ///< shares, 0..1
};

/// Powers of bands; null where the record is too short, or normal intervals cover less than 70 % of it.
struct HrvBands {
  std::optional<double> vlf_ms2;  ///< 0.0033–0.04 Hz, from 300 s on
  std::optional<double> lf_ms2;   ///< 0.04–0.15 Hz, from 120 s on
  std::optional<double> hf_ms2;   ///< 0.15–0.4 Hz, from 60 s on
  std::optional<double> lf_hf;
  std::optional<double>
      breaths_per_min;  ///< by the top of the spectrum at 0.1–0.5 Hz, where there is one; from 30 s on
};

/// @param intervals  in order of time.
[[nodiscard]] HrvTime hrv_time(std::span<const Interval> intervals);
/// The same without allocating.
/// @param room  for as many values as there are intervals; left in disorder.
[[nodiscard]] HrvTime hrv_time(std::span<const Interval> intervals, std::span<double> room);

/// By Lomb's periodogram (Astrophys Space Sci 39, 1976) of the intervals at their own instants, straight line
/// taken out, tapered by a Hann window; stretches of five minutes, half overlapping, averaged. Takes some 10
/// µs an interval.
[[nodiscard]] HrvBands hrv_bands(std::span<const Interval> intervals);

}  // namespace attune::signal
