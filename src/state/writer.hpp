#pragma once

#include <cmath>
#include <string_view>

#include "attune/state/features.hpp"
#include "state/distribution.hpp"
#include "state/window.hpp"

namespace attune::state {

// Less evidence than this, and a feature is missing (docs/features.md).
inline constexpr double least_evidence_s = 5.0;  // for means and rates
inline constexpr double nearly_whole = 0.8;      // of a window, for what depends on its length
inline constexpr std::size_t least_for_mean = 3, least_for_sd = 5, least_for_skew = 8;
inline constexpr std::size_t max_over_events = 20;

/// One feature's row.
struct Place {
  std::size_t index;
  float window_s;

  [[nodiscard]] constexpr double window() const { return static_cast<double>(window_s); }
  /// Evidence that a mean over this window needs: a short window cannot hold much.
  [[nodiscard]] constexpr double least_s() const { return std::min(least_evidence_s, 0.5 * window()); }
};

/// The place of a feature, checked when compiled.
consteval Place at(std::string_view name) {
  const auto index = feature_index(name);
  if (index == feature_count || !feature_table[index].computed) throw "no such feature is computed";
  return {index, feature_table[index].window_s};
}

/// Writes features, of which only finite ones are present.
class Writer {
 public:
  explicit Writer(Features& features) : features_(features) {}

  void put(Place place, double value) {
    if (!std::isfinite(value)) return;
    features_.value[place.index] = static_cast<float>(value);
    features_.present.set(place.index);
  }
  void put_if(bool known, Place place, double value) {
    if (known) put(place, value);
  }
  /// Mean, SD, skew and maximum, which stand side by side in the table, as far as there are enough values.
  void put_distribution(Place mean, const Distribution& d, std::size_t max_over) {
    const auto next = [&](std::size_t i) { return Place{mean.index + i, mean.window_s}; };
    put_if(d.count >= least_for_mean, mean, d.mean);
    put_if(d.count >= least_for_sd, next(1), d.sd);
    put_if(d.count >= least_for_skew, next(2), d.skew);
    put_if(d.count >= max_over, next(3), d.max);
  }

 private:
  Features& features_;
};

/// From mean and mean square; 0 where rounding makes the variance negative.
[[nodiscard]] inline double deviation(double sum, double sum_of_squares, double time) {
  const double mean = sum / time;
  return std::sqrt(std::max(sum_of_squares / time - mean * mean, 0.0));
}

/// The oldest of a list that belongs to the window of this length that ends now.
template <class Ring>
[[nodiscard]] std::size_t first_within(const Ring& happenings, core::SessionTime now, double window_s) {
  const auto from_ns = now.ns - static_cast<std::int64_t>(window_s * 1e9);
  std::size_t i = 0;
  while (i < happenings.size() && happenings[i].end.ns < from_ns) ++i;
  return i;
}

}  // namespace attune::state
