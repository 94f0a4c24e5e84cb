#include "attune/sim/random.hpp"

#include <cmath>

namespace attune::sim {

double unit(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

double uniform(std::mt19937_64& random, double low, double high) { return low + (high - low) * unit(random); }

double normal(std::mt19937_64& random) {
  while (true) {
    const double a = 2.0 * unit(random) - 1.0;
    const double b = 2.0 * unit(random) - 1.0;
    const double square = a * a + b * b;
    // The second number of the pair is given up: a function without a memory is worth the extra draws.
    if (square > 0.0 && square < 1.0) return a * std::sqrt(-2.0 * std::log(square) / square);
  }
}

double exponential(std::mt19937_64& random) { return -std::log1p(-unit(random)); }

double gamma(std::mt19937_64& random, double shape) {
  if (shape < 1.0) {
    const double larger = gamma(random, shape + 1.0);
    return larger * std::pow(1.0 - unit(random), 1.0 / shape);
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  while (true) {
    const double x = normal(random);
    const double root = 1.0 + c * x;
    if (root <= 0.0) continue;
    const double v = root * root * root;
    if (std::log(1.0 - unit(random)) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

double lognormal(std::mt19937_64& random, double median, double sigma) {
  return median * std::exp(sigma * normal(random));
}

std::uint64_t derived_seed(std::uint64_t seed, std::uint64_t stream) {
  auto mixed = [](std::uint64_t word) {
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9ULL;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBULL;
    return word ^ (word >> 31);
  };
  constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ULL;
  return mixed(mixed(seed + golden) + (stream + 1) * golden);
}

}  // namespace attune::sim
