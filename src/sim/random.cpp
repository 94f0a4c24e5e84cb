#include "attune/sim/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace attune::sim {

double unit(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

double uniform(std::mt19937_64& random, double low, double high) { return low + (high - low) * unit(random); }

namespace {

/// A point of the unit disc without its centre: its first coordinate and its distance from the centre,
/// squared.
struct DiscPoint {
  double a, square;
};

DiscPoint disc_point(std::mt19937_64& random) {
  while (true) {
    const double a = 2.0 * unit(random) - 1.0;
    const double b = 2.0 * unit(random) - 1.0;
    const double square = a * a + b * b;
    if (square > 0.0 && square < 1.0) return {a, square};
  }
}

/// The second number of the pair is given up: a function without a memory is worth the extra draws.
double normal_of(const DiscPoint& point) {
  return point.a * std::sqrt(-2.0 * std::log(point.square) / point.square);
}

}  // namespace

double normal(std::mt19937_64& random) { return normal_of(disc_point(random)); }

void normals(std::mt19937_64& random, std::span<double> room) {
  constexpr std::size_t at_once = 8;
  while (!room.empty()) {
    const auto now = room.first(std::min(at_once, room.size()));
    std::array<DiscPoint, at_once> points;
    for (std::size_t i = 0; i < now.size(); ++i) points[i] = disc_point(random);
    // No number waits for the one before: the processor computes several logarithms at a time.
    for (std::size_t i = 0; i < now.size(); ++i) now[i] = normal_of(points[i]);
    room = room.subspan(now.size());
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
