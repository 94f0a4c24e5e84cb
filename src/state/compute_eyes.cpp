#include <numbers>

#include "state/compute_features.hpp"

namespace attune::state {
namespace {

constexpr double degrees = 180.0 / std::numbers::pi;
constexpr double least_blink_evidence_s = 10.0;  // blinks come a dozen a minute
constexpr std::size_t max_over_blinks = 3;
constexpr double length_per_amplitude = 1.0001015;  // VREED's saccade length over its amplitude, in all rows

Distribution scaled(Distribution d, double factor) {
  d.mean *= factor;
  d.sd *= factor;
  d.max *= factor;
  return d;
}

void put_fixations(const Evidence& evidence, core::SessionTime now, double seen_s, Writer& out) {
  constexpr auto place = at("Num_of_Fixations");
  const auto& all = evidence.fixations;
  const auto first = first_within(all, now, place.window());
  Values duration_ms;
  for (std::size_t i = first; i < all.size(); ++i) {
    if (all[i].timed) duration_ms.push(all[i].duration);
  }
  out.put(place, static_cast<double>(all.size() - first) / seen_s);
  out.put_distribution(at("Mean_Fixation_Duration"), duration_ms.describe(max_over_events), max_over_events);
  if (duration_ms.size() > 0)
    out.put(at("First_Fixation_Duration"), static_cast<double>(duration_ms.front()));
}

void put_saccades(const Evidence& evidence, core::SessionTime now, double seen_s, Writer& out) {
  constexpr auto place = at("Num_of_Saccade");
  const auto& all = evidence.saccades;
  const auto first = first_within(all, now, place.window());
  Values duration_ms, amplitude_deg, direction_rad;
  for (std::size_t i = first; i < all.size(); ++i) {
    if (all[i].timed) duration_ms.push(all[i].duration);
    amplitude_deg.push(all[i].amplitude);
    direction_rad.push(all[i].direction);
  }
  out.put(place, static_cast<double>(all.size() - first) / seen_s);
  out.put_distribution(at("Mean_Saccade_Duration"), duration_ms.describe(max_over_events), max_over_events);
  const auto amplitude = amplitude_deg.describe(max_over_events);
  out.put_distribution(at("Mean_Saccade_Amplitude"), amplitude, max_over_events);
  out.put_distribution(at("Mean_Saccade_Direction"), direction_rad.describe(max_over_events),
                       max_over_events);
  out.put_distribution(at("Mean_Saccade_Length"), scaled(amplitude, length_per_amplitude), max_over_events);
}

void put_microsaccades(const Evidence& evidence, core::SessionTime now, double seen_s, Writer& out) {
  constexpr auto place = at("Num_of_Microsac");
  const auto& all = evidence.microsaccades;
  const auto first = first_within(all, now, place.window());
  Values peak_deg_s, amplitude_deg, direction_deg, sideways_deg, upward_deg;
  for (std::size_t i = first; i < all.size(); ++i) {
    peak_deg_s.push(all[i].peak);
    amplitude_deg.push(all[i].amplitude);
    direction_deg.push(all[i].direction * static_cast<float>(degrees));
    sideways_deg.push(all[i].amplitude * std::cos(all[i].direction));
    upward_deg.push(all[i].amplitude * std::sin(all[i].direction));
  }
  out.put(place, static_cast<double>(all.size() - first) / seen_s);
  const auto put = [&](Place mean, const Values& values) {
    out.put_distribution(mean, values.describe(max_over_events), max_over_events);
  };
  put(at("Mean_Microsac_Peak_Vel"), peak_deg_s);
  put(at("Mean_Microsac_Ampl"), amplitude_deg);
  put(at("Mean_Microsac_Dir"), direction_deg);
  put(at("Mean_Microsac_H_Amp"), sideways_deg);
  put(at("Mean_Microsac_V_Amp"), upward_deg);
}

void put_blinks(const Evidence& evidence, core::SessionTime now, double seen_s, Writer& out) {
  constexpr auto place = at("Num_of_Blink");
  const auto& all = evidence.blinks;
  const auto first = first_within(all, now, place.window());
  Values duration_ms;
  double shut_s = 0.0;
  for (std::size_t i = first; i < all.size(); ++i) {
    duration_ms.push(all[i].duration);
    shut_s += static_cast<double>(all[i].duration) * 1e-3;
  }
  if (seen_s + shut_s < least_blink_evidence_s) return;
  out.put(place, static_cast<double>(all.size() - first) / (seen_s + shut_s));
  out.put_distribution(at("Mean_Blink_Duration"), duration_ms.describe(max_over_blinks), max_over_blinks);
}

}  // namespace

void put_eyes(const Evidence& evidence, core::SessionTime now, const Windows& windows, Writer& out) {
  const auto seen_s = [&](Place place) { return windows.of(place.window_s)[Sum::eye_s]; };
  if (const double s = seen_s(at("Num_of_Fixations")); s >= least_evidence_s)
    put_fixations(evidence, now, s, out);
  if (const double s = seen_s(at("Num_of_Saccade")); s >= least_evidence_s)
    put_saccades(evidence, now, s, out);
  constexpr auto micro = at("Num_of_Microsac");
  if (const double s = windows.of(micro.window_s)[Sum::fine_eye_s]; s >= least_evidence_s)
    put_microsaccades(evidence, now, s, out);
  if (const double s = seen_s(at("Num_of_Blink")); s >= least_evidence_s) put_blinks(evidence, now, s, out);
}

}  // namespace attune::state
