#pragma once

#include <openxr/openxr.h>

#include <array>
#include <glm/gtc/quaternion.hpp>

#include "attune/core/result.hpp"
#include "attune/telemetry/frame.hpp"
#include "xr/instance.hpp"

namespace attune::xr {

/// Rigid move from the runtime's LOCAL space to the session's frame of reference (floor at y = 0, patient at
/// the origin looking along −Z when the session starts or is recentred).
struct Origin {
  glm::quat turn{1.0F, 0.0F, 0.0F, 0.0F};
  glm::vec3 shift_m{0.0F};

  [[nodiscard]] telemetry::Pose apply(const XrPosef& pose, XrSpaceLocationFlags flags) const;
  /// The pose in LOCAL space that `apply` would have brought here.
  [[nodiscard]] XrPosef undo(const telemetry::Pose& pose) const;
};

/// Both hands and the eyes: one action set, bindings for five controller profiles and for eye gaze.
class Actions {
 public:
  [[nodiscard]] static core::Result<Actions> create(const Instance& instance, XrSession session);
  Actions(Actions&&) = default;

  /// Reads buttons and axes anew. Input counts only while the session is FOCUSED.
  [[nodiscard]] XrResult sync(XrSession session);
  void read_hand(XrSession session, telemetry::Side side, XrSpace base, XrTime time, const Origin& origin,
                 telemetry::HandSample& hand) const;
  /// False when the eyes are not tracked now. The sample carries its own time of measurement.
  bool read_gaze(XrSession session, XrSpace base, XrTime time, const Origin& origin,
                 telemetry::GazeSample& gaze, XrTime& sampled) const;
  void buzz(XrSession session, float strength, float seconds) const;

 private:
  Actions() = default;
  [[nodiscard]] core::Result<void> create_actions(const Instance& instance);
  [[nodiscard]] core::Result<void> suggest(const Instance& instance) const;
  [[nodiscard]] core::Result<void> attach(XrSession session);

  XrActionSet set_ = XR_NULL_HANDLE;  // goes with the instance
  std::array<XrPath, 2> hands_{};
  XrAction grip_ = XR_NULL_HANDLE, aim_ = XR_NULL_HANDLE, trigger_ = XR_NULL_HANDLE,
           squeeze_ = XR_NULL_HANDLE, thumbstick_ = XR_NULL_HANDLE, menu_ = XR_NULL_HANDLE,
           select_ = XR_NULL_HANDLE, haptic_ = XR_NULL_HANDLE, gaze_ = XR_NULL_HANDLE;
  std::array<XrSpace, 2> grip_space_{}, aim_space_{};
  XrSpace gaze_space_ = XR_NULL_HANDLE;
  bool eye_gaze_ = false;
};

}  // namespace attune::xr
