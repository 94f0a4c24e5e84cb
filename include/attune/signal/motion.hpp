#pragma once

#include <glm/gtc/quaternion.hpp>
#include <glm/vec3.hpp>
#include <optional>

#include "attune/signal/filters.hpp"
#include "attune/telemetry/samples.hpp"

/// What heads and hands do, sample by sample, without regard to where they are or which way they face.
namespace attune::signal {

/// How the head moves at one instant.
struct HeadMotionSample {
  float turn_deg_s = 0.0F;          ///< angular speed, below 5 Hz
  float pitch_deg = 0.0F;           ///< above the horizon is positive
  std::optional<glm::vec3> sway_m;  ///< horizontal offset from the slow position, 0.1–5 Hz
  std::optional<float> sway_m_s;    ///< horizontal speed of that
};

/// Follows the head. Delay 45 ms (of the 5 Hz low pass).
class HeadMotion {
 public:
  /// @param step_s  seconds since the last push, above 0.
  /// @return nothing without a valid, tracked orientation, or on the first sample after such a gap.
  std::optional<HeadMotionSample> push(const telemetry::Pose& head, float step_s);
  /// Also right after a recentring: what was known of the old space is no use.
  void reset();

 private:
  Butterworth2<glm::vec3> turn_{Pass::low, 5.0F};
  Butterworth2<glm::vec3> slow_{Pass::high, 0.1F}, smooth_{Pass::low, 5.0F};
  glm::quat last_{1.0F, 0.0F, 0.0F, 0.0F};
  glm::vec3 last_sway_{0.0F};
  bool oriented_ = false, positioned_ = false;
};

/// How a hand moves at one instant.
struct HandMotionSample {
  float speed_m_s = 0.0F;          ///< below 5 Hz
  std::optional<float> tremor_mm;  ///< distance from the smooth path, 4–12 Hz: its root mean square is the
                                   ///< tremor's. Only while the hand is slow and the rate is at least 30 Hz
};

/// Follows one hand.
class HandMotion {
 public:
  static constexpr float slow_m_s = 0.1F;  ///< above, a gesture's own harmonics would pass for tremor

  std::optional<HandMotionSample> push(const telemetry::Pose& grip, float step_s);
  void reset();

 private:
  Butterworth2<glm::vec3> velocity_{Pass::low, 5.0F};
  // Tremor of fear and of posture lies at 4–12 Hz (Deuschl et al., Mov Disord 13 S3, 1998); a gesture at 1 Hz
  // is a hundred times larger, hence two high passes.
  Butterworth2<glm::vec3> above_{Pass::high, 4.0F}, above_again_{Pass::high, 4.0F}, below_{Pass::low, 12.0F};
  glm::vec3 last_{0.0F};
  bool tracked_ = false;
  float slow_for_s_ = 0.0F;
};

}  // namespace attune::signal
