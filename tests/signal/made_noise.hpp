#pragma once

#include <array>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

/// What sensors send that measure nobody, made for tests.
namespace attune::signal::test {

using Noise = std::vector<double> (*)(double rate_hz, double seconds, unsigned seed);

inline std::vector<double> white_noise(double rate_hz, double seconds, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::vector<double> values(static_cast<std::size_t>(seconds * rate_hz));
  for (auto& value : values) value = normal(random);
  return values;
}

/// As much power in every octave, from 0.01 Hz on: a sum of walks that forget ever faster.
inline std::vector<double> pink_noise(double rate_hz, double seconds, unsigned seed) {
  constexpr std::size_t octaves = 14;
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::array<double, octaves> walks{}, kept{};
  for (std::size_t i = 0; i < octaves; ++i)
    kept[i] = std::exp(-2.0 * std::numbers::pi * 0.01 * std::exp2(static_cast<double>(i)) / rate_hz);
  std::vector<double> values(static_cast<std::size_t>(seconds * rate_hz));
  for (auto& value : values) {
    for (std::size_t i = 0; i < octaves; ++i) {
      walks[i] = kept[i] * walks[i] + std::sqrt(1.0 - kept[i] * kept[i]) * normal(random);
      value += walks[i];
    }
  }
  return values;
}

/// A walk: as far from where it was as chance takes it, with no way back (brown noise).
inline std::vector<double> walk(double rate_hz, double seconds, unsigned seed) {
  auto values = white_noise(rate_hz, seconds, seed);
  for (std::size_t i = 1; i < values.size(); ++i) values[i] += values[i - 1];
  return values;
}

/// 50 or 60 Hz with a third harmonic, hardly any noise, and a mains that is not quite steady.
inline std::vector<double> mains_hum(double rate_hz, double seconds, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> share(-1.0, 1.0);
  const double hz = (seed % 2 == 1 ? 50.0 : 60.0) + 0.05 * share(random), phase = 3.0 * share(random);
  double size = 20.0;
  std::vector<double> values(static_cast<std::size_t>(seconds * rate_hz));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double turns = hz * static_cast<double>(i) / rate_hz * 2.0 * std::numbers::pi;
    size += 0.0005 * (20.0 * (1.0 + normal(random)) - size);
    values[i] = size * (std::sin(turns + phase) + 0.3 * std::sin(3.0 * turns)) + 0.2 * normal(random);
  }
  return values;
}

/// Counts of a sensor that lies on a table: it cools down, and its last digits waver.
inline std::vector<double> on_a_table(double rate_hz, double seconds, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> share(0.0, 1.0);
  const double drift = 50.0 * (share(random) - 0.5), after_s = 30.0 + 300.0 * share(random);
  const double size = 0.2 + 2.0 * share(random), slow_size = share(random);
  auto values = pink_noise(rate_hz, seconds, seed + 1000);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double t = static_cast<double>(i) / rate_hz;
    values[i] =
        std::round(2000.0 + drift * std::exp(-t / after_s) + slow_size * values[i] + size * normal(random));
  }
  return values;
}

}  // namespace attune::signal::test
