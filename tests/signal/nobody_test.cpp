#include <gtest/gtest.h>

#include <array>

#include "attune/signal/pulses.hpp"
#include "attune/signal/r_peaks.hpp"
#include "attune/signal/respiration.hpp"
#include "signal/made_noise.hpp"
#include "signal/made_signals.hpp"

// A sensor that measures nobody yields no rate; one that measures somebody goes on doing so.
namespace attune::signal {
namespace {

using test::beats_found;

constexpr double seconds = 120.0;
constexpr unsigned seeds = 12;
const std::pair<const char*, test::Noise> noises[]{{"white noise", test::white_noise},
                                                   {"pink noise", test::pink_noise},
                                                   {"mains hum", test::mains_hum},
                                                   {"a table", test::on_a_table}};

TEST(Nobody, HasNoPulse) {
  for (const auto& [name, noise] : noises) {
    for (const double rate : {64.0, 250.0}) {
      unsigned with_beats = 0;
      for (unsigned seed = 1; seed <= seeds; ++seed)
        with_beats += beats_found(PulseDetector(rate), noise(rate, seconds, seed)).empty() ? 0 : 1;
      EXPECT_LE(with_beats, 1u) << name << " at " << rate << " Hz, of " << seeds << " seeds";
    }
  }
}

TEST(Nobody, DoesNotBreathe) {
  auto all = std::vector<std::pair<const char*, test::Noise>>(std::begin(noises), std::end(noises));
  all.emplace_back("a walk", test::walk);
  for (const auto& [name, noise] : all) {
    for (const double rate : {10.0, 25.0, 250.0}) {
      unsigned with_rate = 0;
      for (unsigned seed = 1; seed <= seeds; ++seed) {
        Respiration respiration(rate);
        bool known = false;
        for (const double value : noise(rate, seconds, seed)) {
          respiration.push(value);
          known = known || respiration.breaths_per_min();
        }
        with_rate += known ? 1 : 0;
      }
      EXPECT_LE(with_rate, 1u) << name << " at " << rate << " Hz, of " << seeds << " seeds";
    }
  }
}

TEST(Nobody, HasNoRPeaksOnElectrodesThatHangInTheAir) {
  for (const double rate : {250.0, 500.0}) {
    for (unsigned seed = 1; seed <= seeds; ++seed)
      EXPECT_TRUE(beats_found(RPeakDetector(rate), test::mains_hum(rate, seconds, seed)).empty()) << rate;
  }
}

TEST(Somebody, IsFoundWithinSecondsAfterASensorLayOnATable) {
  constexpr double rate = 64.0;
  for (unsigned seed = 1; seed <= 5; ++seed) {
    auto values = test::on_a_table(rate, 60.0, seed);
    const auto heart = test::made_heart(test::pulse_wave, rate, 60.0, 70.0, 0.02, seed);
    for (const double value : heart.values) values.push_back(2000.0 + 300.0 * value);
    const auto found = beats_found(PulseDetector(rate), values);
    std::size_t missed = 0;
    for (const double beat : test::feet(heart.beats, rate)) {
      if (beat < 10.0 * rate) continue;
      missed += test::score(found, {beat + 60.0 * rate}, 0.1 * rate).missed;
    }
    EXPECT_EQ(missed, 0u) << seed;
  }
}

TEST(Nobody, IsThereAnyMoreWhenASensorHasComeOff) {
  constexpr double rate = 64.0, on_s = 60.0;
  for (const auto& [name, noise] : noises) {
    for (unsigned seed = 1; seed <= 4; ++seed) {
      auto values = test::made_heart(test::pulse_wave, rate, on_s, 70.0, 0.02, seed).values;
      for (auto& value : values) value = 2000.0 + 300.0 * value;
      const bool table = noise == test::on_a_table;
      for (const double value : noise(rate, 4.0 * on_s, seed))
        values.push_back(table ? value : 2000.0 + 100.0 * value);
      const auto found = beats_found(PulseDetector(rate), values);
      ASSERT_GT(found.size(), 60u) << name;
      // A tenth of a pulse's size is no heart; noise as large as one may be a wrist that moves.
      EXPECT_LT(found.back(), (on_s + (table ? 3.0 : 2.0 * on_s)) * rate) << name << ", seed " << seed;
    }
  }
}

TEST(Somebody, KeepsEveryPulseOfAnyPattern) {
  // Every second beat early, as in bigeminy; a breath that moves the rate by a fifth; a pacemaker.
  const std::array<double (*)(int), 3> patterns{[](int beat) { return beat % 2 == 0 ? 0.6 : 1.05; },
                                                [](int beat) { return 0.9 + 0.18 * std::sin(1.45 * beat); },
                                                [](int) { return 0.833; }};
  constexpr double rate = 64.0;
  for (const auto& pattern : patterns) {
    std::vector<double> values(static_cast<std::size_t>(60.0 * rate)), beats;
    double at = 0.5;
    for (int beat = 0; at < 59.0; at += pattern(beat++)) {
      beats.push_back(at * rate);
      for (std::size_t i = 0; i < values.size(); ++i)
        values[i] += test::pulse_wave(static_cast<double>(i) / rate - at);
    }
    const auto noise = test::white_noise(rate, 60.0, 1);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] += 0.03 * noise[i];
    const auto found = beats_found(PulseDetector(rate), values);
    EXPECT_LE(test::score(found, test::feet(beats, rate), 0.1 * rate).missed, 1u);
  }
}

}  // namespace
}  // namespace attune::signal
