#pragma once

#include <cmath>

namespace attune::sim {

/// A quantity whose speed is an Ornstein–Uhlenbeck process and which a spring keeps near 0 (Langevin's
/// oscillator): in the long run the speed's rms is exactly the one asked for, and that of the value is speed
/// rms / stiffness. Known at the two ends of the present tick; between them the speed is linear in time.
class ConfinedWalk {
 public:
  /// Lives through one tick of `dt_s`. @param speed_rms units/s; @param stiffness of the spring, rad/s;
  /// @param memory_s time constant of the speed; @param chance a standard
  /// normal.
  void tick(double speed_rms, double stiffness, double memory_s, double dt_s, double chance) {
    value_ = next_value_;
    speed_ = next_speed_;
    const double kept = std::exp(-dt_s / memory_s);
    next_speed_ = kept * speed_ - stiffness * stiffness * value_ * dt_s +
                  speed_rms * std::sqrt(1.0 - kept * kept) * chance;
    next_value_ = value_ + 0.5 * (speed_ + next_speed_) * dt_s;
  }
  /// The value `since_s` after the tick began.
  [[nodiscard]] double at(double since_s, double dt_s) const {
    return value_ + since_s * (speed_ + 0.5 * since_s * (next_speed_ - speed_) / dt_s);
  }

 private:
  double value_ = 0.0, speed_ = 0.0, next_value_ = 0.0, next_speed_ = 0.0;
};

}  // namespace attune::sim
