#include "attune/signal/hrv.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace attune::signal {
namespace {

constexpr double tau = 2.0 * std::numbers::pi;

/// Beats whose intervals swing by given amplitudes at 0.1 and 0.25 Hz around 0.8 s.
std::vector<double> beats_with(double seconds, double lf_ms, double hf_ms) {
  std::vector<double> beats;
  for (double t = 0.0; t < seconds;) {
    beats.push_back(t);
    t += 0.8 + 0.001 * (lf_ms * std::sin(tau * 0.1 * t) + hf_ms * std::sin(tau * 0.25 * t));
  }
  return beats;
}

std::vector<Interval> intervals_of(const std::vector<double>& beats, double broken_at = -1.0) {
  RrSeries series;
  std::vector<Interval> intervals;
  for (const double beat : beats) {
    series.push(beat, beat != broken_at);
    while (const auto i = series.next()) intervals.push_back(*i);
  }
  while (const auto i = series.finish()) intervals.push_back(*i);
  return intervals;
}

std::size_t count(const std::vector<Interval>& intervals, IntervalKind kind) {
  std::size_t n = 0;
  for (const auto& interval : intervals) n += interval.kind == kind ? 1 : 0;
  return n;
}

TEST(HrvBands, AreTheVariancesOfTheSinesTheyHold) {
  for (const auto& [lf, hf] : {std::pair{30.0, 20.0}, std::pair{10.0, 40.0}, std::pair{40.0, 10.0}}) {
    const auto bands = hrv_bands(intervals_of(beats_with(310.0, lf, hf)));
    ASSERT_TRUE(bands.lf_ms2 && bands.hf_ms2 && bands.vlf_ms2);
    EXPECT_NEAR(*bands.lf_ms2, 0.5 * lf * lf, 0.1 * 0.5 * lf * lf);
    EXPECT_NEAR(*bands.hf_ms2, 0.5 * hf * hf, 0.15 * 0.5 * hf * hf);
    EXPECT_NEAR(*bands.lf_hf, *bands.lf_ms2 / *bands.hf_ms2, 1e-9);
    EXPECT_LT(*bands.vlf_ms2, 0.05 * (*bands.lf_ms2 + *bands.hf_ms2));
  }
}

TEST(HrvBands, ReadBreathingFromTheHeart) {
  const auto bands = hrv_bands(intervals_of(beats_with(90.0, 5.0, 40.0)));
  ASSERT_TRUE(bands.breaths_per_min);
  EXPECT_NEAR(*bands.breaths_per_min, 15.0, 0.3);
}

TEST(HrvBands, AreNotKnownOfARecordThatIsTooShort) {
  const auto short_one = hrv_bands(intervals_of(beats_with(40.0, 20.0, 20.0)));
  EXPECT_FALSE(short_one.hf_ms2 || short_one.lf_ms2 || short_one.vlf_ms2 || short_one.lf_hf);
  const auto minute = hrv_bands(intervals_of(beats_with(70.0, 20.0, 20.0)));
  EXPECT_TRUE(minute.hf_ms2);
  EXPECT_FALSE(minute.lf_ms2 || minute.vlf_ms2);
  const auto two = hrv_bands(intervals_of(beats_with(130.0, 20.0, 20.0)));
  EXPECT_TRUE(two.lf_ms2);
  EXPECT_FALSE(two.vlf_ms2);
}

TEST(HrvTime, IsThatOfTheTaskForce) {
  std::vector<Interval> intervals;
  double t = 0.0;
  for (const double ms : {800.0, 860.0, 800.0, 830.0}) {
    t += 0.001 * ms;
    intervals.push_back({t, ms, IntervalKind::normal});
  }
  const auto time = hrv_time(intervals);
  EXPECT_NEAR(*time.mean_ms, 822.5, 1e-9);
  EXPECT_NEAR(*time.sdnn_ms, 28.7228, 1e-3);
  EXPECT_NEAR(*time.rmssd_ms, std::sqrt((3600.0 + 3600.0 + 900.0) / 3.0), 1e-9);
  EXPECT_NEAR(*time.pnn50, 2.0 / 3.0, 1e-9);
  EXPECT_NEAR(*time.pnn20, 1.0, 1e-9);
  intervals[1].kind = IntervalKind::broken;
  const auto torn = hrv_time(intervals);
  EXPECT_EQ(torn.intervals, 3u);
  EXPECT_NEAR(*torn.rmssd_ms, 30.0, 1e-9) << "only the last two intervals follow one another";
}

TEST(RrSeries, LeavesAnUndisturbedHeartAlone) {
  const auto intervals = intervals_of(beats_with(120.0, 25.0, 25.0));
  EXPECT_EQ(count(intervals, IntervalKind::normal), intervals.size());
  EXPECT_GT(intervals.size(), 140u);
}

TEST(RrSeries, NamesMissedExtraAndEctopicBeats) {
  const auto beats = beats_with(120.0, 20.0, 20.0);
  auto missed = beats, extra = beats, ectopic = beats;
  missed.erase(missed.begin() + 60);
  extra.insert(extra.begin() + 61, 0.5 * (beats[60] + beats[61]));
  ectopic[60] -= 0.3;
  EXPECT_EQ(count(intervals_of(missed), IntervalKind::missed), 1u);
  EXPECT_GE(count(intervals_of(extra), IntervalKind::extra), 2u);
  EXPECT_GE(count(intervals_of(ectopic), IntervalKind::ectopic), 1u);
  const double clean = *hrv_time(intervals_of(beats)).rmssd_ms;
  for (const auto& disturbed : {missed, extra, ectopic}) {
    EXPECT_NEAR(*hrv_time(intervals_of(disturbed)).rmssd_ms, clean, 0.1 * clean);
  }
}

TEST(RrSeries, CountsNoIntervalAcrossABreak) {
  const auto beats = beats_with(60.0, 20.0, 20.0);
  const auto intervals = intervals_of(beats, beats[30]);
  EXPECT_EQ(count(intervals, IntervalKind::broken), 1u);
  EXPECT_EQ(intervals[29].kind, IntervalKind::broken);
}

}  // namespace
}  // namespace attune::signal
