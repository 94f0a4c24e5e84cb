#pragma once

#include <time.h>

#define VK_NO_PROTOTYPES
#include <vulkan/vulkan_core.h>

#define XR_USE_GRAPHICS_API_VULKAN
#define XR_USE_TIMESPEC
#include <gtest/gtest.h>
#include <openxr/openxr.h>
#include <openxr/openxr_platform.h>

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attune/telemetry/frame.hpp"
#include "attune/xr/stimulus_extension.h"
#include "attune/xr/user_presence.h"

/// Programs as the runtime meets them: everything goes through the system's own OpenXR loader.
namespace attune::xr_replay::test {

/// Environment variables while a test runs.
class Environment {
 public:
  using Values = std::vector<std::pair<std::string, std::string>>;
  explicit Environment(const Values& values);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  std::vector<std::pair<std::string, std::optional<std::string>>> before_;
};

/// A folder of its own that goes when the test ends.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

using Values = Environment::Values;

/// What the environment always says in these tests: our runtime, the virtual clock, and `more`.
[[nodiscard]] Environment::Values settings(Environment::Values more = {});

[[nodiscard]] XrInstanceCreateInfo create_info(const std::vector<const char*>& extensions);

/// An instance on our runtime.
class Rig {
 public:
  static constexpr const char* default_extensions[]{XR_MND_HEADLESS_EXTENSION_NAME,
                                                    XR_EXT_EYE_GAZE_INTERACTION_EXTENSION_NAME,
                                                    XR_EXT_USER_PRESENCE_EXTENSION_NAME};
  explicit Rig(Environment::Values more = {},
               std::vector<const char*> extensions = {std::begin(default_extensions),
                                                      std::end(default_extensions)});
  ~Rig();
  Rig(const Rig&) = delete;
  Rig& operator=(const Rig&) = delete;

  template <typename Function>
  [[nodiscard]] Function function(const char* name) const {
    PFN_xrVoidFunction found = nullptr;
    EXPECT_EQ(xrGetInstanceProcAddr(instance, name, &found), XR_SUCCESS) << name;
    return reinterpret_cast<Function>(found);
  }
  [[nodiscard]] XrPath path(const std::string& text) const;
  [[nodiscard]] std::string text(XrPath path) const;
  /// The next event, or one of type XR_TYPE_UNKNOWN.
  [[nodiscard]] XrEventDataBuffer poll() const;
  /// All events there are; of session states, those alone.
  [[nodiscard]] std::vector<XrSessionState> poll_states() const;

  Environment environment;
  XrInstance instance = XR_NULL_HANDLE;
  XrSystemId system = XR_NULL_SYSTEM_ID;
};

/// A headless session; begun unless said otherwise, so that it has the focus.
class HeadlessSession {
 public:
  explicit HeadlessSession(const Rig& rig, bool begin = true);
  ~HeadlessSession();
  HeadlessSession(const HeadlessSession&) = delete;
  HeadlessSession& operator=(const HeadlessSession&) = delete;
  operator XrSession() const { return handle; }  // NOLINT(google-explicit-constructor): it is one

  /// Waits for, begins and ends an empty frame.
  XrFrameState frame() const;
  [[nodiscard]] XrSpace space(XrReferenceSpaceType type) const;
  [[nodiscard]] XrSpaceLocation locate(XrSpace space, XrSpace base, XrTime time, void* next = nullptr) const;

  XrSession handle = XR_NULL_HANDLE;
};

[[nodiscard]] XrResult begin(XrSession session);
[[nodiscard]] XrResult end_frame(XrSession session, XrTime time,
                                 const std::vector<const XrCompositionLayerBaseHeader*>& layers = {});

inline constexpr XrPosef identity{{0.0F, 0.0F, 0.0F, 1.0F}, {0.0F, 0.0F, 0.0F}};

/// Writes a recording of these frames; its key lies beside it.
void write_recording(const std::string& path, const std::vector<telemetry::Frame>& frames, float rate_hz,
                     telemetry::GazeSource gaze = telemetry::GazeSource::eye);
/// A frame of somebody who stands at `position_m` and is well tracked.
[[nodiscard]] telemetry::Frame frame_at(double seconds, glm::vec3 position_m);
[[nodiscard]] telemetry::Pose tracked_at(glm::vec3 position_m);

/// An action set with one action, its bindings suggested.
class Input {
 public:
  Input(const Rig& rig, const std::string& set_name, std::uint32_t priority = 0);
  XrAction add(const std::string& name, XrActionType type, const std::vector<std::string>& users = {}) const;
  [[nodiscard]] XrResult suggest(const std::string& profile,
                                 const std::vector<std::pair<XrAction, std::string>>& bindings) const;
  [[nodiscard]] XrResult attach(XrSession session) const;
  [[nodiscard]] XrResult sync(XrSession session) const;

  const Rig& rig;
  XrActionSet set = XR_NULL_HANDLE;
};

[[nodiscard]] XrActionStateBoolean boolean(XrSession session, XrAction action, XrPath user = XR_NULL_PATH);
[[nodiscard]] XrActionStateFloat number(XrSession session, XrAction action, XrPath user = XR_NULL_PATH);
[[nodiscard]] XrActionStateVector2f vector(XrSession session, XrAction action, XrPath user = XR_NULL_PATH);

}  // namespace attune::xr_replay::test
