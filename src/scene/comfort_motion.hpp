#pragma once

namespace attune::scene {

/// How fast surroundings may move past the patient.
struct ComfortLimits {
  double speed_m_s = 1.2;
  double acceleration_m_s2 = 0.4;
};

/// A height that follows another within speed and acceleration limits, without overshoot.
class ComfortMotion {
 public:
  explicit ComfortMotion(const ComfortLimits& limits) : limits_(limits) {}

  void jump_to(double height_m) {
    height_m_ = height_m;
    speed_m_s_ = 0.0;
  }
  /// One step towards `target_m`; with `hold` it comes to rest where it is.
  void step(double target_m, double dt_s, bool hold);

  [[nodiscard]] double height_m() const { return height_m_; }
  [[nodiscard]] double speed_m_s() const { return speed_m_s_; }
  /// True when the target lies so far below that a descent in comfort would trail visibly behind it: further
  /// than braking from full speed takes, and three metres. A target that falls a little after having risen is
  /// followed with the delay that turning takes.
  [[nodiscard]] bool falls_behind(double target_m) const {
    const auto braking_m = limits_.speed_m_s * limits_.speed_m_s / (2.0 * limits_.acceleration_m_s2);
    return height_m_ - target_m > braking_m + 3.0;
  }

 private:
  ComfortLimits limits_;
  double height_m_ = 0.0, speed_m_s_ = 0.0;
};

}  // namespace attune::scene
