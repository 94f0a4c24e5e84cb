#pragma once

#include <array>
#include <bitset>
#include <optional>
#include <string_view>

#include "xr_replay/openxr.hpp"

namespace attune::xr_replay {

/// Extensions the runtime offers; a number is a bit of `ExtensionSet`.
enum class Extension : std::size_t {
  none,  ///< core: always there
  vulkan_enable,
  vulkan_enable2,
  eye_gaze,
  debug_utils,
  user_presence,
  headless,
  timespec,
  stimulus,
};

struct OfferedExtension {
  Extension id;
  const char* name;
  std::uint32_t version;
};

inline constexpr std::array offered_extensions{
    OfferedExtension{Extension::vulkan_enable, XR_KHR_VULKAN_ENABLE_EXTENSION_NAME,
                     XR_KHR_vulkan_enable_SPEC_VERSION},
    OfferedExtension{Extension::vulkan_enable2, XR_KHR_VULKAN_ENABLE2_EXTENSION_NAME,
                     XR_KHR_vulkan_enable2_SPEC_VERSION},
    OfferedExtension{Extension::eye_gaze, XR_EXT_EYE_GAZE_INTERACTION_EXTENSION_NAME,
                     XR_EXT_eye_gaze_interaction_SPEC_VERSION},
    OfferedExtension{Extension::debug_utils, XR_EXT_DEBUG_UTILS_EXTENSION_NAME,
                     XR_EXT_debug_utils_SPEC_VERSION},
    OfferedExtension{Extension::user_presence, XR_EXT_USER_PRESENCE_EXTENSION_NAME,
                     XR_EXT_user_presence_SPEC_VERSION},
    OfferedExtension{Extension::headless, XR_MND_HEADLESS_EXTENSION_NAME, XR_MND_headless_SPEC_VERSION},
    OfferedExtension{Extension::timespec, XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME,
                     XR_KHR_convert_timespec_time_SPEC_VERSION},
    OfferedExtension{Extension::stimulus, XR_ATTUNE_STIMULUS_EXTENSION_NAME, XR_ATTUNE_stimulus_SPEC_VERSION},
};

/// What a program enabled.
class ExtensionSet {
 public:
  /// False: the runtime does not offer an extension of that name.
  bool enable(std::string_view name) {
    for (const auto& extension : offered_extensions) {
      if (name == extension.name) {
        enabled_.set(static_cast<std::size_t>(extension.id));
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool has(Extension extension) const {
    return extension == Extension::none || enabled_.test(static_cast<std::size_t>(extension));
  }

 private:
  std::bitset<offered_extensions.size() + 1> enabled_;
};

}  // namespace attune::xr_replay
