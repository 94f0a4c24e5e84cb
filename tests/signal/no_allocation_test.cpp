#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>

#include "attune/signal/butterworth.hpp"
#include "attune/signal/eeg.hpp"
#include "attune/signal/event_rate.hpp"
#include "attune/signal/face_activity.hpp"
#include "attune/signal/freezing.hpp"
#include "attune/signal/gap_filler.hpp"
#include "attune/signal/hampel.hpp"
#include "attune/signal/motion.hpp"
#include "attune/signal/own_baseline.hpp"
#include "attune/signal/pulses.hpp"
#include "attune/signal/r_peaks.hpp"
#include "attune/signal/respiration.hpp"
#include "attune/signal/rr_series.hpp"
#include "attune/signal/running_slope.hpp"
#include "attune/signal/skin_conductance.hpp"
#include "attune/signal/slip_guard.hpp"
#include "attune/signal/turning_points.hpp"
#include "signal/made_signals.hpp"
#include "support/allocations.hpp"

// A sample costs no memory: what is built once may stream for hours, in a frame's time.
namespace attune::signal {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// What a stretch of work allocates.
template <typename Work>
std::size_t allocated(Work&& work) {
  const auto before = attune::test::allocations();
  work();
  return attune::test::allocations() - before;
}

/// A value a sample, a gap of a second in between, and single losses all over.
double sample(int i, double rate_hz) {
  const bool lost = i % 17 == 3 || (i > 20 * static_cast<int>(rate_hz) && i < 21 * static_cast<int>(rate_hz));
  return lost ? nan : std::sin(0.3 * i) + 0.1 * std::sin(7.0 * i);
}

TEST(NoAllocation, IsToldByACounterThatSeesOne) {
  std::unique_ptr<double> kept;
  EXPECT_EQ(allocated([&] { kept = std::make_unique<double>(1.0); }), 1u);
  std::vector<double> grown;
  EXPECT_GT(allocated([&] { grown.resize(1000); }), 0u);
  EXPECT_EQ(allocated([] {}), 0u);
}

TEST(NoAllocation, OfFiltersAndWhatCleans) {
  auto low = Butterworth::low(4, 5.0, 100.0), band = Butterworth::band(2, 8.0, 20.0, 100.0);
  Hampel<5> hampel;
  GapFiller filler(10);
  SlipGuard guard(100.0);
  TurningPoints turns;
  OwnBaseline baseline(10.0);
  RunningSlope slope;
  std::size_t turned = 0, cleaned = 0;
  EXPECT_EQ(allocated([&] {
              for (int i = 0; i < 6000; ++i) {
                const double value = sample(i, 100.0);
                for (const double known : filler.push(guard.push(value)).samples) {
                  cleaned += hampel.push(low.push(band.push(known))) ? 1 : 0;
                  turned += turns.push(0.01 * i, known, 0.5) ? 1 : 0;
                }
                baseline.push(value, 0.01);
                slope.push(value, 0.01);
              }
            }),
            0u);
  EXPECT_GT(cleaned, 5000u);
  EXPECT_GT(turned, 100u);
}

/// Streams a heart with losses through a detector and the intervals behind it.
template <typename Detector>
void expect_a_heart_to_cost_nothing(test::Wave wave, double rate_hz) {
  auto made = test::made_heart(wave, rate_hz, 60.0, 70.0);
  for (std::size_t i = 0; i < made.values.size(); i += 41) made.values[i] = nan;
  std::fill(made.values.begin() + static_cast<std::ptrdiff_t>(30.0 * rate_hz),
            made.values.begin() + static_cast<std::ptrdiff_t>(32.0 * rate_hz), nan);
  Detector detector(rate_hz);
  RrSeries series;
  std::size_t beats = 0, intervals = 0;
  EXPECT_EQ(allocated([&] {
              for (const double value : made.values) {
                const auto beat = detector.push(value);
                if (!beat) continue;
                ++beats;
                series.push(beat->sample / rate_hz, beat->connected);
                while (series.next()) ++intervals;
              }
              while (detector.finish()) ++beats;
              while (series.finish()) ++intervals;
            }),
            0u);
  EXPECT_GT(beats, 55u);
  EXPECT_GT(intervals, 50u);
}

TEST(NoAllocation, OfAHeartFromItsSamplesToItsIntervals) {
  expect_a_heart_to_cost_nothing<RPeakDetector>(test::normal_wave, 360.0);
  expect_a_heart_to_cost_nothing<PulseDetector>(test::pulse_wave, 64.0);
}

TEST(NoAllocation, OfBreathingAndSkin) {
  Respiration respiration(25.0);
  GuideCoherence coherence(25.0);
  SkinConductance skin(25.0);
  std::size_t breaths = 0, responses = 0;
  EXPECT_EQ(allocated([&] {
              for (int i = 0; i < 25 * 120; ++i) {
                const double t = i / 25.0;
                const double value = std::isnan(sample(i, 25.0)) ? nan : std::sin(1.5 * t);
                breaths += respiration.push(value) ? 1 : 0;
                coherence.push(value, 0.24 * t - std::floor(0.24 * t));
                const double since = std::fmod(t, 20.0);
                responses += skin.push(5.0 + (std::exp(-since / 5.0) - std::exp(-since))) ? 1 : 0;
                (void)respiration.breaths_per_min();
                (void)respiration.regularity();
              }
            }),
            0u);
  EXPECT_GT(breaths, 20u);
  EXPECT_GT(responses, 3u);
  EXPECT_TRUE(coherence.value().has_value());
}

TEST(NoAllocation, OfBrainFaceAndWhatIsCounted) {
  EegBandPowers left(250.0), right(250.0);
  RisingEdge edge(0.6, 0.3);
  EventRate rate;
  FaceActivity face;
  std::array<telemetry::Reading, telemetry::expression_count> expressions{};
  for (auto& one : expressions) one = {.value = 0.7F, .valid = true};
  EXPECT_EQ(allocated([&] {
              for (int i = 0; i < 250 * 20; ++i) {
                left.push(10.0 * std::sin(0.25 * i));
                right.push(sample(i, 250.0));
                rate.push(0.02, true, edge.push(std::sin(0.05 * i)) ? 1 : 0);
                face.push(0.02, expressions);
              }
            }),
            0u);
  EXPECT_TRUE(left.power(EegBand::alpha) && rate.per_second());
}

TEST(NoAllocation, OfABodyInMotion) {
  HeadMotion head;
  HandMotion hand;
  Freezing freezing;
  std::size_t known = 0;
  EXPECT_EQ(allocated([&] {
              for (int i = 0; i < 72 * 30; ++i) {
                telemetry::Pose pose;
                pose.position_m = {0.001F * static_cast<float>(i % 7), 1.6F, 0.0F};
                pose.position_valid = pose.orientation_valid = pose.tracked = i % 100 != 0;
                const auto turned = head.push(pose, 1.0F / 72.0F);
                const auto moved = hand.push(pose, 1.0F / 72.0F);
                freezing.push(turned ? std::optional(static_cast<double>(turned->turn_deg_s)) : std::nullopt,
                              moved ? std::optional(static_cast<double>(moved->speed_m_s)) : std::nullopt,
                              1.0 / 72.0);
                known += turned && moved ? 1 : 0;
              }
            }),
            0u);
  EXPECT_GT(known, 2000u);
}

}  // namespace
}  // namespace attune::signal
