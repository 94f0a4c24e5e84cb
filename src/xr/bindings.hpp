#pragma once

#include <array>

namespace attune::xr {

/// What one controller profile has, below `/user/hand/left` or `right`. Empty: it lacks such an input.
struct ProfileBindings {
  const char* profile;
  const char *trigger, *squeeze, *thumbstick;
  const char *menu_left, *menu_right, *select_left, *select_right;
  /// A button more, which reads as the menu button: whatever is under the thumb stops when it is held.
  const char *more_left, *more_right;
};

/// The controllers that Attune knows. Every hand of each has a button by itself: held for a second, it stops.
inline constexpr std::array controller_bindings{
    ProfileBindings{"/interaction_profiles/khr/simple_controller", "", "", "", "/input/menu/click",
                    "/input/menu/click", "/input/select/click", "/input/select/click", "", ""},
    ProfileBindings{"/interaction_profiles/oculus/touch_controller", "/input/trigger/value",
                    "/input/squeeze/value", "/input/thumbstick", "/input/menu/click", "/input/b/click",
                    "/input/x/click", "/input/a/click", "/input/y/click", ""},
    ProfileBindings{"/interaction_profiles/valve/index_controller", "/input/trigger/value",
                    "/input/squeeze/value", "/input/thumbstick", "/input/b/click", "/input/b/click",
                    "/input/a/click", "/input/a/click", "", ""},
    ProfileBindings{"/interaction_profiles/htc/vive_controller", "/input/trigger/value",
                    "/input/squeeze/click", "/input/trackpad", "/input/menu/click", "/input/menu/click",
                    "/input/trackpad/click", "/input/trackpad/click", "", ""},
    ProfileBindings{"/interaction_profiles/microsoft/motion_controller", "/input/trigger/value",
                    "/input/squeeze/click", "/input/thumbstick", "/input/menu/click", "/input/menu/click",
                    "/input/thumbstick/click", "/input/thumbstick/click", "/input/trackpad/click",
                    "/input/trackpad/click"},
};

}  // namespace attune::xr
