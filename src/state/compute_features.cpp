#include "state/compute_features.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "state/distribution.hpp"

namespace attune::state {
namespace {

constexpr double degrees = 180.0 / std::numbers::pi;
constexpr double least_evidence_s = 5.0;         // for means and rates
constexpr double least_blink_evidence_s = 10.0;  // blinks come a dozen a minute
constexpr double nearly_whole = 0.8;             // of a window, for what depends on its length
constexpr std::size_t least_for_mean = 3, least_for_sd = 5, least_for_skew = 8;
constexpr std::size_t max_over_events = 20, max_over_blinks = 3;
constexpr float length_per_amplitude =
    1.0001015F;  // VREED's saccade length is its amplitude times this, in all rows

/// Index of a feature, checked when compiled.
consteval std::size_t at(std::string_view name) {
  const auto index = feature_index(name);
  if (index == feature_count || !feature_table[index].computed) throw "no such feature is computed";
  return index;
}

class Writer {
 public:
  explicit Writer(Features& features) : features_(features) {}

  void put(std::size_t index, double value) {
    if (!std::isfinite(value)) return;
    features_.value[index] = static_cast<float>(value);
    features_.present.set(index);
  }
  void put_if(bool known, std::size_t index, double value) {
    if (known) put(index, value);
  }
  /// Mean, SD, skew and maximum, which stand side by side in the table, as far as there are enough values.
  void put_distribution(std::size_t mean_index, const Distribution& d, std::size_t max_over) {
    put_if(d.count >= least_for_mean, mean_index, d.mean);
    put_if(d.count >= least_for_sd, mean_index + 1, d.sd);
    put_if(d.count >= least_for_skew, mean_index + 2, d.skew);
    put_if(d.count >= max_over, mean_index + 3, d.max);
  }

