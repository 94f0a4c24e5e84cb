#include <array>

#include "attune/signal/hrv.hpp"
#include "state/compute_features.hpp"

namespace attune::state {
namespace {

constexpr std::size_t least_differences = 8;  // for figures from beat to beat
constexpr std::size_t extremes_over_beats = 20;
constexpr double least_covered = 0.3;  // of a window, by normal intervals
constexpr double half_ms_a_ms = 2.0;   // VREED counts RR in samples at 2 kHz
constexpr double samples_a_s = 2000.0;
constexpr std::size_t periods_of_regularity = 5;

/// The intervals that ended within a window, in one piece.
class Stretch {
 public:
  Stretch(const Intervals& all, core::SessionTime now, double window_s) {
    for (auto i = first_within(all, now, window_s); i < all.size(); ++i) {
      const auto& interval = all[i].interval;
      items_[size_++] = interval;
      if (!interval.normal()) continue;
      if (covered_s_ == 0.0) from_s_ = interval.end_s - 1e-3 * interval.ms;
      to_s_ = interval.end_s;
      covered_s_ += 1e-3 * interval.ms;
    }
  }
  [[nodiscard]] signal::HrvTime hrv() const {
    std::array<double, most_intervals> room;
    return signal::hrv_time({items_.data(), size_}, room);
  }
  /// Time that normal intervals cover.
  [[nodiscard]] double covered_s() const { return covered_s_; }
  /// Time from the first of them to the last.
  [[nodiscard]] double spanned_s() const { return to_s_ - from_s_; }
  /// The newest so many normal ones at most.
  [[nodiscard]] Values newest(std::size_t most) const {
    std::size_t from = size_, count = 0;
    while (from > 0 && count < most) count += items_[--from].normal() ? 1U : 0U;
    Values values;
    for (std::size_t i = from; i < size_; ++i) {
      if (items_[i].normal()) values.push(static_cast<float>(items_[i].ms));
    }
    return values;
  }

