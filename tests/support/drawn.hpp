#pragma once

#include <rapidcheck/gtest.h>

#include <limits>
#include <random>
#include <vector>

/// What properties draw: figures of a range, and the loss of samples.
namespace attune::test {

/// A number of a range; shrinks toward its lower end.
inline double drawn_between(double low, double high) {
  constexpr int steps = 1'000'000;
  return low + (high - low) * *rc::gen::inRange(0, steps + 1) / steps;
}

/// Whether each of so many samples is lost; about a fifth is.
inline std::vector<bool> drawn_losses(std::size_t samples) {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  std::bernoulli_distribution lost(0.2);
  std::vector<bool> losses(samples);
  for (std::size_t i = 0; i < samples; ++i) losses[i] = lost(random);
  return losses;
}

/// The same with a fifth of the values lost: NaN.
inline std::vector<double> with_losses(std::vector<double> values) {
  const auto lost = drawn_losses(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (lost[i]) values[i] = std::numeric_limits<double>::quiet_NaN();
  }
  return values;
}

/// The same, later: after so many samples that are missing.
inline std::vector<double> later(const std::vector<double>& values, std::size_t samples) {
  std::vector<double> moved(samples, std::numeric_limits<double>::quiet_NaN());
  moved.insert(moved.end(), values.begin(), values.end());
  return moved;
}

}  // namespace attune::test
