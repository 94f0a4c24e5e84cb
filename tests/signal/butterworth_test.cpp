#include "attune/signal/butterworth.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace attune::signal {
namespace {

constexpr double tau = 2.0 * std::numbers::pi;

/// |H| of an analogue Butterworth filter at the frequencies that the bilinear transform turns into these.
double analytic_low(int order, double frequency, double cutoff, double rate) {
  const double ratio = std::tan(0.5 * tau * frequency / rate) / std::tan(0.5 * tau * cutoff / rate);
  return 1.0 / std::sqrt(1.0 + std::pow(ratio, 2 * order));
}

TEST(ButterworthFilter, HasItsAnalyticResponseAtAnyOrder) {
  for (int order = 1; order <= 8; ++order) {
    const auto low = Butterworth::low(order, 12.0, 250.0), high = Butterworth::high(order, 12.0, 250.0);
    for (const double hz : {1.0, 5.0, 12.0, 20.0, 60.0, 110.0}) {
      const double expected = analytic_low(order, hz, 12.0, 250.0);
      EXPECT_NEAR(std::abs(low.response(hz)), expected, 1e-9) << order << " at " << hz;
      EXPECT_NEAR(std::abs(high.response(hz)), std::sqrt(1.0 - expected * expected), 1e-6)
          << order << " at " << hz;
    }
  }
}

TEST(ButterworthFilter, OfABandLosesThreeDecibelAtBothEdgesAndANotchItsMiddle) {
  for (int order = 1; order <= 4; ++order) {
    const auto band = Butterworth::band(order, 5.0, 15.0, 360.0),
               notch = Butterworth::notch(order, 48.0, 52.0, 360.0);
    EXPECT_NEAR(std::abs(band.response(5.0)), std::numbers::sqrt2 / 2.0, 1e-6);
    EXPECT_NEAR(std::abs(band.response(15.0)), std::numbers::sqrt2 / 2.0, 1e-6);
    EXPECT_LT(std::abs(band.response(0.1)), 0.03);
    EXPECT_NEAR(std::abs(notch.response(48.0)), std::numbers::sqrt2 / 2.0, 1e-6);
    EXPECT_NEAR(std::abs(notch.response(0.0)), 1.0, 1e-9);
    EXPECT_LT(std::abs(notch.response(50.0)), 0.02);
  }
}

TEST(ButterworthFilter, LetsOfAChirpThroughWhatItsResponseSays) {
  constexpr double rate = 500.0, seconds = 60.0, last_hz = 60.0;
  auto filter = Butterworth::band(2, 10.0, 30.0, rate);
  const auto response = filter;
  double most = 0.0, checked = 0.0;
  for (int i = 0; i < static_cast<int>(seconds * rate); ++i) {
    const double t = i / rate, hz = last_hz * t / seconds;
    const double out = filter.push(std::sin(0.5 * tau * last_hz * t * t / seconds));
    most = std::max(most, std::abs(out));
    if (i % 500 != 499) continue;  // the largest value of a second, in which the frequency rises by 1 Hz
    const double low = std::abs(response.response(hz - 1.0)), high = std::abs(response.response(hz));
    if (hz > 3.0) {
      EXPECT_NEAR(most, std::max(low, high), 0.05) << hz;
      ++checked;
    }
    most = 0.0;
  }
  EXPECT_GT(checked, 50.0);
}

TEST(ButterworthFilter, DelaysASlowSineByItsStatedDelay) {
  auto filter = Butterworth::low(2, 5.0, 200.0);
  const double delay = filter.delay_s(1.0);
  double error = 0.0;
  for (int i = 0; i < 4000; ++i) {
    const double out = filter.push(std::sin(tau * i / 200.0));
    if (i > 2000) error = std::max(error, std::abs(out - std::sin(tau * (i / 200.0 - delay))));
  }
  EXPECT_LT(error, 0.02);
  EXPECT_NEAR(delay, std::numbers::sqrt2 / (tau * 5.0), 0.003);
}

TEST(ButterworthFilter, StartsWithoutRingingWhereverTheSignalStands) {
  auto low = Butterworth::low(4, 5.0, 250.0), high = Butterworth::high(3, 0.5, 250.0);
  for (int i = 0; i < 100; ++i) {
    EXPECT_NEAR(low.push(2048.0), 2048.0, 1e-6);
    EXPECT_NEAR(high.push(2048.0), 0.0, 1e-6);
  }
}

}  // namespace
}  // namespace attune::signal