 private:
  std::array<signal::Interval, most_intervals> items_;
  std::size_t size_ = 0;
  double covered_s_ = 0.0, from_s_ = 0.0, to_s_ = 0.0;
};

/// Slope over a window by least squares over its steps, in units a minute.
std::optional<double> slope_per_min(const Steps& steps, Sum seconds, Sum value_s, double window_s) {
  const auto wanted = static_cast<std::size_t>(window_s / FeatureExtractor::step_s);
  const std::size_t first = steps.size() > wanted ? steps.size() - wanted : 0;
  double n = 0.0, t = 0.0, tt = 0.0, c = 0.0, tc = 0.0, known_s = 0.0;
  for (std::size_t i = first; i < steps.size(); ++i) {
    const auto weight = static_cast<double>(steps[i][seconds]);
    if (weight <= 0.0) continue;
    const double at_min = static_cast<double>(i - first) * FeatureExtractor::step_s / 60.0;
    const double value = static_cast<double>(steps[i][value_s]);  // already times its weight
    known_s += weight;
    n += weight;
    t += weight * at_min;
    tt += weight * at_min * at_min;
    c += value;
    tc += value * at_min;
  }
  if (known_s < nearly_whole * window_s) return std::nullopt;
  const double spread = tt - t * t / n;
  if (!(spread > 1e-9)) return std::nullopt;
  return (tc - t * c / n) / spread;
}

/// Of many beats: their spread and their change from one to the next.
void put_variability(const Stretch& stretch, double window_s, Writer& out) {
  const auto hrv = stretch.hrv();
  if (hrv.intervals < least_differences) return;
  out.put(at("ECG_MeanRR"), *hrv.mean_ms * half_ms_a_ms);
  out.put(at("ECG_MedianRR"), *hrv.median_ms * half_ms_a_ms);
  if (const auto newest = stretch.newest(extremes_over_beats); newest.size() == extremes_over_beats) {
    const auto d = newest.describe(extremes_over_beats);
    out.put(at("ECG_MinRR"), newest.least() * half_ms_a_ms);
    out.put(at("ECG_MaxRR"), d.max * half_ms_a_ms);
  }
  // Where a wrist moves, intervals of artefacts are left out here and there: those left still tell the
  // spread.
  const bool spread_over_it =
      stretch.spanned_s() >= nearly_whole * window_s && stretch.covered_s() >= least_covered * window_s;
  if (hrv.sdnn_ms && spread_over_it) out.put(at("ECG_Sdnn"), *hrv.sdnn_ms);
  if (hrv.differences < least_differences) return;
  out.put(at("ECG_Sdsd"), *hrv.sdsd_ms);
  out.put(at("ECG_Rmssd"), *hrv.rmssd_ms * *hrv.rmssd_ms);
  out.put(at("ECG_Pnn50"), *hrv.pnn50);
  out.put(at("ECG_pnn20"), *hrv.pnn20);
  if (*hrv.pnn20 > 0.0) out.put(at("ECG_Pnn50pnn20"), *hrv.pnn50 / *hrv.pnn20);
}

}  // namespace

void put_heart(const Evidence& evidence, core::SessionTime now, const Windows& windows, Writer& out) {
  constexpr auto quick = at("ECG_Bpm"), slow = at("ECG_MeanRR");
  const auto rate_over = [&](Place place) -> std::optional<double> {
    const auto& w = windows.of(place.window_s);
    const double s = w[Sum::heart_s];
    return s >= place.least_s() ? std::optional(60.0 * w[Sum::heart_beats] / s) : std::nullopt;
  };
  std::optional<double> bpm = rate_over(quick);
  if (const auto slow_bpm = rate_over(slow)) out.put(slow, half_ms_a_ms * 60'000.0 / *slow_bpm);
  if (const Stretch recent(evidence.intervals, now, quick.window());
      !bpm && recent.covered_s() >= quick.least_s())
    bpm = recent.hrv().rate_bpm;
  put_variability(Stretch(evidence.intervals, now, slow.window()), slow.window(), out);
  if (!bpm) return;
  out.put(quick, *bpm);
  out.put(at("ECG_Ibi"), 60'000.0 / *bpm);
}

void put_skin(const Evidence& evidence, core::SessionTime now, const Windows& windows, Writer& out) {
  constexpr auto mean = at("GSR_Mean"), spread = at("GSR_SD"), tops = at("GSR_Number_of_Peaks");
  if (const auto& w = windows.of(mean.window_s); w[Sum::skin_s] >= mean.least_s())
    out.put(mean, w[Sum::skin_us_s] / w[Sum::skin_s]);
  if (const auto& w = windows.of(spread.window_s); w[Sum::skin_s] >= nearly_whole * spread.window()) {
    const double sd = deviation(w[Sum::skin_us_s], w[Sum::skin_us2_s], w[Sum::skin_s]);
    out.put(spread, sd);
    out.put(at("GSR_Variance"), sd * sd);
    out.put(at("GSR_Minimum"), w.skin_least);
    out.put(at("GSR_Maximum"), w.skin_most);
  }
  if (const double s = windows.of(tops.window_s)[Sum::skin_wave_s]; s >= 2.0 * least_evidence_s) {
    const auto rate = [&](const Happenings& all) {
      return static_cast<double>(all.size() - first_within(all, now, tops.window())) / (s * samples_a_s);
    };
    out.put(tops, rate(evidence.skin_tops));
    out.put(at("GSR_Number_of_Valleys"), rate(evidence.skin_onsets));
  }
  // Relative to the level, which differs tenfold between people.
  constexpr auto slope = at("Skin_Conductance_Slope");
  const auto& w = windows.of(slope.window_s);
  const double level_us = w[Sum::skin_us_s] / w[Sum::skin_s];
  if (const auto value = slope_per_min(evidence.steps, Sum::skin_s, Sum::skin_us_s, slope.window()))
    out.put(slope, 100.0 * *value / level_us);
}

void put_breathing(const Evidence& evidence, core::SessionTime now, const Windows& windows, Writer& out) {
  constexpr auto rate = at("Breath_Rate"), regularity = at("Breath_Regularity");
  if (const auto& w = windows.of(rate.window_s); w[Sum::breath_s] >= rate.least_s())
    out.put(rate, w[Sum::breath_rate_s] / w[Sum::breath_s]);
  Values periods_s;
  for (auto i = first_within(evidence.breaths, now, regularity.window()); i < evidence.breaths.size(); ++i)
    periods_s.push(evidence.breaths[i].duration);
  if (periods_s.size() < periods_of_regularity) return;
  const auto d = periods_s.describe(1);
  out.put(regularity, std::clamp(1.0 - d.sd / d.mean, 0.0, 1.0));
}

void put_warmth(const Evidence& evidence, const Windows& windows, Writer& out) {
  constexpr auto mean = at("Skin_Temperature_Mean"), slope = at("Skin_Temperature_Slope");
  if (const auto& w = windows.of(mean.window_s); w[Sum::warmth_s] >= mean.least_s())
    out.put(mean, w[Sum::warmth_c_s] / w[Sum::warmth_s]);
  if (const auto value = slope_per_min(evidence.steps, Sum::warmth_s, Sum::warmth_c_s, slope.window()))
    out.put(slope, *value);
}

}  // namespace attune::state
