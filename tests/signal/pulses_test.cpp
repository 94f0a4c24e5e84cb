#include "attune/signal/pulses.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>

#include "signal/made_noise.hpp"
#include "signal/made_signals.hpp"

namespace attune::signal {
namespace {

using test::beats_found;
using test::made_heart;
using test::score;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double wrist_hz = 64.0;

TEST(Pulses, AreFoundAtTheirFeetAtEveryRateEitherWayRound) {
  for (const double rate : {25.0, 64.0, 128.0, 1000.0}) {
    for (const double sign : {1.0, -1.0}) {
      for (const double bpm : {45.0, 50.0, 75.0, 100.0, 120.0}) {
        auto made = made_heart(test::pulse_wave, rate, 40.0, bpm);
        for (auto& value : made.values) value *= sign;
        const auto result =
            score(beats_found(PulseDetector(rate), made.values), test::feet(made.beats, rate), 0.07 * rate);
        EXPECT_LE(result.missed, 1u) << rate << " Hz, " << bpm << " bpm, sign " << sign;
        EXPECT_LE(result.false_ones, 1u) << rate << " Hz, " << bpm << " bpm, sign " << sign;
      }
    }
  }
}

/// What a sensor on a wrist sends: broad waves whose tops are flat or two, of a size that wavers, with slow
/// movements beneath and, now and then, a jerk many times larger.
struct Wrist {
  std::vector<double> values, feet;  // samples
  std::vector<std::pair<double, double>> jerks;
};

double wrist_wave(double t) {
  return test::bell(t, 0.16, 0.08) + 0.9 * test::bell(t, 0.36, 0.12) + 0.4 * test::bell(t, 0.55, 0.15);
}

Wrist made_wrist(double bpm, double noise, unsigned seed) {
  constexpr double seconds = 300.0;
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> share(0.0, 1.0);
  Wrist made;
  made.values.resize(static_cast<std::size_t>(seconds * wrist_hz));
  const auto slow = test::pink_noise(wrist_hz, seconds, seed),
             fast = test::white_noise(wrist_hz, seconds, seed);
  for (std::size_t i = 0; i < made.values.size(); ++i)
    made.values[i] = noise * (0.1 * slow[i] + 0.5 * fast[i]);
  const auto add = [&](double at_s, double size, auto&& wave) {
    const auto from = static_cast<std::size_t>(std::max(0.0, (at_s - 1.0) * wrist_hz));
    for (auto i = from; i < std::min(made.values.size(), from + static_cast<std::size_t>(4.0 * wrist_hz));
         ++i)
      made.values[i] += size * wave(static_cast<double>(i) / wrist_hz - at_s);
  };
  for (double at_s = 0.5; at_s < seconds - 1.0;) {
    made.feet.push_back(at_s * wrist_hz);
    add(at_s, 1.0 + 0.15 * normal(random), wrist_wave);
    at_s += 60.0 / bpm * (1.0 + 0.05 * std::sin(1.6 * at_s) + 0.02 * normal(random));
  }
  for (double at_s = 20.0; at_s < seconds - 10.0; at_s += 15.0 + 30.0 * share(random)) {
    add(at_s, 15.0 * (share(random) - 0.5), [](double t) { return test::bell(t, 0.0, 0.3); });
    made.jerks.emplace_back((at_s - 1.2) * wrist_hz, (at_s + 1.2) * wrist_hz);
  }
  return made;
}

bool during(const Wrist& wrist, double sample) {
  return std::any_of(wrist.jerks.begin(), wrist.jerks.end(),
                     [&](const auto& jerk) { return sample > jerk.first && sample < jerk.second; });
}

/// How much later the first are than the nearest of the others, in the middle.
double lag(const std::vector<double>& some, const std::vector<double>& others) {
  std::vector<double> lags;
  for (const double sample : some) {
    lags.push_back(1e9);
    for (const double other : others) {
      if (std::abs(sample - other) < std::abs(lags.back())) lags.back() = sample - other;
    }
  }
  std::nth_element(lags.begin(), lags.begin() + static_cast<std::ptrdiff_t>(lags.size() / 2), lags.end());
  return lags[lags.size() / 2];
}

/// Pulses of one list, outside of jerks, that have none of the other within 75 ms after one lag for all.
double share_without(const Wrist& wrist, const std::vector<double>& some, const std::vector<double>& others) {
  double all = 0.0, without = 0.0;
  const double later = lag(some, others);
  for (const double sample : some) {
    if (during(wrist, sample)) continue;
    ++all;
    without += static_cast<double>(score(others, {sample - later}, 0.075 * wrist_hz).missed);
  }
  return without / all;
}

TEST(Pulses, OfAWristAreFoundBetweenItsMovements) {
  for (const double bpm : {52.0, 70.0, 95.0}) {
    for (const double noise : {0.2, 0.4}) {
      for (unsigned seed = 1; seed <= 3; ++seed) {
        const auto wrist = made_wrist(bpm, noise, seed);
        const auto found = beats_found(PulseDetector(wrist_hz), wrist.values);
        EXPECT_LE(share_without(wrist, wrist.feet, found), 0.05) << bpm << " bpm, noise " << noise;
        EXPECT_LE(share_without(wrist, found, wrist.feet), 0.05) << bpm << " bpm, noise " << noise;
      }
    }
  }
}

TEST(Pulses, NextToAJerkAreNoEndsOfIntervals) {
  const auto wrist = made_wrist(70.0, 0.2, 1);
  PulseDetector detector(wrist_hz);
  std::size_t across = 0, elsewhere = 0;
  double before = 0.0;
  for (const double value : wrist.values) {
    const auto beat = detector.push(value);
    if (!beat) continue;
    const double ms = 1000.0 * (beat->sample - before) / wrist_hz;
    const bool of_the_heart = std::abs(ms - 857.0) < 200.0;
    if (beat->connected && !of_the_heart) ++(during(wrist, beat->sample) ? across : elsewhere);
    before = beat->sample;
  }
  EXPECT_LE(across, wrist.jerks.size() / 3);
  EXPECT_EQ(elsewhere, 0u);
}

TEST(Pulses, AreToldWithinTheStatedDelay) {
  const auto made = made_heart(test::pulse_wave, wrist_hz, 60.0, 70.0);
  PulseDetector detector(wrist_hz);
  double now = 0.0, latest = 0.0;
  std::size_t late = 0;
  for (const double value : made.values) {
    const auto beat = detector.push(value);
    ++now;
    if (!beat || beat->sample < 15.0 * wrist_hz) continue;
    latest = std::max(latest, now - beat->sample);
    ++late;
  }
  EXPECT_GT(late, 45u);
  EXPECT_LE(latest / wrist_hz, detector.delay_s() + 0.02);
}

TEST(Pulses, HaveNoIntervalAcrossAGapOrAFlatLine) {
  for (const double lost : {nan, 0.25}) {
    auto made = made_heart(test::pulse_wave, wrist_hz, 60.0, 70.0);
    std::fill(made.values.begin() + 1280, made.values.begin() + 1440, lost);
    PulseDetector detector(wrist_hz);
    double before = -1.0;
    int across = 0, broken = 0;
    const auto take = [&](const Beat& beat) {
      across += before >= 0.0 && before < 1280.0 && beat.sample > 1440.0 && !beat.connected ? 1 : 0;
      broken += before >= 10.0 * wrist_hz && !beat.connected ? 1 : 0;
      EXPECT_FALSE(beat.sample > 1280.0 && beat.sample < 1440.0) << "where nothing was measured";
      before = beat.sample;
    };
    for (const double value : made.values) {
      if (const auto beat = detector.push(value)) take(*beat);
    }
    while (const auto beat = detector.finish()) take(*beat);
    EXPECT_EQ(across, 1);
    EXPECT_EQ(broken, 1);
  }
}

}  // namespace
}  // namespace attune::signal
