#pragma once

#include <cstdint>

namespace attune::scene {

/// A small generator for procedural shapes: the same seed gives the same world, whatever the library's own
/// generators and distributions do. SplitMix64 (Steele, Lea & Flood, OOPSLA 2014).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() {
    auto z = state_ += 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  /// [0, 1)
  float unit() { return static_cast<float>(bits() >> 40U) * 0x1p-24F; }
  float between(float low, float high) { return low + (high - low) * unit(); }
  /// Both ends included.
  int whole(int low, int high) {
    return low + static_cast<int>(bits() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool chance(float probability) { return unit() < probability; }

 private:
  std::uint64_t state_;
};

}  // namespace attune::scene
