#include "attune/signal/hrv.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

#include "signal/periodogram.hpp"

namespace attune::signal {

namespace {

// Task Force (1996), table 2; the shortest records are ten waves of a band's slowest, or what it calls
// short-term.
constexpr double vlf_from_hz = 0.0033, lf_from_hz = 0.04, hf_from_hz = 0.15, hf_to_hz = 0.4;
constexpr double vlf_needs_s = 300.0, lf_needs_s = 120.0, hf_needs_s = 60.0, breath_needs_s = 30.0;
constexpr double stretch_s = 300.0, least_cover = 0.7;
constexpr double breath_from_hz = 0.1, breath_to_hz = 0.5;
constexpr double least_breath_share =
    0.5;  // of that range's power within 0.03 Hz of its top: breathing is narrow

double deviation(std::span<const double> values) {
  double mean = 0.0, square = 0.0;
  for (const double v : values) mean += v / static_cast<double>(values.size());
  for (const double v : values) square += (v - mean) * (v - mean);
  return std::sqrt(square / static_cast<double>(values.size() - 1));
}

/// Puts `values` into another order.
double median(std::span<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return 0.5 * (*middle + *std::max_element(values.begin(), middle));
}

void set_differences(HrvTime& out, std::span<const double> steps) {
  if (steps.empty()) return;
  double square = 0.0, over50 = 0.0, over20 = 0.0;
  for (const double step : steps) {
    square += step * step;
    over50 += std::abs(step) > 50.0 ? 1.0 : 0.0;
    over20 += std::abs(step) > 20.0 ? 1.0 : 0.0;
  }
  const auto count = static_cast<double>(steps.size());
  out.differences = steps.size();
  out.rmssd_ms = std::sqrt(square / count);
  out.pnn50 = over50 / count;
  out.pnn20 = over20 / count;
  if (steps.size() > 1) out.sdsd_ms = deviation(steps);
}

/// The intervals that begin at `from` or later and end by `to`.
std::span<const Interval> between(std::span<const Interval> intervals, double from, double to) {
  const auto first = std::find_if(intervals.begin(), intervals.end(),
                                  [&](const Interval& i) { return i.end_s - 0.001 * i.ms >= from - 1e-6; });
  const auto last =
      std::find_if(first, intervals.end(), [&](const Interval& i) { return i.end_s > to + 1e-6; });
  return {first, last};
}

/// One stretch's spectrum, or nothing where too little of it is known.
std::optional<Periodogram> spectrum_of(std::span<const Interval> intervals, double length_s) {
  std::vector<double> t, x;
  double covered_s = 0.0;
  for (const auto& interval : intervals) {
    if (!interval.normal()) continue;
    t.push_back(interval.end_s - 0.0005 * interval.ms);
    x.push_back(interval.ms);
    covered_s += 0.001 * interval.ms;
  }
  if (t.size() < 16 || covered_s < least_cover * length_s) return std::nullopt;
  return Periodogram(t, x, hf_to_hz + 0.1);
}

std::optional<double> breaths_of(const Periodogram& spectrum) {
  const auto top = spectrum.top(breath_from_hz, breath_to_hz);
  if (!top) return std::nullopt;
  const double all = spectrum.power(breath_from_hz, breath_to_hz);
  if (spectrum.power(*top - 0.03, *top + 0.03) < least_breath_share * all) return std::nullopt;
  return 60.0 * *top;
}

}  // namespace

HrvTime hrv_time(std::span<const Interval> intervals, std::span<double> room) {
  assert(room.size() >= intervals.size());
  HrvTime out;
  std::size_t count = 0;
  for (const auto& interval : intervals) {
    if (interval.normal()) room[count++] = interval.ms;
  }
  out.intervals = count;
  if (count == 0) return out;
  const auto normal = room.first(count);
  double sum = 0.0;
  for (const double ms : normal) sum += ms;
  out.mean_ms = sum / static_cast<double>(count);
  out.rate_bpm = 60000.0 / *out.mean_ms;
  const auto [least, most] = std::minmax_element(normal.begin(), normal.end());
  out.min_ms = *least;
  out.max_ms = *most;
  if (count > 1) out.sdnn_ms = deviation(normal);
  out.median_ms = median(normal);
  std::size_t steps = 0;
  for (std::size_t i = 1; i < intervals.size(); ++i) {
    if (intervals[i].normal() && intervals[i - 1].normal())
      room[steps++] = intervals[i].ms - intervals[i - 1].ms;
  }
  set_differences(out, room.first(steps));
  return out;
}

HrvTime hrv_time(std::span<const Interval> intervals) {
  std::vector<double> room(intervals.size());
  return hrv_time(intervals, room);
}

HrvBands hrv_bands(std::span<const Interval> intervals) {
  HrvBands out;
  if (intervals.empty()) return out;
  const double start = intervals.front().end_s - 0.001 * intervals.front().ms, end = intervals.back().end_s;
  const double length = end - start, stretch = std::min(stretch_s, length);
  double vlf = 0.0, lf = 0.0, hf = 0.0;
  std::vector<double> breaths;
  int stretches = 0;
  for (double from = start; from + stretch <= end + 1e-6; from += 0.5 * stretch) {
    const auto spectrum = spectrum_of(between(intervals, from, from + stretch), stretch);
    if (!spectrum) continue;
    ++stretches;
    vlf += spectrum->power(vlf_from_hz, lf_from_hz);
    lf += spectrum->power(lf_from_hz, hf_from_hz);
    hf += spectrum->power(hf_from_hz, hf_to_hz);
    if (const auto rate = breaths_of(*spectrum)) breaths.push_back(*rate);
  }
  if (stretches == 0) return out;
  // A record of five minutes ends with the beat before: some seconds may lack.
  constexpr double last_beat_s = 3.0;
  if (length + last_beat_s >= vlf_needs_s) out.vlf_ms2 = vlf / stretches;
  if (length + last_beat_s >= lf_needs_s) out.lf_ms2 = lf / stretches;
  if (length + last_beat_s >= hf_needs_s) out.hf_ms2 = hf / stretches;
  if (out.lf_ms2 && out.hf_ms2 && *out.hf_ms2 > 0.0) out.lf_hf = *out.lf_ms2 / *out.hf_ms2;
  if (length >= breath_needs_s && 2 * breaths.size() > static_cast<std::size_t>(stretches))
    out.breaths_per_min = median(breaths);
  return out;
}

}  // namespace attune::signal
