#include "attune/state/correlation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace attune::state {
namespace {

constexpr double forever = std::numeric_limits<double>::infinity();
constexpr Correlation::Presumed nothing{.correlation = 0.0, .first_squares = 1e-9, .second_squares = 1e-9};

TEST(Correlation, BeginsWithWhatIsPresumed) {
  EXPECT_DOUBLE_EQ(Correlation({0.8, 2.0, 0.5}, forever).value(), 0.8);
}

TEST(Correlation, IsThatOfPearsonOverAllThatHasCome) {
  std::mt19937_64 random(5);
  std::normal_distribution<double> deviate;
  std::vector<double> a, b;
  Correlation correlation(nothing, forever);
  for (int i = 0; i < 500; ++i) {
    a.push_back(3.0 + deviate(random));
    b.push_back(-1.0 + 0.5 * a.back() + deviate(random));
    correlation.add(a.back(), b.back());
  }
  double mean_a = 0.0, mean_b = 0.0, aa = 0.0, bb = 0.0, ab = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) mean_a += a[i] / 500.0, mean_b += b[i] / 500.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
    ab += (a[i] - mean_a) * (b[i] - mean_b);
  }
  EXPECT_NEAR(correlation.value(), ab / std::sqrt(aa * bb), 1e-6);
  EXPECT_GT(correlation.value(), 0.3);
}

TEST(Correlation, ForgetsWithItsMemory) {
  Correlation all({0.0, 0.1, 0.1}, forever), of_late({0.0, 0.1, 0.1}, 50.0);
  const auto add = [&](int i, double sign) {
    const double wave = std::sin(0.3 * i);
    all.add(wave, sign * wave);
    of_late.add(wave, sign * wave);
  };
  for (int i = 0; i < 1000; ++i) add(i, 1.0);
  EXPECT_GT(of_late.value(), 0.95);
  for (int i = 0; i < 250; ++i) add(i, -1.0);
  EXPECT_LT(of_late.value(), -0.9);
  EXPECT_GT(all.value(), 0.5);
  // With nothing that moves it comes back to what is presumed.
  for (int i = 0; i < 2000; ++i) of_late.add(0.2, 0.7);
  EXPECT_NEAR(of_late.value(), 0.0, 1e-3);
}

}  // namespace
}  // namespace attune::state
