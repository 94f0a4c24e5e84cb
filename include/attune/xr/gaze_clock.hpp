#pragma once

#include <cstdint>
#include <glm/vec3.hpp>

#include "attune/core/time.hpp"

namespace attune::xr {

/// Places the samples of an eye tracker on session time (XR_EXT_eye_gaze_interaction gives each its own
/// XrTime). Trackers run at a rate of their own: a frame may meet the sample of the frame before, which is
/// the same observation and keeps its time. Runtimes that give no time, or one that cannot be, are believed
/// only that the eyes moved.
class GazeClock {
 public:
  static constexpr double oldest_s = 1.0;  // a sample said to be older than that is the runtime's mistake

  /// @param frame_time    session time of the frame
  /// @param display_time  the same as XrTime
  /// @param sampled       when the runtime says the sample was taken (XrTime); 0 where it does not
  /// @param direction     of the gaze; tells a new sample from an old one where times do not
  /// @return when it was taken, never after `frame_time` and never falling
  core::SessionTime place(core::SessionTime frame_time, std::int64_t display_time, std::int64_t sampled,
                          const glm::vec3& direction);

 private:
  bool any_ = false;
  std::int64_t last_sampled_ = 0;
  glm::vec3 last_direction_{0.0F};
  core::SessionTime last_{};
};

}  // namespace attune::xr
