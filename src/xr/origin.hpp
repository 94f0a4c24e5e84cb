#pragma once

#include <openxr/openxr.h>

#include "attune/telemetry/samples.hpp"

namespace attune::xr {

/// Rigid move from the runtime's LOCAL space to the session's frame of reference (floor at y = 0, patient at
/// the origin looking along −Z when the session starts or is recentred).
struct Origin {
  glm::quat turn{1.0F, 0.0F, 0.0F, 0.0F};
  glm::vec3 shift_m{0.0F};

  /// Nothing is read of a part whose flag says not valid, nor of numbers that no pose can have.
  [[nodiscard]] telemetry::Pose apply(const XrPosef& pose, XrSpaceLocationFlags flags) const;
  /// The pose in LOCAL space that `apply` would have brought here.
  [[nodiscard]] XrPosef undo(const telemetry::Pose& pose) const;
};

/// A pose as the runtime gives it, in LOCAL.
[[nodiscard]] telemetry::Pose local_pose(const XrPosef& pose, XrSpaceLocationFlags flags);

}  // namespace attune::xr
