#pragma once

#include <array>
#include <bitset>
#include <optional>
#include <string_view>

#include "xr_replay/openxr.hpp"

namespace attune::xr_replay {

/// The versions of OpenXR that programs may ask for; the patch number means nothing.
inline constexpr XrVersion oldest_api_version = XR_MAKE_VERSION(1, 0, 0);
inline constexpr XrVersion newest_api_version = XR_API_VERSION_1_1;

/// What a program may enable beyond OpenXR 1.0; a number is a bit of `ExtensionSet`.
enum class Extension : std::size_t {
  none,         ///< core of every version: always there
  version_1_1,  ///< not an extension: the program asked for OpenXR 1.1
  vulkan_enable,
  vulkan_enable2,
  eye_gaze,
  debug_utils,
  user_presence,
  headless,
  timespec,
  stimulus,
  layer_cube,
  layer_cylinder,
  layer_depth,
  layer_equirect,
  layer_equirect2,
  locate_spaces,
  maintenance1,
  local_floor,
  palm_pose,
  uuid,
  bytedance,
  cosmos,
  focus3,
  hp,
  ml2,
  odyssey,
  touch_plus,
  touch_pro,
};

struct OfferedExtension {
  Extension id;
  const char* name;
  std::uint32_t version;
  bool core_in_1_1 = false;  ///< what it brings is there without it when a program asks for OpenXR 1.1
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
    OfferedExtension{Extension::layer_cube, XR_KHR_COMPOSITION_LAYER_CUBE_EXTENSION_NAME,
                     XR_KHR_composition_layer_cube_SPEC_VERSION},
    OfferedExtension{Extension::layer_cylinder, XR_KHR_COMPOSITION_LAYER_CYLINDER_EXTENSION_NAME,
                     XR_KHR_composition_layer_cylinder_SPEC_VERSION},
    OfferedExtension{Extension::layer_depth, XR_KHR_COMPOSITION_LAYER_DEPTH_EXTENSION_NAME,
                     XR_KHR_composition_layer_depth_SPEC_VERSION},
    OfferedExtension{Extension::layer_equirect, XR_KHR_COMPOSITION_LAYER_EQUIRECT_EXTENSION_NAME,
                     XR_KHR_composition_layer_equirect_SPEC_VERSION},
    OfferedExtension{Extension::layer_equirect2, XR_KHR_COMPOSITION_LAYER_EQUIRECT2_EXTENSION_NAME,
                     XR_KHR_composition_layer_equirect2_SPEC_VERSION},
    OfferedExtension{Extension::locate_spaces, XR_KHR_LOCATE_SPACES_EXTENSION_NAME,
                     XR_KHR_locate_spaces_SPEC_VERSION, true},
    OfferedExtension{Extension::maintenance1, XR_KHR_MAINTENANCE1_EXTENSION_NAME,
                     XR_KHR_maintenance1_SPEC_VERSION, true},
    OfferedExtension{Extension::local_floor, XR_EXT_LOCAL_FLOOR_EXTENSION_NAME,
                     XR_EXT_local_floor_SPEC_VERSION, true},
    // In the core it goes by another name (`grip_surface`), so that this one still needs the extension.
    OfferedExtension{Extension::palm_pose, XR_EXT_PALM_POSE_EXTENSION_NAME, XR_EXT_palm_pose_SPEC_VERSION},
    OfferedExtension{Extension::uuid, XR_EXT_UUID_EXTENSION_NAME, XR_EXT_uuid_SPEC_VERSION, true},
    OfferedExtension{Extension::bytedance, XR_BD_CONTROLLER_INTERACTION_EXTENSION_NAME,
                     XR_BD_controller_interaction_SPEC_VERSION, true},
    OfferedExtension{Extension::cosmos, XR_HTC_VIVE_COSMOS_CONTROLLER_INTERACTION_EXTENSION_NAME,
                     XR_HTC_vive_cosmos_controller_interaction_SPEC_VERSION, true},
    OfferedExtension{Extension::focus3, XR_HTC_VIVE_FOCUS3_CONTROLLER_INTERACTION_EXTENSION_NAME,
                     XR_HTC_vive_focus3_controller_interaction_SPEC_VERSION, true},
    OfferedExtension{Extension::hp, XR_EXT_HP_MIXED_REALITY_CONTROLLER_EXTENSION_NAME,
                     XR_EXT_hp_mixed_reality_controller_SPEC_VERSION, true},
    OfferedExtension{Extension::ml2, XR_ML_ML2_CONTROLLER_INTERACTION_EXTENSION_NAME,
                     XR_ML_ml2_controller_interaction_SPEC_VERSION, true},
    OfferedExtension{Extension::odyssey, XR_EXT_SAMSUNG_ODYSSEY_CONTROLLER_EXTENSION_NAME,
                     XR_EXT_samsung_odyssey_controller_SPEC_VERSION, true},
    // These two are core of 1.1 under other names, with components of other names.
    OfferedExtension{Extension::touch_plus, XR_META_TOUCH_CONTROLLER_PLUS_EXTENSION_NAME,
                     XR_META_touch_controller_plus_SPEC_VERSION},
    OfferedExtension{Extension::touch_pro, XR_FB_TOUCH_CONTROLLER_PRO_EXTENSION_NAME,
                     XR_FB_touch_controller_pro_SPEC_VERSION},
};

/// What a program enabled: a version of OpenXR and extensions by name.
class ExtensionSet {
 public:
  /// False: the runtime does not offer an extension of that name.
  bool enable(std::string_view name) {
    for (const auto& extension : offered_extensions) {
      if (name == extension.name) {
        enabled_.set(bit(extension.id));
        return true;
      }
    }
    return false;
  }
  void enable_version_1_1() { enabled_.set(bit(Extension::version_1_1)); }

  /// Whether the program asked for just this: a function that an extension brought, under the extension's
  /// name, is there only then.
  [[nodiscard]] bool enabled(Extension extension) const {
    return extension == Extension::none || enabled_.test(bit(extension));
  }
  /// Whether what an extension brings is there, by its name or because it is core by now.
  [[nodiscard]] bool has(Extension extension) const {
    if (enabled(extension)) return true;
    if (!enabled(Extension::version_1_1)) return false;
    for (const auto& offered : offered_extensions) {
      if (offered.id == extension) return offered.core_in_1_1;
    }
    return false;
  }

 private:
  static constexpr std::size_t bit(Extension extension) { return static_cast<std::size_t>(extension); }

  std::bitset<offered_extensions.size() + 2> enabled_;
};

}  // namespace attune::xr_replay
