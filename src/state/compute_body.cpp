#include <algorithm>
#include <numbers>

#include "state/compute_features.hpp"

namespace attune::state {
namespace {

constexpr double degrees = 180.0 / std::numbers::pi;
constexpr double least_tremor_s = 2.0;  // of a hand that is slow, which is rare

/// A mean over the time in which its group was seen.
void put_mean(Place place, const Windows& windows, Sum seconds, Sum amount, Writer& out,
              double factor = 1.0) {
  const auto& w = windows.of(place.window_s);
  if (const double s = w[seconds]; s >= place.least_s()) out.put(place, factor * w[amount] / s);
}

void put_root_mean_square(Place place, const Windows& windows, Sum seconds, Sum squares, double least_s,
                          Writer& out, double factor = 1.0) {
  const auto& w = windows.of(place.window_s);
  if (const double s = w[seconds]; s >= least_s) out.put(place, factor * std::sqrt(w[squares] / s));
}

void put_deviation(Place place, const Windows& windows, Sum seconds, Sum amount, Sum squares, Writer& out) {
  const auto& w = windows.of(place.window_s);
  if (const double s = w[seconds]; s >= place.least_s()) out.put(place, deviation(w[amount], w[squares], s));
}

void put_head(const Windows& windows, Writer& out) {
  put_mean(at("Head_Speed_Mean"), windows, Sum::head_s, Sum::turn_deg, out);
  put_deviation(at("Head_Speed_SD"), windows, Sum::head_s, Sum::turn_deg, Sum::turn_deg2_s, out);
  put_mean(at("Head_Pitch_Mean"), windows, Sum::head_s, Sum::pitch_deg_s, out);
  put_mean(at("Head_Still_Share"), windows, Sum::head_s, Sum::still_s, out);
  constexpr auto spread = at("Head_Yaw_Spread");
  const auto& w = windows.of(spread.window_s);
  if (const double s = w[Sum::level_s]; s >= nearly_whole * spread.window()) {
    // Circular deviation, after Mardia & Jupp (2000), equation 2.3.11.
    const double r = std::hypot(w[Sum::yaw_sine_s], w[Sum::yaw_cosine_s]) / s;
    out.put(spread, degrees * std::sqrt(std::max(-2.0 * std::log(std::clamp(r, 1e-3, 1.0)), 0.0)));
  }
  constexpr auto sway = at("Head_Sway_Rms");
  put_root_mean_square(sway, windows, Sum::sway_s, Sum::sway_m2_s, sway.least_s(), out, 1e3);
  put_mean(at("Head_Sway_Speed"), windows, Sum::sway_s, Sum::sway_path_m, out, 1e3);
}

void put_hands(const Windows& windows, Writer& out) {
  put_mean(at("Hand_Speed_Mean"), windows, Sum::hand_s, Sum::hand_path_m, out);
  put_deviation(at("Hand_Speed_SD"), windows, Sum::hand_s, Sum::hand_path_m, Sum::hand_m2_s, out);
  put_mean(at("Hand_Still_Share"), windows, Sum::hand_s, Sum::hand_still_s, out);
  put_root_mean_square(at("Hand_Tremor_Rms"), windows, Sum::tremor_s, Sum::tremor_mm2_s, least_tremor_s, out);
  put_mean(at("Hand_Reach_Mean"), windows, Sum::reach_s, Sum::reach_m_s, out);
  put_mean(at("Trigger_Rate"), windows, Sum::trigger_s, Sum::trigger_pulls, out);
}

}  // namespace

void put_body(const Windows& windows, Writer& out) {
  put_head(windows, out);
  put_hands(windows, out);
}

void put_attention(const Evidence& evidence, core::SessionTime now, const Windows& windows, Writer& out) {
  put_mean(at("Target_Share"), windows, Sum::target_possible_s, Sum::target_s, out);
  constexpr auto bias = at("Threat_Bias");
  if (const auto& w = windows.of(bias.window_s); w[Sum::threat_or_calm_s] >= bias.least_s())
    out.put(bias, (w[Sum::threat_s] - w[Sum::calm_s]) / w[Sum::threat_or_calm_s]);
  constexpr auto rate = at("Aoi_Entry_Rate"), dwell = at("Aoi_Dwell_Mean");
  if (const double s = windows.of(rate.window_s)[Sum::area_s]; s >= rate.least_s()) {
    Values visit_s;
    for (auto i = first_within(evidence.visits, now, rate.window()); i < evidence.visits.size(); ++i)
      visit_s.push(evidence.visits[i].duration);
    out.put(rate, static_cast<double>(visit_s.size()) / s);
    if (visit_s.size() >= least_for_mean) out.put(dwell, visit_s.describe(1).mean);
  }
  constexpr auto dispersion = at("Gaze_Dispersion");
  if (const auto& w = windows.of(dispersion.window_s); w[Sum::eye_s] >= nearly_whole * dispersion.window()) {
    const double s = w[Sum::eye_s];
    const double x = w[Sum::gaze_x_s] / s, y = w[Sum::gaze_y_s] / s, z = w[Sum::gaze_z_s] / s;
    const double r = std::sqrt(x * x + y * y + z * z);
    // 1 − R is half the mean square angle from the mean direction while that is small.
    out.put(dispersion, degrees * std::sqrt(2.0 * std::max(1.0 - r, 0.0)));
  }
  put_mean(at("Gaze_Eccentricity"), windows, Sum::eccentricity_s, Sum::eccentricity_deg_s, out);
  put_mean(at("Threat_In_View"), windows, Sum::view_s, Sum::threat_in_view_s, out);
}

}  // namespace attune::state
