#pragma once

#include <glm/vec3.hpp>

#include "attune/telemetry/frame.hpp"

namespace attune::sim {

/// A movement break: stepping from side to side, looking about, raising both arms in turn. Begins and ends
/// within a second and a half, so that nothing leaps.
class Exercise {
 public:
  /// Whether the patient moves from `at_s` on.
  void go(bool moves, double at_s);
  /// Whether nothing moves.
  [[nodiscard]] bool rests(double time_s) const { return share(time_s) == 0.0; }
  [[nodiscard]] glm::dvec3 head_m(double time_s) const;  ///< from where the head is without it
  [[nodiscard]] double yaw_deg(double time_s) const;
  [[nodiscard]] glm::dvec3 hand_m(telemetry::Side side, double time_s) const;  ///< beside the trunk's share

 private:
  [[nodiscard]] double share(double time_s) const;

  bool moves_ = false;
  double from_ = 0.0, changed_s_ = -1e9;
};

}  // namespace attune::sim
