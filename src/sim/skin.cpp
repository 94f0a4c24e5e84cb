#include "sim/skin.hpp"

#include <algorithm>
#include <cmath>

#include "attune/sim/random.hpp"

namespace attune::sim {

namespace {

constexpr double tonic_s = 20.0, warmth_s = 120.0;
constexpr double rise_s = 0.7, fall_s = 2.0;
constexpr double peak_of_response = 0.3693;  // of e^(−t/2) − e^(−t/0.7), at 1.13 s
constexpr double response_us = 0.3, response_sigma = 0.5;
constexpr double noise_us = 0.003, noise_c = 0.02;
constexpr double least_us = 0.1;

}  // namespace

Skin::Skin(const PatientParameters& patient, std::uint64_t seed)
    : patient_(patient),
      random_(seed),
      responses_(random_),
      tonic_us_(2.0 + 6.0 * patient.gain_skin * patient.x0),
      warmth_c_(33.5 - 1.2 * patient.x0) {}

void Skin::live(double end_s, double anxiety) {
  static const double tonic_moves = -std::expm1(-tick_s / tonic_s),
                      warmth_moves = -std::expm1(-tick_s / warmth_s);
  static const double falls = std::exp(-tick_s / fall_s), rises = std::exp(-tick_s / rise_s);
  const double excited = patient_.gain_skin * anxiety;
  tonic_us_ += tonic_moves * (2.0 + 6.0 * excited - tonic_us_);
  warmth_c_ += warmth_moves * (33.5 - 1.2 * anxiety - warmth_c_);
  falling_us_ *= falls;
  rising_us_ *= rises;
  if (const auto onset_s = responses_.pass(end_s - tick_s, tick_s, (2.0 + 14.0 * excited) / 60.0, random_)) {
    const double amplitude = lognormal(random_, response_us, response_sigma) / peak_of_response;
    falling_us_ += amplitude * std::exp(-(end_s - *onset_s) / fall_s);
    rising_us_ += amplitude * std::exp(-(end_s - *onset_s) / rise_s);
  }
  measured_us_ = std::max(tonic_us_ + falling_us_ - rising_us_ + noise_us * normal(random_), least_us);
  measured_c_ = warmth_c_ + noise_c * normal(random_);
  measured_s_ = end_s;
}

void Skin::read(double now_s, telemetry::Vitals& vitals) const {
  if (measured_s_ < 0.0) return;
  const auto age_s = static_cast<float>(now_s - measured_s_);
  vitals.skin_conductance_us = {static_cast<float>(measured_us_), age_s, true};
  vitals.skin_temperature_c = {static_cast<float>(measured_c_), age_s, true};
}

}  // namespace attune::sim
