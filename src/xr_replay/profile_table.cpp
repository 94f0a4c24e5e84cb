#include <algorithm>
#include <array>
#include <stdexcept>

#include "xr_replay/profiles.hpp"

namespace attune::xr_replay {
namespace {

/// A profile as the table below has it.
struct Row {
  std::string_view path;
  std::string_view title;
  std::string_view setting;
  Extension needs;
  /// Words: `L R B H G E` – the left hand, the right, both, the head, a gamepad, the eyes – say whose the
  /// components after them are; `+` that those after it came with OpenXR 1.1. A component is
  /// `identifier/component`, or an identifier alone.
  std::string_view components;
};

// Facts of the Khronos registry (xr.xml 1.1.41). Those that are played first come first.
constexpr std::array rows{
    Row{"/interaction_profiles/oculus/touch_controller", "Oculus Touch Controller", "touch", Extension::none,
        "L x/click x/touch y/click y/touch menu/click R a/click a/touch b/click b/touch system/click "
        "B squeeze/value trigger/value trigger/touch thumbstick thumbstick/x thumbstick/y thumbstick/click "
        "thumbstick/touch thumbrest/touch grip/pose aim/pose haptic "
        "+ trigger/proximity thumb_resting_surfaces/proximity"},
    Row{"/interaction_profiles/valve/index_controller", "Valve Index Controller", "index", Extension::none,
        "B system/click system/touch a/click a/touch b/click b/touch squeeze/value squeeze/force "
        "trigger/click trigger/value trigger/touch thumbstick thumbstick/x thumbstick/y thumbstick/click "
        "thumbstick/touch trackpad trackpad/x trackpad/y trackpad/force trackpad/touch grip/pose aim/pose "
        "haptic"},
    Row{"/interaction_profiles/htc/vive_controller", "HTC Vive Controller", "vive", Extension::none,
        "B system/click squeeze/click menu/click trigger/click trigger/value trackpad trackpad/x trackpad/y "
        "trackpad/click trackpad/touch grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/microsoft/motion_controller", "Windows Mixed Reality Controller", "wmr",
        Extension::none,
        "B menu/click squeeze/click trigger/value thumbstick thumbstick/x thumbstick/y thumbstick/click "
        "trackpad trackpad/x trackpad/y trackpad/click trackpad/touch grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/meta/touch_plus_controller", "Meta Quest Touch Plus Controller", "",
        Extension::version_1_1,
        "L x/click x/touch y/click y/touch menu/click R a/click a/touch b/click b/touch system/click "
        "B squeeze/value trigger/value trigger/touch trigger/force trigger/proximity trigger_curl/value "
        "trigger_slide/value thumb_resting_surfaces/proximity thumbstick thumbstick/x thumbstick/y "
        "thumbstick/click thumbstick/touch thumbrest/touch grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/meta/touch_pro_controller", "Meta Quest Touch Pro Controller", "",
        Extension::version_1_1,
        "L x/click x/touch y/click y/touch menu/click R a/click a/touch b/click b/touch system/click "
        "B squeeze/value trigger/value trigger/touch trigger/proximity trigger_curl/value "
        "trigger_slide/value thumb_resting_surfaces/proximity thumbstick thumbstick/x thumbstick/y "
        "thumbstick/click thumbstick/touch thumbrest/touch thumbrest/force stylus/force grip/pose aim/pose "
        "haptic haptic_trigger haptic_thumb"},
    Row{"/interaction_profiles/facebook/touch_controller_pro", "Meta Quest Touch Pro Controller", "",
        Extension::touch_pro,
        "L x/click x/touch y/click y/touch menu/click R a/click a/touch b/click b/touch system/click "
        "B squeeze/value trigger/value trigger/touch trigger/proximity_fb trigger/curl_fb trigger/slide_fb "
        "thumb_fb/proximity_fb thumbstick thumbstick/x thumbstick/y thumbstick/click thumbstick/touch "
        "thumbrest/touch thumbrest/force stylus_fb/force grip/pose aim/pose haptic haptic_trigger_fb "
        "haptic_thumb_fb"},
    Row{"/interaction_profiles/meta/touch_controller_plus", "Meta Quest Touch Plus Controller", "",
        Extension::touch_plus,
        "L x/click x/touch y/click y/touch menu/click R a/click a/touch b/click b/touch system/click "
        "B squeeze/value trigger/value trigger/touch trigger/force trigger/proximity_meta trigger/curl_meta "
        "trigger/slide_meta thumb_meta/proximity_meta thumbstick thumbstick/x thumbstick/y thumbstick/click "
        "thumbstick/touch thumbrest/touch grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/meta/touch_controller_quest_2", "Quest 2 Controller", "",
        Extension::version_1_1,
        "L x/click x/touch y/click y/touch menu/click R a/click a/touch b/click b/touch system/click "
        "B squeeze/value trigger/value trigger/touch trigger/proximity thumb_resting_surfaces/proximity "
        "thumbstick thumbstick/x thumbstick/y thumbstick/click thumbstick/touch thumbrest/touch grip/pose "
        "aim/pose haptic"},
    Row{"/interaction_profiles/meta/touch_controller_quest_1_rift_s", "Quest and Rift S Controller", "",
        Extension::version_1_1,
        "L x/click x/touch y/click y/touch menu/click R a/click a/touch b/click b/touch system/click "
        "B squeeze/value trigger/value trigger/touch trigger/proximity thumb_resting_surfaces/proximity "
        "thumbstick thumbstick/x thumbstick/y thumbstick/click thumbstick/touch grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/meta/touch_controller_rift_cv1", "Rift CV1 Controller", "",
        Extension::version_1_1,
        "L x/click x/touch y/click y/touch menu/click R a/click a/touch b/click b/touch system/click "
        "B squeeze/value trigger/value trigger/touch trigger/proximity thumb_resting_surfaces/proximity "
        "thumbstick thumbstick/x thumbstick/y thumbstick/click thumbstick/touch thumbrest/touch grip/pose "
        "aim/pose haptic"},
    Row{"/interaction_profiles/bytedance/pico4_controller", "PICO 4 Controller", "", Extension::bytedance,
        "L x/click x/touch y/click y/touch menu/click R a/click a/touch b/click b/touch B system/click "
        "squeeze/click squeeze/value trigger/click trigger/touch trigger/value thumbstick thumbstick/x "
        "thumbstick/y thumbstick/click thumbstick/touch grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/bytedance/pico_neo3_controller", "PICO Neo3 Controller", "",
        Extension::bytedance,
        "L x/click x/touch y/click y/touch R a/click a/touch b/click b/touch B system/click menu/click "
        "squeeze/click squeeze/value trigger/click trigger/touch trigger/value thumbstick thumbstick/x "
        "thumbstick/y thumbstick/click thumbstick/touch grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/bytedance/pico_g3_controller", "PICO G3 Controller", "", Extension::bytedance,
        "B trigger/click trigger/value menu/click thumbstick thumbstick/click grip/pose aim/pose"},
    Row{"/interaction_profiles/htc/vive_focus3_controller", "HTC Vive Focus 3 Controller", "",
        Extension::focus3,
        "L x/click y/click menu/click R a/click b/click system/click B squeeze/click squeeze/touch "
        "squeeze/value trigger/click trigger/touch trigger/value thumbstick thumbstick/x thumbstick/y "
        "thumbstick/click thumbstick/touch thumbrest/touch grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/htc/vive_cosmos_controller", "HTC Vive Cosmos Controller", "",
        Extension::cosmos,
        "L x/click y/click menu/click R a/click b/click system/click B shoulder/click squeeze/click "
        "trigger/click trigger/value thumbstick thumbstick/x thumbstick/y thumbstick/click thumbstick/touch "
        "grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/hp/mixed_reality_controller", "HP Mixed Reality Controller", "", Extension::hp,
        "L x/click y/click R a/click b/click B menu/click squeeze/value trigger/value thumbstick "
        "thumbstick/x thumbstick/y thumbstick/click grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/samsung/odyssey_controller", "Samsung Odyssey Controller", "",
        Extension::odyssey,
        "B menu/click squeeze/click trigger/value thumbstick thumbstick/x thumbstick/y thumbstick/click "
        "trackpad trackpad/x trackpad/y trackpad/click trackpad/touch grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/ml/ml2_controller", "Magic Leap 2 Controller", "", Extension::ml2,
        "B menu/click home/click trigger/click trigger/value trackpad trackpad/x trackpad/y trackpad/click "
        "trackpad/force trackpad/touch shoulder/click grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/khr/simple_controller", "Simple Controller", "simple", Extension::none,
        "B select/click menu/click grip/pose aim/pose haptic"},
    Row{"/interaction_profiles/oculus/go_controller", "Oculus Go Controller", "", Extension::none,
        "B system/click trigger/click back/click trackpad trackpad/x trackpad/y trackpad/click "
        "trackpad/touch "
        "grip/pose aim/pose"},
    Row{"/interaction_profiles/google/daydream_controller", "Daydream Controller", "", Extension::none,
        "B select/click trackpad trackpad/x trackpad/y trackpad/click trackpad/touch grip/pose aim/pose"},
    Row{"/interaction_profiles/htc/vive_pro", "HTC Vive Pro", "", Extension::none,
        "H system/click volume_up/click volume_down/click mute_mic/click"},
    Row{"/interaction_profiles/microsoft/xbox_controller", "Xbox Controller", "", Extension::none,
        "G menu/click view/click a/click b/click x/click y/click dpad_down/click dpad_right/click "
        "dpad_up/click dpad_left/click shoulder_left/click shoulder_right/click thumbstick_left/click "
        "thumbstick_right/click trigger_left/value trigger_right/value thumbstick_left thumbstick_left/x "
        "thumbstick_left/y thumbstick_right thumbstick_right/x thumbstick_right/y haptic_left haptic_right "
        "haptic_left_trigger haptic_right_trigger"},
    Row{"/interaction_profiles/ext/eye_gaze_interaction", "Eye Tracker", "", Extension::eye_gaze,
        "E gaze_ext/pose"},
};

std::uint8_t users_of(char letter) {
  switch (letter) {
    case 'L':
      return bit(User::left);
    case 'R':
      return bit(User::right);
    case 'B':
      return bit(User::left) | bit(User::right);
    case 'H':
      return bit(User::head);
    case 'G':
      return bit(User::gamepad);
    case 'E':
      return bit(User::eyes);
    default:
      throw std::logic_error("the table of profiles has no such user");
  }
}

Profile read(const Row& row) {
  Profile profile{row.path, row.title, row.setting, row.needs, {}};
  std::uint8_t users = 0;
  Extension needs = Extension::none;
  for (std::size_t at = 0; at < row.components.size();) {
    const std::size_t space = std::min(row.components.find(' ', at), row.components.size());
    const std::string_view word = row.components.substr(at, space - at);
    at = space + 1;
    if (word == "+") {
      needs = Extension::version_1_1;
    } else if (word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z') {
      users = users_of(word[0]);
    } else {
      const std::size_t slash = std::min(word.find('/'), word.size());
      profile.components.push_back(
          {users, word.substr(0, slash), word.substr(std::min(slash + 1, word.size())), needs});
    }
  }
  // The palm's surface belongs to every hand that has a grip.
  if (profile.has(User::left, "grip", "pose")) {
    const std::uint8_t hands = users_of('B');
    profile.components.push_back({hands, "grip_surface", "pose", Extension::maintenance1});
    profile.components.push_back({hands, "palm_ext", "pose", Extension::palm_pose});
  }
  return profile;
}

}  // namespace

std::span<const Profile> all_profiles() {
  static const std::vector<Profile> profiles = [] {
    std::vector<Profile> all;
    for (const Row& row : rows) all.push_back(read(row));
    return all;
  }();
  return profiles;
}

}  // namespace attune::xr_replay
