#include "attune/signal/filters.hpp"

#include <gtest/gtest.h>

#include <glm/vec3.hpp>
#include <numbers>

namespace attune::signal {
namespace {

/// Amplitude of the output over that of a sine put in, after everything has settled.
double gain(Butterworth2<float> filter, double frequency_hz, double rate_hz) {
  double square_in = 0.0, square_out = 0.0;
  const int settle = static_cast<int>(20.0 * rate_hz), measure = static_cast<int>(20.0 * rate_hz);
  for (int i = 0; i < settle + measure; ++i) {
    const double in = std::sin(2.0 * std::numbers::pi * frequency_hz * i / rate_hz);
    const double out =
        static_cast<double>(filter.push(static_cast<float>(in), static_cast<float>(1.0 / rate_hz)));
    if (i < settle) continue;
    square_in += in * in;
    square_out += out * out;
  }
  return std::sqrt(square_out / square_in);
}

TEST(Butterworth2, LosesThreeDecibelAtItsCutoffWhateverTheRate) {
  for (const double rate : {30.0, 60.0, 72.0, 90.0, 120.0, 500.0}) {
    EXPECT_NEAR(gain({Pass::low, 5.0F}, 5.0, rate), 1.0 / std::numbers::sqrt2, 0.01) << rate;
    EXPECT_NEAR(gain({Pass::high, 5.0F}, 5.0, rate), 1.0 / std::numbers::sqrt2, 0.01) << rate;
  }
}

TEST(Butterworth2, FallsTwelveDecibelAnOctaveBeyondIt) {
  EXPECT_NEAR(gain({Pass::low, 2.0F}, 16.0, 500.0), 1.0 / 64.0, 0.003);
  EXPECT_NEAR(gain({Pass::high, 16.0F}, 2.0, 500.0), 1.0 / 64.0, 0.003);
  EXPECT_NEAR(gain({Pass::low, 5.0F}, 0.5, 90.0), 1.0, 0.01);
}

TEST(Butterworth2, StartsWithoutRinging) {
  Butterworth2<glm::vec3> low(Pass::low, 5.0F), high(Pass::high, 0.1F);
  const glm::vec3 place{3.0F, 1.6F, -2.0F};
  for (int i = 0; i < 50; ++i) {
    EXPECT_NEAR(low.push(place, 1.0F / 72.0F).x, 3.0F, 1e-5F);
    EXPECT_NEAR(high.push(place, 1.0F / 72.0F).x, 0.0F, 1e-5F);
  }
}

TEST(Butterworth2, GoesOnSmoothlyWhenTheRateChanges) {
  Butterworth2<float> filter(Pass::low, 2.0F);
  double t = 0.0, before = 0.0, largest_step = 0.0;
  for (int i = 0; i < 2000; ++i) {
    const double step = i % 200 < 100 ? 1.0 / 72.0 : 1.0 / 120.0;
    t += step;
    const auto sine = static_cast<float>(std::sin(2.0 * std::numbers::pi * 0.3 * t));
    const double out = static_cast<double>(filter.push(sine, static_cast<float>(step)));
    if (i > 500) largest_step = std::max(largest_step, std::abs(out - before) / step);
    before = out;
  }
  EXPECT_LT(largest_step, 2.0 * std::numbers::pi * 0.3 * 1.02);  // never faster than the sine itself
  EXPECT_GT(largest_step, 2.0 * std::numbers::pi * 0.3 * 0.95);
}

}  // namespace
}  // namespace attune::signal
