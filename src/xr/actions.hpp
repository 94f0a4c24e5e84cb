#pragma once

#include <openxr/openxr.h>

#include <array>

#include "attune/core/result.hpp"
#include "attune/telemetry/frame.hpp"
#include "xr/instance.hpp"
#include "xr/origin.hpp"

namespace attune::xr {

/// Both hands and the eyes: one action set, bindings for five controller profiles and for eye gaze.
class Actions {
 public:
  [[nodiscard]] static core::Result<Actions> create(const Instance& instance, XrSession session);
  Actions(Actions&&) = default;

  /// Reads buttons and axes anew. Input counts only while the session is FOCUSED.
  [[nodiscard]] XrResult sync(XrSession session);
  void read_hand(XrSession session, telemetry::Side side, XrSpace base, XrTime time, const Origin& origin,
                 telemetry::HandSample& hand) const;
  /// False when the eyes are not tracked now. `sampled`: when the runtime says it was measured; 0 where it
  /// does not.
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
