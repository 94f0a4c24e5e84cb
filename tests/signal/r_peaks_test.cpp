#include "attune/signal/r_peaks.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "signal/made_signals.hpp"

namespace attune::signal {
namespace {

using test::beats_found;
using test::made_heart;
using test::score;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(RPeaks, FindsEveryBeatOfEveryShapeAtEveryRate) {
  const std::pair<const char*, test::Wave> waves[]{{"normal", test::normal_wave},
                                                   {"inverted", test::inverted_wave},
                                                   {"T taller than R", test::tall_t_wave},
                                                   {"split R", test::split_wave},
                                                   {"broad", test::broad_wave}};
  for (const auto& [name, wave] : waves) {
    for (const double rate : {128.0, 250.0, 360.0, 500.0, 1000.0}) {
      for (const double bpm : {45.0, 72.0, 130.0}) {
        const auto made = made_heart(wave, rate, 40.0, bpm);
        const auto result = score(beats_found(RPeakDetector(rate), made.values), made.beats, 0.075 * rate);
        EXPECT_EQ(result.missed, 0u) << name << " at " << rate << " Hz, " << bpm << " bpm";
        EXPECT_EQ(result.false_ones, 0u) << name << " at " << rate << " Hz, " << bpm << " bpm";
      }
    }
  }
}

TEST(RPeaks, PutsABeatAtItsPeakWithinTwoMilliseconds) {
  const auto made = made_heart(test::normal_wave, 360.0, 60.0, 70.0);
  const auto found = beats_found(RPeakDetector(360.0), made.values);
  EXPECT_EQ(score(found, made.beats, 0.002 * 360.0).missed, 0u);
}

TEST(RPeaks, ForgetsABurstOfMovementAtOnce) {
  auto made = made_heart(test::normal_wave, 250.0, 60.0, 70.0);
  std::mt19937 random(4);
  std::normal_distribution<double> normal;
  for (std::size_t i = 5000; i < 5750; ++i) made.values[i] += 30.0 * normal(random);
  std::vector<double> after;
  for (const double beat : made.beats) {
    if (beat < 4950 || beat > 5850) after.push_back(beat);
  }
  EXPECT_EQ(score(beats_found(RPeakDetector(250.0), made.values), after, 19.0).missed, 0u);
}

TEST(RPeaks, TakesABurstOfMovementForABeatAtMost) {
  std::size_t false_ones = 0;
  for (unsigned seed = 1; seed <= 10; ++seed) {
    auto made = made_heart(test::normal_wave, 250.0, 40.0, 70.0, 0.01, seed);
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    for (std::size_t i = 5000; i < 5750; ++i) made.values[i] += 30.0 * normal(random);
    false_ones += score(beats_found(RPeakDetector(250.0), made.values), made.beats, 19.0).false_ones;
  }
  EXPECT_LE(false_ones, 15u) << "in ten bursts of three seconds";
}

TEST(RPeaks, FollowsAnElectrodeThatSuddenlyGivesAFifthOrFiveTimesAsMuch) {
  for (const double gain : {0.2, 5.0}) {
    auto made = made_heart(test::normal_wave, 250.0, 60.0, 70.0, 0.003);
    for (std::size_t i = 7500; i < made.values.size(); ++i) made.values[i] *= gain;
    EXPECT_LE(score(beats_found(RPeakDetector(250.0), made.values), made.beats, 19.0).missed, 1u) << gain;
  }
}

TEST(RPeaks, FindsNothingInFlatLinesAndNoise) {
  std::mt19937 random(5);
  std::normal_distribution<double> normal;
  std::vector<double> flat(10000, 0.3), noise(10000);
  for (auto& value : noise) value = normal(random);
  EXPECT_TRUE(beats_found(RPeakDetector(250.0), flat).empty());
  EXPECT_LT(beats_found(RPeakDetector(250.0), noise).size(), 10u);
}

TEST(RPeaks, GivesNoIntervalAcrossAGapOrAFlatLine) {
  for (const double lost : {nan, 0.25}) {
    auto made = made_heart(test::normal_wave, 250.0, 60.0, 70.0);
    std::fill(made.values.begin() + 5000, made.values.begin() + 5450, lost);
    RPeakDetector detector(250.0);
    double before = -1.0;
    int broken = 0;
    const auto take = [&](const Beat& beat) {
      if (before >= 0.0 && before < 5000 && beat.sample > 5450) {
        EXPECT_FALSE(beat.connected);
      }
      if (before >= 0.0) broken += beat.connected ? 0 : 1;
      before = beat.sample;
    };
    for (const double value : made.values) {
      if (const auto beat = detector.push(value)) take(*beat);
    }
    while (const auto beat = detector.finish()) take(*beat);
    EXPECT_EQ(broken, 1);
  }
}

TEST(RPeaks, TellsABeatWithinItsStatedDelay) {
  const auto made = made_heart(test::normal_wave, 360.0, 60.0, 70.0);
  RPeakDetector detector(360.0);
  double now = 0.0, latest = 0.0;
  for (const double value : made.values) {
    const auto beat = detector.push(value);
    ++now;
    if (beat && beat->sample > 5.0 * 360.0) latest = std::max(latest, now - beat->sample);
  }
  EXPECT_LE(latest / 360.0, detector.delay_s() + 0.02);
  EXPECT_GT(latest, 0.0);
}

}  // namespace
}  // namespace attune::signal