 private:
  Features& features_;
};

/// Deviation from mean and mean square, 0 where rounding makes the variance negative.
double deviation(double sum, double sum_of_squares, double time) {
  const double mean = sum / time;
  return std::sqrt(std::max(sum_of_squares / time - mean * mean, 0.0));
}

void forget(Happenings& happenings, core::SessionTime before) {
  while (!happenings.empty() && happenings.front().end < before) happenings.pop_front();
}

void put_eyes(const Evidence& evidence, const WindowSums& w, Writer& out) {
  Values fixation_ms, saccade_ms, amplitude_deg, direction_rad, length_deg, blink_ms;
  for (std::size_t i = 0; i < evidence.fixations.size(); ++i) {
    if (evidence.fixations[i].timed) fixation_ms.push(evidence.fixations[i].duration);
  }
  for (std::size_t i = 0; i < evidence.saccades.size(); ++i) {
    const auto& saccade = evidence.saccades[i];
    if (saccade.timed) saccade_ms.push(saccade.duration);
    amplitude_deg.push(saccade.amplitude);
    direction_rad.push(saccade.direction);
  }
  double blink_s = 0.0;
  for (std::size_t i = 0; i < evidence.blinks.size(); ++i) {
    blink_ms.push(evidence.blinks[i].duration);
    blink_s += static_cast<double>(evidence.blinks[i].duration) * 1e-3;
  }
  const double seen_s = w[Sum::eye_s];
  if (seen_s < least_evidence_s) return;
  out.put(at("Num_of_Fixations"), static_cast<double>(evidence.fixations.size()) / seen_s);
  out.put_distribution(at("Mean_Fixation_Duration"), fixation_ms.describe(max_over_events), max_over_events);
  if (fixation_ms.size() > 0)
    out.put(at("First_Fixation_Duration"), static_cast<double>(fixation_ms.front()));
  out.put(at("Num_of_Saccade"), static_cast<double>(evidence.saccades.size()) / seen_s);
  out.put_distribution(at("Mean_Saccade_Duration"), saccade_ms.describe(max_over_events), max_over_events);
  auto amplitude = amplitude_deg.describe(max_over_events);
  out.put_distribution(at("Mean_Saccade_Amplitude"), amplitude, max_over_events);
  out.put_distribution(at("Mean_Saccade_Direction"), direction_rad.describe(max_over_events),
                       max_over_events);
  amplitude.mean *= static_cast<double>(length_per_amplitude);
  amplitude.sd *= static_cast<double>(length_per_amplitude);
  amplitude.max *= static_cast<double>(length_per_amplitude);
  out.put_distribution(at("Mean_Saccade_Length"), amplitude, max_over_events);
  if (seen_s + blink_s < least_blink_evidence_s) return;
  out.put(at("Num_of_Blink"), static_cast<double>(evidence.blinks.size()) / (seen_s + blink_s));
  out.put_distribution(at("Mean_Blink_Duration"), blink_ms.describe(max_over_blinks), max_over_blinks);
}

void put_body(const WindowSums& w, const WindowSums& recent, Writer& out) {
  if (const double s = w[Sum::head_s]; s >= least_evidence_s) {
    out.put(at("Head_Speed_Mean"), w[Sum::turn_deg] / s);
    out.put(at("Head_Speed_SD"), deviation(w[Sum::turn_deg], w[Sum::turn_deg2_s], s));
    out.put(at("Head_Pitch_Mean"), w[Sum::pitch_deg_s] / s);
    out.put(at("Head_Still_Share"), w[Sum::still_s] / s);
  }
  if (const double s = recent[Sum::level_s]; s >= nearly_whole * short_window_s) {
    // Circular deviation, after Mardia & Jupp (2000), equation 2.3.11.
    const double r = std::hypot(recent[Sum::yaw_sine_s], recent[Sum::yaw_cosine_s]) / s;
    out.put(at("Head_Yaw_Spread"),
            degrees * std::sqrt(std::max(-2.0 * std::log(std::clamp(r, 1e-3, 1.0)), 0.0)));
  }
  if (const double s = w[Sum::sway_s]; s >= least_evidence_s) {
    out.put(at("Head_Sway_Rms"), 1e3 * std::sqrt(w[Sum::sway_m2_s] / s));
    out.put(at("Head_Sway_Speed"), 1e3 * w[Sum::sway_path_m] / s);
  }
  if (const double s = w[Sum::hand_s]; s >= least_evidence_s) {
    out.put(at("Hand_Speed_Mean"), w[Sum::hand_path_m] / s);
    out.put(at("Hand_Speed_SD"), deviation(w[Sum::hand_path_m], w[Sum::hand_m2_s], s));
    out.put(at("Hand_Still_Share"), w[Sum::hand_still_s] / s);
  }
  if (const double s = w[Sum::tremor_s]; s >= 0.4 * least_evidence_s) {
    out.put(at("Hand_Tremor_Rms"), std::sqrt(w[Sum::tremor_mm2_s] / s));
  }
  if (const double s = w[Sum::reach_s]; s >= least_evidence_s)
    out.put(at("Hand_Reach_Mean"), w[Sum::reach_m_s] / s);
  if (const double s = w[Sum::trigger_s]; s >= least_evidence_s)
    out.put(at("Trigger_Rate"), w[Sum::trigger_pulls] / s);
}

/// Slope of the skin's temperature over the window, by least squares over its steps.
void put_warmth(const Evidence& evidence, const WindowSums& w, Writer& out) {
  const double s = w[Sum::warmth_s];
  if (s < least_evidence_s) return;
  out.put(at("Skin_Temperature_Mean"), w[Sum::warmth_c_s] / s);
  if (s < nearly_whole * long_window_s) return;
  const double mean_c = w[Sum::warmth_c_s] / s;
  double t = 0.0, tt = 0.0, tc = 0.0, n = 0.0;
  for (std::size_t i = 0; i < evidence.steps.size(); ++i) {
    const double weight = static_cast<double>(evidence.steps[i][Sum::warmth_s]);
    if (weight <= 0.0) continue;
    const double at_min = static_cast<double>(i) * FeatureExtractor::step_s / 60.0;
    const double c = static_cast<double>(evidence.steps[i][Sum::warmth_c_s]) / weight - mean_c;
    n += weight;
    t += weight * at_min;
    tt += weight * at_min * at_min;
    tc += weight * at_min * c;
  }
  const double spread = tt - t * t / n;
  if (spread > 1e-9) out.put(at("Skin_Temperature_Slope"), tc / spread);
}

void put_vitals(const WindowSums& w, Writer& out) {
  if (const double s = w[Sum::heart_s]; s >= least_evidence_s) {
    const double bpm = 60.0 * w[Sum::heart_beats] / s;
    out.put(at("ECG_Bpm"), bpm);
    out.put(at("ECG_Ibi"), 60'000.0 / bpm);
  }
  if (const double s = w[Sum::skin_s]; s >= least_evidence_s) {
    out.put(at("GSR_Mean"), w[Sum::skin_us_s] / s);
    if (s >= nearly_whole * long_window_s) {
      const double sd = deviation(w[Sum::skin_us_s], w[Sum::skin_us2_s], s);
      out.put(at("GSR_SD"), sd);
      out.put(at("GSR_Variance"), sd * sd);
      out.put(at("GSR_Minimum"), w.skin_least);
      out.put(at("GSR_Maximum"), w.skin_most);
    }
  }
  if (const double s = w[Sum::breath_s]; s >= least_evidence_s) {
    out.put(at("Breath_Rate"), w[Sum::breath_rate_s] / s);
    if (s >= nearly_whole * long_window_s) {
      out.put(at("Breath_Rate_SD"), deviation(w[Sum::breath_rate_s], w[Sum::breath_rate2_s], s));
    }
  }
}

void put_attention(const Evidence& evidence, const WindowSums& w, const WindowSums& recent, Writer& out) {
  if (const double s = w[Sum::target_possible_s]; s >= least_evidence_s)
    out.put(at("Target_Share"), w[Sum::target_s] / s);
  if (w[Sum::threat_or_calm_s] >= least_evidence_s) {
    out.put(at("Threat_Bias"), (w[Sum::threat_s] - w[Sum::calm_s]) / w[Sum::threat_or_calm_s]);
  }
  if (const double s = w[Sum::area_s]; s >= least_evidence_s) {
    Values visit_s;
    for (std::size_t i = 0; i < evidence.visits.size(); ++i) visit_s.push(evidence.visits[i].duration);
    out.put(at("Aoi_Entry_Rate"), static_cast<double>(visit_s.size()) / s);
    if (visit_s.size() >= least_for_mean) out.put(at("Aoi_Dwell_Mean"), visit_s.describe(1).mean);
  }
  if (const double s = recent[Sum::eye_s]; s >= nearly_whole * short_window_s) {
    const double x = recent[Sum::gaze_x_s] / s, y = recent[Sum::gaze_y_s] / s, z = recent[Sum::gaze_z_s] / s;
    const double r = std::sqrt(x * x + y * y + z * z);
    // 1 − R is half the mean square angle from the mean direction while that is small.
    out.put(at("Gaze_Dispersion"), degrees * std::sqrt(2.0 * std::max(1.0 - r, 0.0)));
  }
  if (const double s = w[Sum::eye_s]; s >= least_evidence_s)
    out.put(at("Gaze_Eccentricity"), w[Sum::eccentricity_deg_s] / s);
  if (const double s = w[Sum::view_s]; s >= least_evidence_s)
    out.put(at("Threat_In_View"), w[Sum::threat_in_view_s] / s);
}

}  // namespace

void compute_features(Evidence& evidence, core::SessionTime now, Features& features) {
  const core::SessionTime window_start{now.ns - static_cast<std::int64_t>(long_window_s * 1e9)};
  for (auto* list : {&evidence.fixations, &evidence.saccades, &evidence.blinks, &evidence.visits}) {
    forget(*list, window_start);
  }
  const auto& steps = evidence.steps;
  const std::size_t old = steps.size() > short_window_steps ? steps.size() - short_window_steps : 0;
  WindowSums before, recent;
  for (std::size_t i = 0; i < old; ++i) before.add(steps[i]);
  for (std::size_t i = old; i < steps.size(); ++i) recent.add(steps[i]);
  WindowSums whole = recent;
  for (std::size_t i = 0; i < sum_count; ++i) whole.sums[i] += before.sums[i];
  whole.skin_least = std::min(whole.skin_least, before.skin_least);
  whole.skin_most = std::max(whole.skin_most, before.skin_most);

  features = {};
  Writer out(features);
  put_eyes(evidence, whole, out);
  put_vitals(whole, out);
  put_body(whole, recent, out);
  put_warmth(evidence, whole, out);
  put_attention(evidence, whole, recent, out);
}

}  // namespace attune::state
