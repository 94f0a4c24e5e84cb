#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/xr/headset.hpp"

namespace attune::xr {

/// Names of the API layers that the OpenXR loader finds on this machine, active or not.
[[nodiscard]] core::Result<std::vector<std::string>> installed_api_layers();

/// What a runtime tells only to a session.
struct SessionFacts {
  std::vector<float> rates_hz;  ///< that the display can run at (XR_FB_display_refresh_rate); empty: not told
  std::optional<float> rate_hz;  ///< at which it runs now
  bool rate_measured = false;    ///< from the time between two frames, since the runtime does not tell it
  bool floor = false;            ///< the runtime knows where the floor is (STAGE)
};

/// Looks at the active runtime and its headset without showing anything in it and without taking the picture
/// away from another program. Any call goes into foreign code and may crash or not come back.
class RuntimeProbe {
 public:
  /// Starts the runtime. Errors, status 1: its library does not answer, it lacks Vulkan, its service is not
  /// running; what to do stands after a semicolon.
  [[nodiscard]] static core::Result<RuntimeProbe> open();
  RuntimeProbe(RuntimeProbe&&) noexcept;
  RuntimeProbe& operator=(RuntimeProbe&&) noexcept;
  ~RuntimeProbe();

  /// Name and version.
  [[nodiscard]] const std::string& runtime() const;
  /// Asks for the headset; call before what follows. Errors, status 1: none connected, none with two eyes.
  [[nodiscard]] core::Result<HeadsetInfo> find_headset();
  /// By which Vulkan's instance is made as the runtime wants it, and the graphics device is named that it
  /// uses.
  [[nodiscard]] VulkanMaker& vulkan();
  /// What a session without pictures is told (XR_MND_headless); none where the runtime does not bear one.
  [[nodiscard]] std::optional<SessionFacts> session_facts();

 private:
  struct State;
  explicit RuntimeProbe(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace attune::xr
