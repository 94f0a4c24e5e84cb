#pragma once

#include <cmath>
#include <numbers>
#include <random>
#include <string>
#include <vector>

/// Signals of the body with known truth, made for tests.
namespace attune::signal::test {

inline double bell(double t, double centre, double width) {
  const double z = (t - centre) / width;
  return std::exp(-0.5 * z * z);
}

/// One beat of an electrocardiogram around t = 0, mV.
using Wave = double (*)(double t);
inline double normal_wave(double t) {
  return 0.12 * bell(t, -0.17, 0.022) - 0.1 * bell(t, -0.03, 0.008) + 1.1 * bell(t, 0.0, 0.011) -
         0.25 * bell(t, 0.028, 0.009) + 0.25 * bell(t, 0.26, 0.045);
}
inline double inverted_wave(double t) { return -normal_wave(t); }
inline double tall_t_wave(double t) {
  return 0.5 * bell(t, 0.0, 0.012) - 0.15 * bell(t, 0.03, 0.01) + 1.1 * bell(t, 0.25, 0.05);
}
inline double split_wave(double t) {
  return 0.7 * bell(t, -0.018, 0.011) - 0.5 * bell(t, 0.008, 0.009) + 0.8 * bell(t, 0.04, 0.013);
}
inline double broad_wave(double t) {
  return 0.9 * bell(t, 0.0, 0.03) - 0.6 * bell(t, 0.07, 0.03) - 0.3 * bell(t, 0.3, 0.06);
}
inline double pulse_wave(double t) { return bell(t, 0.0, 0.09) + 0.4 * bell(t, 0.25, 0.09); }
/// Where that begins to rise: a twelfth of its height.
inline constexpr double pulse_foot_s = -0.2;

struct MadeHeart {
  std::vector<double> values;
  std::vector<double> beats;  ///< samples
};

/// Beats at `bpm`, with breathing at 0.25 Hz in their rate, from 0.4 s on.
inline MadeHeart made_heart(Wave wave, double rate_hz, double seconds, double bpm, double noise = 0.01,
                            unsigned seed = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  MadeHeart made;
  made.values.resize(static_cast<std::size_t>(seconds * rate_hz));
  for (auto& value : made.values) value = noise * normal(random);
  for (double at = 0.4; at < seconds - 0.3;
       at += 60.0 / bpm * (1.0 + 0.04 * std::sin(2.0 * std::numbers::pi * 0.25 * at))) {
    made.beats.push_back(at * rate_hz);
    for (auto i = static_cast<std::size_t>(std::max(0.0, (at - 0.4) * rate_hz)); i < made.values.size();
         ++i) {
      const double t = static_cast<double>(i) / rate_hz - at;
      if (t > 0.7) break;
      made.values[i] += wave(t);
    }
  }
  return made;
}

/// Of pulses by `pulse_wave`, where their waves begin.
inline std::vector<double> feet(std::vector<double> tops, double rate_hz) {
  for (auto& beat : tops) beat += pulse_foot_s * rate_hz;
  return tops;
}

struct Score {
  std::size_t missed = 0, false_ones = 0;
};

/// Beats that are not within `within` samples of the other list.
inline Score score(const std::vector<double>& found, const std::vector<double>& truth, double within) {
  const auto has = [&](const std::vector<double>& list, double at) {
    for (const double other : list) {
      if (std::abs(other - at) <= within) return true;
    }
    return false;
  };
  Score result;
  for (const double at : truth) result.missed += has(found, at) ? 0 : 1;
  for (const double at : found) result.false_ones += has(truth, at) ? 0 : 1;
  return result;
}

template <typename Detector>
std::vector<double> beats_found(Detector&& detector, const std::vector<double>& values) {
  std::vector<double> found;
  for (const double value : values) {
    if (const auto beat = detector.push(value)) found.push_back(beat->sample);
  }
  while (const auto beat = detector.finish()) found.push_back(beat->sample);
  return found;
}

}  // namespace attune::signal::test
