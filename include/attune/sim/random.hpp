#pragma once

#include <cstdint>
#include <random>
#include <span>

/// Chance for virtual patients. The engine is the standard one, whose output the standard fixes bit by bit;
/// the transforms are our own, because the standard leaves those of <random> to each library.
namespace attune::sim {

/// Uniform in [0, 1), 53 bits. One draw.
[[nodiscard]] double unit(std::mt19937_64& random);
/// Uniform in [low, high).
[[nodiscard]] double uniform(std::mt19937_64& random, double low, double high);
/// Standard normal. Source: Marsaglia & Bray, SIAM Review 6 (1964), the polar method.
[[nodiscard]] double normal(std::mt19937_64& random);
/// As many standard normals as there is room for: those that calls of `normal` in a row would give, in less
/// time.
void normals(std::mt19937_64& random, std::span<double> room);
/// Exponential with mean 1: the hazard that a Poisson process collects until its next event.
[[nodiscard]] double exponential(std::mt19937_64& random);
/// Gamma with the given shape (> 0) and scale 1. Source: Marsaglia & Tsang, ACM TOMS 26 (2000) 363.
[[nodiscard]] double gamma(std::mt19937_64& random, double shape);
/// Log-normal by its median and the deviation of its logarithm.
[[nodiscard]] double lognormal(std::mt19937_64& random, double median, double sigma);

/// The seed of an independent stream named `stream` of the same seed: what one part draws never shifts
/// another. Also used as a hash. Source: the finaliser of SplitMix64, Steele, Lea & Flood, OOPSLA 2014.
[[nodiscard]] std::uint64_t derived_seed(std::uint64_t seed, std::uint64_t stream);

}  // namespace attune::sim
