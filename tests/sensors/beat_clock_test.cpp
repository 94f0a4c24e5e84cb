#include "sensors/beat_clock.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace attune::sensors {
namespace {

constexpr double to_s = 1e-9;

/// A chest strap on a heart with an irregular pulse: once a second it sends the beats since, and the radio
/// lets them wait for up to 60 ms.
struct Strap {
  std::mt19937_64 random{5};
  double beat_s = 100.0, told_to_s = 100.0, second = 101.0;
  std::vector<double> told;  // when the beats of the last value really were

  HeartRateMeasurement next() {
    HeartRateMeasurement measurement;
    measurement.rate_bpm = 75;
    told.clear();
    while (true) {
      const auto interval = static_cast<std::uint16_t>(std::uniform_int_distribution<>(700, 950)(random));
      if (beat_s + interval / 1024.0 > second) break;
      beat_s += interval / 1024.0;
      told.push_back(beat_s);
      measurement.rr_1024.push_back(interval);
    }
    second += 1.0;
    return measurement;
  }
  [[nodiscard]] std::int64_t arrival_ns() {
    const double wait_s = std::uniform_real_distribution<>(0.0, 0.06)(random);
    return std::llround((second - 1.0 + wait_s) * 1e9);
  }
};

std::vector<Sample> of(Stream stream, const std::vector<Sample>& samples) {
  std::vector<Sample> found;
  for (const auto& sample : samples) {
    if (sample.stream == stream) found.push_back(sample);
  }
  return found;
}

TEST(BeatClock, GivesBeatsTheInstantsThatTheyHadUpToOneDelayForAll) {
  Strap strap;
  BeatClock clock;
  std::vector<Sample> samples;
  std::vector<double> late_s;
  for (int i = 0; i < 600; ++i) {
    const auto measurement = strap.next();
    clock.take(measurement, strap.arrival_ns(), samples);
    const auto beats = of(Stream::rr_ms, samples);
    ASSERT_EQ(beats.size(), strap.told.size());
    for (std::size_t k = 0; i >= 120 && k < beats.size(); ++k)
      late_s.push_back(static_cast<double>(beats[k].measured_ns) * to_s - strap.told[k]);
  }
  const auto [least, most] = std::minmax_element(late_s.begin(), late_s.end());
  EXPECT_GE(*least, 0.0) << "no beat is placed before it was";
  EXPECT_LT(*most, 0.025) << "arrival alone is late by up to a second, and by another amount each time";
  EXPECT_LT(*most - *least, 0.01);
}

TEST(BeatClock, FindsItsWayAgainAfterOneValueWentMissing) {
  Strap strap;
  BeatClock clock;
  std::vector<Sample> samples;
  for (int i = 0; i < 200; ++i) clock.take(strap.next(), strap.arrival_ns(), samples);
  (void)strap.next();
  double worst_at_once_s = 0.0, worst_later_s = 0.0;
  for (int i = 0; i < 120; ++i) {
    const auto measurement = strap.next();
    clock.take(measurement, strap.arrival_ns(), samples);
    const auto beats = of(Stream::rr_ms, samples);
    for (std::size_t k = 0; k < beats.size(); ++k) {
      const double error_s = std::abs(static_cast<double>(beats[k].measured_ns) * to_s - strap.told[k]);
      (i < 40 ? worst_at_once_s : worst_later_s) =
          std::max(i < 40 ? worst_at_once_s : worst_later_s, error_s);
    }
  }
  EXPECT_GT(worst_at_once_s, 0.5) << "nothing was missing: this test would see nothing";
  EXPECT_LT(worst_later_s, 0.1);
}

TEST(BeatClock, BeginsAnewWhereMeasurementsWentMissing) {
  Strap strap;
  BeatClock clock;
  std::vector<Sample> samples;
  for (int i = 0; i < 60; ++i) clock.take(strap.next(), strap.arrival_ns(), samples);
  for (int i = 0; i < 10; ++i) (void)strap.next();  // out of reach
  for (int i = 0; i < 30; ++i) {
    const auto measurement = strap.next();
    const auto arrival_ns = strap.arrival_ns();
    clock.take(measurement, arrival_ns, samples);
    for (const auto& beat : of(Stream::rr_ms, samples))
      EXPECT_LT(static_cast<double>(arrival_ns - beat.measured_ns) * to_s, 2.0)
          << "ten seconds of beats are missing from the sum";
  }
}

TEST(BeatClock, FlagsBothStreamsWhenTheStrapIsOffTheSkin) {
  BeatClock clock;
  std::vector<Sample> samples;
  HeartRateMeasurement measurement{.rate_bpm = 72, .contact = Contact::missing};
  clock.take(measurement, 5'000'000'000, samples);
  ASSERT_EQ(samples.size(), 2u);
  for (const auto& sample : samples) EXPECT_EQ(sample.fault, Fault::no_contact);
}

TEST(BeatClock, NeverLetsTimeOfBeatsFallNorPassTheirArrivalWhateverIsSent) {
  std::mt19937_64 random(9);
  for (int round = 0; round < 100; ++round) {
    BeatClock clock;
    std::vector<Sample> samples;
    std::int64_t now_ns = 1'000'000'000, last_ns = 0;
    for (int i = 0; i < 200; ++i) {
      now_ns += static_cast<std::int64_t>(random() % 4'000'000'000);
      HeartRateMeasurement measurement;
      for (auto count = random() % 6; count > 0; --count)
        measurement.rr_1024.push_back(static_cast<std::uint16_t>(random() % 3 == 0 ? random() : 800));
      clock.take(measurement, now_ns, samples);
      for (const auto& beat : of(Stream::rr_ms, samples)) {
        ASSERT_GE(beat.measured_ns, last_ns);
        ASSERT_LE(beat.measured_ns, now_ns);
        last_ns = beat.measured_ns;
      }
    }
  }
}

}  // namespace
}  // namespace attune::sensors
