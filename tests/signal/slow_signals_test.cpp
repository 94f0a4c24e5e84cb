#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

#include "attune/signal/respiration.hpp"
#include "attune/signal/skin_conductance.hpp"

namespace attune::signal {
namespace {

constexpr double tau = 2.0 * std::numbers::pi;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Respiration, CountsBreathsAtEveryRateAndPace) {
  for (const double rate : {10.0, 25.0, 250.0}) {
    for (const double breaths : {5.0, 12.0, 30.0}) {
      Respiration respiration(rate);
      std::mt19937 random(2);
      std::normal_distribution<double> normal;
      int count = 0;
      for (int i = 0; i < static_cast<int>(120.0 * rate); ++i) {
        const double value = 500.0 - 80.0 * std::cos(tau * breaths / 60.0 * i / rate) + 2.0 * normal(random);
        count += respiration.push(value) ? 1 : 0;
      }
      ASSERT_TRUE(respiration.breaths_per_min()) << rate << " Hz, " << breaths;
      EXPECT_NEAR(*respiration.breaths_per_min(), breaths, 0.03 * breaths) << rate;
      EXPECT_NEAR(count, 2.0 * breaths, 3.0) << rate;
      EXPECT_GT(respiration.regularity().value_or(0.0), 0.9) << breaths;
    }
  }
}

TEST(Respiration, KnowsWhereInABreathThePatientIs) {
  Respiration respiration(25.0);
  for (int i = 0; i < 25 * 90; ++i) {
    const double t = i / 25.0;
    respiration.push(-std::cos(tau * 0.2 * t));
    const auto phase = respiration.phase();
    if (t < 40.0 || !phase) continue;
    const double off = *phase - 0.2 * t;
    EXPECT_LT(std::abs(off - std::round(off)), 0.08) << t;
  }
  EXPECT_TRUE(respiration.phase());
}

TEST(Respiration, SaysNothingOnceABeltIsSilent) {
  Respiration respiration(25.0);
  for (int i = 0; i < 25 * 60; ++i) respiration.push(std::sin(tau * 0.25 * i / 25.0));
  EXPECT_TRUE(respiration.breaths_per_min());
  for (int i = 0; i < 25 * 40; ++i) respiration.push(0.0);
  EXPECT_FALSE(respiration.breaths_per_min());
}

TEST(GuideCoherence, IsOneForWhoFollowsAndLowForWhoDoesNot) {
  GuideCoherence follows(25.0), differs(25.0);
  for (int i = 0; i < 25 * 120; ++i) {
    const double t = i / 25.0;
    follows.push(10.0 + std::sin(tau * 0.1 * t - 0.8), 0.1 * t - std::floor(0.1 * t));
    differs.push(10.0 + std::sin(tau * 0.27 * t), 0.1 * t - std::floor(0.1 * t));
  }
  EXPECT_GT(*follows.value(), 0.95);
  EXPECT_LT(*differs.value(), 0.25);
}

/// Skin that answers at given seconds, in µS: a rise of some 2 s, a fall of some 6.
std::vector<double> skin(double rate, double seconds, const std::vector<double>& answers, double height) {
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  std::vector<double> values;
  for (int i = 0; i < static_cast<int>(seconds * rate); ++i) {
    const double t = i / rate;
    double value = 5.0 - 0.004 * t + 0.002 * normal(random);
    for (const double at : answers) {
      if (t > at) value += 1.9 * height * (std::exp(-(t - at) / 5.0) - std::exp(-(t - at) / 1.0));
    }
    values.push_back(value);
  }
  return values;
}

TEST(SkinConductance, FindsResponsesWhereTheyBegin) {
  const std::vector<double> answers{20.0, 34.0, 50.0, 70.0, 88.0};
  for (const double rate : {4.0, 16.0, 100.0, 1000.0}) {
    SkinConductance conductance(rate);
    std::vector<SkinResponse> found;
    for (const double value : skin(rate, 110.0, answers, 0.4)) {
      if (const auto response = conductance.push(value)) found.push_back(*response);
    }
    ASSERT_EQ(found.size(), answers.size()) << rate;
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_NEAR(found[i].onset_s, answers[i], 0.6) << rate;
      EXPECT_NEAR(found[i].amplitude, 0.4, 0.08) << rate;
    }
    EXPECT_NEAR(*conductance.tonic(), 4.6, 0.25);
  }
}

TEST(SkinConductance, FindsTheResponseAfterAHaltOnTheWayDown) {
  // Three responses from which the skin takes long to come back, and at 44 s a finger that moves. What
  // follows slow changes comes back from below then, and takes the halt for the beginning of a rise.
  for (const double rate : {16.0, 100.0}) {
    SkinConductance conductance(rate);
    std::vector<double> onsets;
    double t = 0.0;
    for (double value : skin(rate, 110.0, {}, 0.0)) {
      for (const double at : {20.0, 27.0, 34.0, 70.0}) {
        if (t > at) value += 0.8 * (std::exp(-(t - at) / 40.0) - std::exp(-(t - at)));
      }
      if (t > 44.0) value += 0.04 * (1.0 - std::exp(-(t - 44.0) / 0.5));
      if (const auto response = conductance.push(value)) onsets.push_back(response->onset_s);
      t += 1.0 / rate;
    }
    ASSERT_EQ(onsets.size(), 4u) << rate;
    EXPECT_NEAR(onsets[3], 70.0, 0.6) << rate;
  }
}

TEST(SkinConductance, TakesNoiseAndDriftForNoResponse) {
  for (const double rate : {4.0, 100.0}) {
    SkinConductance conductance(rate);
    for (const double value : skin(rate, 300.0, {}, 0.0)) EXPECT_FALSE(conductance.push(value)) << rate;
  }
}

TEST(SkinConductance, LivesThroughGaps) {
  SkinConductance conductance(16.0);
  std::mt19937 random(6);
  std::uniform_real_distribution<double> share(0.0, 1.0);
  int found = 0;
  for (double value : skin(16.0, 110.0, {20.0, 50.0, 80.0}, 0.5)) {
    if (share(random) < 0.2) value = nan;
    if (const auto response = conductance.push(value)) {
      EXPECT_TRUE(std::isfinite(response->amplitude));
      ++found;
    }
  }
  EXPECT_EQ(found, 3);
}

}  // namespace
}  // namespace attune::signal
