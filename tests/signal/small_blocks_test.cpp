#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "attune/signal/eeg.hpp"
#include "attune/signal/event_rate.hpp"
#include "attune/signal/freezing.hpp"
#include "attune/signal/gap_filler.hpp"
#include "attune/signal/hampel.hpp"
#include "attune/signal/own_baseline.hpp"
#include "attune/signal/running_slope.hpp"

namespace attune::signal {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double tau = 2.0 * std::numbers::pi;

TEST(GapFiller, BridgesShortGapsByAStraightLineAndLeavesLongOnes) {
  GapFiller filler(3);
  EXPECT_EQ(filler.push(1.0).samples.size(), 1u);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(filler.push(nan).samples.empty());
  const auto bridged = filler.push(5.0);
  ASSERT_EQ(bridged.samples.size(), 4u);
  EXPECT_EQ(bridged.samples[0], 2.0);
  EXPECT_EQ(bridged.samples[3], 5.0);
  for (int i = 0; i < 4; ++i) filler.push(nan);
  EXPECT_TRUE(filler.in_gap());
  const auto after = filler.push(9.0);
  EXPECT_EQ(after.samples.size(), 1u);
  EXPECT_EQ(after.lost, 4u);
}

TEST(Hampel, ReplacesALoneOutlierAndNothingElse) {
  Hampel<3> hampel;
  int replaced = 0;
  for (int i = 0; i < 100; ++i) {
    const double sample = i == 50 ? 40.0 : std::sin(0.1 * i);
    const auto out = hampel.push(sample);
    if (!out) continue;
    EXPECT_LT(std::abs(*out - std::sin(0.1 * (i - 3))), 0.4) << i;
    if (hampel.replaced()) {
      ++replaced;
      EXPECT_EQ(i, 53);
    }
  }
  EXPECT_EQ(replaced, 1);
}

TEST(OwnBaseline, SaysHowFarAPatientIsFromThePatientsOwnUsual) {
  std::mt19937 random(1);
  std::normal_distribution<double> usual(70.0, 4.0);
  OwnBaseline baseline(60.0);
  for (int i = 0; i < 300; ++i) {
    const auto standard = baseline.push(usual(random), 1.0);
    EXPECT_EQ(standard.has_value(), i >= 60);
  }
  EXPECT_NEAR(*baseline.standardised(82.0), 3.0, 0.4);
  EXPECT_FALSE(baseline.push(nan, 1.0));
  EXPECT_NEAR(*baseline.standardised(82.0), 3.0, 0.4);
}

TEST(RunningSlope, IsThatOfTheLineThroughWhatWasMeasured) {
  RunningSlope slope(20.0);
  for (int i = 0; i < 400; ++i) slope.push(i % 5 == 0 ? nan : 33.0 + 0.002 * i * 0.25, 0.25);
  EXPECT_NEAR(*slope.per_second(), 0.002, 1e-6);
  RunningSlope young(20.0);
  young.push(33.0, 0.25);
  EXPECT_FALSE(young.per_second());
}

TEST(EventRate, CountsClicksOfAFingerAndNotItsRest) {
  RisingEdge edge(0.6, 0.3);
  EventRate rate(30.0);
  for (int i = 0; i < 72 * 60; ++i) {
    const double t = i / 72.0, phase = 0.5 * t - std::floor(0.5 * t);
    const double pull = phase < 0.1   ? 1.0
                        : phase < 0.5 ? 0.5
                                      : 0.0;  // pulled, resting half-way, let go: every 2 s
    rate.push(1.0 / 72.0, true, edge.push(pull) ? 1 : 0);
  }
  EXPECT_NEAR(*rate.per_second(), 0.5, 0.04);
  RisingEdge held(0.6, 0.3);
  EXPECT_FALSE(held.push(1.0)) << "what is held down when it is first seen was not pressed now";
}

TEST(Freezing, IsStillnessOfHeadAndHandsTogetherForTwoSeconds) {
  Freezing freezing;
  for (int i = 0; i < 180; ++i) freezing.push(1.0, 0.005, 1.0 / 72.0);
  EXPECT_TRUE(freezing.frozen());
  freezing.push(1.0, 0.3, 1.0 / 72.0);
  EXPECT_FALSE(freezing.frozen());
  for (int i = 0; i < 180; ++i) freezing.push(std::nullopt, 0.0, 1.0 / 72.0);
  EXPECT_FALSE(freezing.frozen()) << "an untracked head says nothing";
}

TEST(Eeg, PutsASineIntoItsBandAndTellsWhichSideIsTheStronger) {
  EegBandPowers left(250.0), right(250.0);
  for (int i = 0; i < 250 * 10; ++i) {
    const double sine = std::sin(tau * 10.0 * i / 250.0);
    left.push(10.0 * sine);
    right.push(20.0 * sine);
  }
  EXPECT_NEAR(*left.power(EegBand::alpha), 50.0, 3.0);
  for (const auto band : {EegBand::delta, EegBand::theta, EegBand::beta, EegBand::gamma})
    EXPECT_LT(*left.power(band), 3.0);
  EXPECT_NEAR(*alpha_asymmetry(left, right), std::log(4.0), 0.01);
  left.push(nan);
  EXPECT_FALSE(left.power(EegBand::alpha)) << "after an artefact everything starts over";
}

}  // namespace
}  // namespace attune::signal
