#include <gtest/gtest.h>

#include "attune/signal/hrv.hpp"
#include "attune/signal/pulses.hpp"
#include "attune/signal/r_peaks.hpp"
#include "signal/made_signals.hpp"
#include "support/drawn.hpp"

// What holds of beats, intervals and their measures whatever the heart, the rate and the losses.
namespace attune::signal {
namespace {

using attune::test::drawn_between;
using attune::test::later;
using attune::test::with_losses;
using test::beats_found;
using test::MadeHeart;
using test::score;

constexpr double seconds = 25.0, settled_s = 10.0;

MadeHeart drawn_heart(std::initializer_list<test::Wave> waves, double rate_hz) {
  return test::made_heart(*(waves.begin() + *rc::gen::inRange<std::size_t>(0, waves.size())), rate_hz,
                          seconds, drawn_between(45.0, 120.0), drawn_between(0.003, 0.03),
                          *rc::gen::arbitrary<unsigned>());
}
MadeHeart drawn_ecg(double rate_hz) {
  return drawn_heart({test::normal_wave, test::inverted_wave, test::split_wave, test::broad_wave}, rate_hz);
}
MadeHeart drawn_ppg(double rate_hz) {
  auto heart = drawn_heart({test::pulse_wave}, rate_hz);
  heart.beats = test::feet(heart.beats, rate_hz);
  return heart;
}

std::vector<double> from(double sample, const std::vector<double>& beats, double shift = 0.0) {
  std::vector<double> some;
  for (const double beat : beats) {
    if (beat - shift >= sample) some.push_back(beat - shift);
  }
  return some;
}

/// The beats of a signal that begins later lie as much later, give or take some samples, once both are
/// settled.
template <typename Detector>
void expect_beats_to_move_with_time(const MadeHeart& heart, double rate_hz, double margin) {
  const auto shift = *rc::gen::inRange<std::size_t>(1, 1500);
  const auto found = beats_found(Detector(rate_hz), heart.values);
  const auto moved = beats_found(Detector(rate_hz), later(heart.values, shift));
  const double settled = settled_s * rate_hz;
  const auto here = from(settled, found), there = from(settled, moved, static_cast<double>(shift));
  RC_ASSERT(here.size() > 5u);
  RC_ASSERT(score(there, from(settled - margin, found), margin).false_ones == 0u);
  RC_ASSERT(score(here, from(settled - margin, moved, static_cast<double>(shift)), margin).false_ones == 0u);
}

/// Neither the unit nor the offset of a signal matters.
template <typename Detector>
void expect_beats_in_any_unit(const MadeHeart& heart, double rate_hz) {
  const double gain = std::exp2(*rc::gen::inRange(-10, 11)), offset = drawn_between(-100.0, 100.0);
  auto other = heart.values;
  for (auto& value : other) value = gain * (value + offset);
  const auto found = beats_found(Detector(rate_hz), heart.values);
  const auto again = beats_found(Detector(rate_hz), other);
  RC_ASSERT(found.size() == again.size());
  // Rounding may decide which of two equal samples is the top of a flat wave.
  for (std::size_t i = 0; i < found.size(); ++i) RC_ASSERT(std::abs(found[i] - again[i]) < 0.1 * rate_hz);
}

template <typename Detector>
void expect_only_numbers_of_what_is_left(const MadeHeart& heart, double rate_hz) {
  auto values = with_losses(heart.values);
  const auto first_second = static_cast<std::size_t>(rate_hz);
  values[*rc::gen::inRange(first_second, values.size())] = 1e300;
  const auto found = beats_found(Detector(rate_hz), values);
  for (const double beat : found)
    RC_ASSERT(std::isfinite(beat) && beat > -1.0 && beat < static_cast<double>(values.size()));
  RC_ASSERT(score(found, heart.beats, 0.15 * rate_hz).missed < heart.beats.size() / 2);
}

double drawn_ecg_rate() { return *rc::gen::element(128.0, 250.0, 360.0, 500.0); }
double drawn_ppg_rate() { return *rc::gen::element(25.0, 64.0, 128.0, 250.0); }

RC_GTEST_PROP(RPeakProperties, BeatsMoveWithTheSignalInTime, ()) {
  const double rate = drawn_ecg_rate();
  expect_beats_to_move_with_time<RPeakDetector>(drawn_ecg(rate), rate, 2.0);
}
RC_GTEST_PROP(RPeakProperties, UnitAndOffsetDoNotMatter, ()) {
  const double rate = drawn_ecg_rate();
  expect_beats_in_any_unit<RPeakDetector>(drawn_ecg(rate), rate);
}
RC_GTEST_PROP(RPeakProperties, AFifthOfTheSamplesMayBeLost, ()) {
  const double rate = drawn_ecg_rate();
  expect_only_numbers_of_what_is_left<RPeakDetector>(drawn_ecg(rate), rate);
}
RC_GTEST_PROP(PulseProperties, BeatsMoveWithTheSignalInTime, ()) {
  const double rate = drawn_ppg_rate();
  expect_beats_to_move_with_time<PulseDetector>(drawn_ppg(rate), rate, 0.1 * rate);  // its foot is flat
}
RC_GTEST_PROP(PulseProperties, UnitAndOffsetDoNotMatter, ()) {
  const double rate = drawn_ppg_rate();
  expect_beats_in_any_unit<PulseDetector>(drawn_ppg(rate), rate);
}
RC_GTEST_PROP(PulseProperties, AFifthOfTheSamplesMayBeLost, ()) {
  const double rate = drawn_ppg_rate();
  expect_only_numbers_of_what_is_left<PulseDetector>(drawn_ppg(rate), rate);
}

/// Instants of beats: any interval between 0.3 and 2 s, or some that are close to one another.
std::vector<double> drawn_beats() {
  const auto count = *rc::gen::inRange<std::size_t>(2, 300);
  const double mean = drawn_between(0.4, 1.5), spread = drawn_between(0.0, 0.5);
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  std::uniform_real_distribution<double> share(-1.0, 1.0);
  std::vector<double> beats{0.0};
  while (beats.size() < count) beats.push_back(beats.back() + mean * (1.0 + spread * share(random)));
  return beats;
}

std::vector<Interval> intervals_of(const std::vector<double>& beats) {
  RrSeries series;
  std::vector<Interval> intervals;
  for (const double beat : beats) {
    series.push(beat, true);
    while (const auto interval = series.next()) intervals.push_back(*interval);
  }
  while (const auto interval = series.finish()) intervals.push_back(*interval);
  return intervals;
}

std::vector<double> without_a_fifth(const std::vector<double>& beats) {
  const auto lost = attune::test::drawn_losses(beats.size());
  std::vector<double> left;
  for (std::size_t i = 0; i < beats.size(); ++i) {
    if (!lost[i]) left.push_back(beats[i]);
  }
  return left;
}

RC_GTEST_PROP(RrSeriesProperties, IntervalsMoveWithTheBeatsInTime, ()) {
  const auto beats = drawn_beats();
  const double shift = *rc::gen::inRange(1, 100'000);  // whole seconds, so that no interval is rounded anew
  auto moved = beats;
  for (auto& beat : moved) beat += shift;
  const auto here = intervals_of(beats), there = intervals_of(moved);
  RC_ASSERT(here.size() == there.size());
  for (std::size_t i = 0; i < here.size(); ++i) {
    RC_ASSERT(std::abs(there[i].end_s - here[i].end_s - shift) < 1e-6);
    RC_ASSERT(std::abs(there[i].ms - here[i].ms) < 1e-3);
  }
  const auto measures = hrv_time(here), later_measures = hrv_time(there);
  RC_ASSERT(std::abs(*measures.mean_ms - *later_measures.mean_ms) < 1.0);
}

RC_GTEST_PROP(RrSeriesProperties, EveryIntervalComesOutOnceInOrderWhateverIsLost, ()) {
  const auto beats = without_a_fifth(drawn_beats());
  const auto intervals = intervals_of(beats);
  RC_ASSERT(intervals.size() + 1 == std::max<std::size_t>(beats.size(), 1));
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    RC_ASSERT(intervals[i].end_s == beats[i + 1]);
    RC_ASSERT(std::abs(intervals[i].ms - 1000.0 * (beats[i + 1] - beats[i])) < 1e-6);
  }
}

void expect_number_from(double least, const std::optional<double>& value) {
  RC_ASSERT(!value || (std::isfinite(*value) && *value >= least));
}

RC_GTEST_PROP(HrvProperties, MeasuresAreNumbersOrUnknownWhateverIsLost, ()) {
  const auto intervals = intervals_of(without_a_fifth(drawn_beats()));
  const auto time = hrv_time(intervals);
  for (const auto& value : {time.mean_ms, time.median_ms, time.min_ms, time.max_ms, time.rate_bpm,
                            time.sdnn_ms, time.sdsd_ms, time.rmssd_ms, time.pnn50, time.pnn20})
    expect_number_from(0.0, value);
  const auto bands = hrv_bands(intervals);
  for (const auto& value : {bands.vlf_ms2, bands.lf_ms2, bands.hf_ms2, bands.lf_hf, bands.breaths_per_min})
    expect_number_from(0.0, value);
}

RC_GTEST_PROP(HrvProperties, WhenItWasMeasuredDoesNotMatter, ()) {
  auto intervals = intervals_of(drawn_beats());
  const auto time = hrv_time(intervals);
  const auto bands = hrv_bands(intervals);
  const double shift = *rc::gen::inRange(1, 100'000);
  for (auto& interval : intervals) interval.end_s += shift;
  const auto same = [](const std::optional<double>& a, const std::optional<double>& b) {
    return a.has_value() == b.has_value() && (!a || std::abs(*a - *b) <= 1e-4 * std::abs(*a) + 1e-9);
  };
  const auto later_time = hrv_time(intervals);
  const auto later_bands = hrv_bands(intervals);
  RC_ASSERT(same(time.sdnn_ms, later_time.sdnn_ms) && same(time.rmssd_ms, later_time.rmssd_ms));
  RC_ASSERT(same(bands.lf_ms2, later_bands.lf_ms2) && same(bands.hf_ms2, later_bands.hf_ms2));
}

}  // namespace
}  // namespace attune::signal
