#pragma once

#include <array>
#include <cstdint>
#include <random>

#include "attune/telemetry/samples.hpp"
#include "attune/telemetry/stimulus.hpp"

namespace attune::sim {

/// Work at a desk as the desk's own programs see it: over the last half minute, told once a second.
///
/// 24 (1 − 0.75 X) clicks a minute and 0.95 − 0.6 X of the time at the screen while working; nothing while
/// something else is done. Hand-set.
class Desk {
 public:
  explicit Desk(std::uint64_t seed) : random_(seed) {}

  /// What is shown from now on: whether there is a desk, and whether the patient works.
  void see(const telemetry::Stimulus& stimulus);
  /// Lives through the second that begins at `start_s`. Without a desk nothing happens.
  void live(double start_s, double anxiety);
  void read(double now_s, telemetry::TaskActivity& task) const;

 private:
  static constexpr std::size_t window = 30;

  std::mt19937_64 random_;
  bool there_ = false, works_ = false, at_screen_ = true;
  std::array<bool, window> clicked_{}, looked_{};  ///< by second
  std::size_t seconds_ = 0;                        ///< at this desk so far
  double told_s_ = 0.0;
};

}  // namespace attune::sim
