#include "xr_replay/profiles.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace attune::xr_replay {
namespace {

constexpr std::uint8_t bit(User user) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(user)); }
constexpr std::uint8_t L = bit(User::left), R = bit(User::right), both = L | R;
constexpr std::uint8_t on_head = bit(User::head), pad = bit(User::gamepad), eyes = bit(User::eyes);

constexpr std::array simple{
    Component{both, "select", "click"}, Component{both, "menu", "click"}, Component{both, "grip", "pose"},
    Component{both, "aim", "pose"},     Component{both, "haptic", ""},
};
constexpr std::array touch{
    Component{L, "x", "click"},
    Component{L, "x", "touch"},
    Component{L, "y", "click"},
    Component{L, "y", "touch"},
    Component{L, "menu", "click"},
    Component{R, "a", "click"},
    Component{R, "a", "touch"},
    Component{R, "b", "click"},
    Component{R, "b", "touch"},
    Component{R, "system", "click"},
    Component{both, "squeeze", "value"},
    Component{both, "trigger", "value"},
    Component{both, "trigger", "touch"},
    Component{both, "thumbstick", ""},
    Component{both, "thumbstick", "x"},
    Component{both, "thumbstick", "y"},
    Component{both, "thumbstick", "click"},
    Component{both, "thumbstick", "touch"},
    Component{both, "thumbrest", "touch"},
    Component{both, "grip", "pose"},
    Component{both, "aim", "pose"},
    Component{both, "haptic", ""},
};
constexpr std::array index_controller{
    Component{both, "system", "click"},     Component{both, "system", "touch"},
    Component{both, "a", "click"},          Component{both, "a", "touch"},
    Component{both, "b", "click"},          Component{both, "b", "touch"},
    Component{both, "squeeze", "value"},    Component{both, "squeeze", "force"},
    Component{both, "trigger", "click"},    Component{both, "trigger", "value"},
    Component{both, "trigger", "touch"},    Component{both, "thumbstick", ""},
    Component{both, "thumbstick", "x"},     Component{both, "thumbstick", "y"},
    Component{both, "thumbstick", "click"}, Component{both, "thumbstick", "touch"},
    Component{both, "trackpad", ""},        Component{both, "trackpad", "x"},
    Component{both, "trackpad", "y"},       Component{both, "trackpad", "force"},
    Component{both, "trackpad", "touch"},   Component{both, "grip", "pose"},
    Component{both, "aim", "pose"},         Component{both, "haptic", ""},
};
constexpr std::array vive{
    Component{both, "system", "click"},   Component{both, "squeeze", "click"},
    Component{both, "menu", "click"},     Component{both, "trigger", "click"},
    Component{both, "trigger", "value"},  Component{both, "trackpad", ""},
    Component{both, "trackpad", "x"},     Component{both, "trackpad", "y"},
    Component{both, "trackpad", "click"}, Component{both, "trackpad", "touch"},
    Component{both, "grip", "pose"},      Component{both, "aim", "pose"},
    Component{both, "haptic", ""},
};
constexpr std::array wmr{
    Component{both, "menu", "click"},       Component{both, "squeeze", "click"},
    Component{both, "trigger", "value"},    Component{both, "thumbstick", ""},
    Component{both, "thumbstick", "x"},     Component{both, "thumbstick", "y"},
    Component{both, "thumbstick", "click"}, Component{both, "trackpad", ""},
    Component{both, "trackpad", "x"},       Component{both, "trackpad", "y"},
    Component{both, "trackpad", "click"},   Component{both, "trackpad", "touch"},
    Component{both, "grip", "pose"},        Component{both, "aim", "pose"},
    Component{both, "haptic", ""},
};
constexpr std::array go{
    Component{both, "system", "click"},   Component{both, "trigger", "click"},
    Component{both, "back", "click"},     Component{both, "trackpad", ""},
    Component{both, "trackpad", "x"},     Component{both, "trackpad", "y"},
    Component{both, "trackpad", "click"}, Component{both, "trackpad", "touch"},
    Component{both, "grip", "pose"},      Component{both, "aim", "pose"},
};
constexpr std::array daydream{
    Component{both, "select", "click"},   Component{both, "trackpad", ""},
    Component{both, "trackpad", "x"},     Component{both, "trackpad", "y"},
    Component{both, "trackpad", "click"}, Component{both, "trackpad", "touch"},
    Component{both, "grip", "pose"},      Component{both, "aim", "pose"},
};
constexpr std::array vive_pro{
    Component{on_head, "system", "click"},
    Component{on_head, "volume_up", "click"},
    Component{on_head, "volume_down", "click"},
    Component{on_head, "mute_mic", "click"},
};
constexpr std::array xbox{
    Component{pad, "menu", "click"},
    Component{pad, "view", "click"},
    Component{pad, "a", "click"},
    Component{pad, "b", "click"},
    Component{pad, "x", "click"},
    Component{pad, "y", "click"},
    Component{pad, "dpad_down", "click"},
    Component{pad, "dpad_right", "click"},
    Component{pad, "dpad_up", "click"},
    Component{pad, "dpad_left", "click"},
    Component{pad, "shoulder_left", "click"},
    Component{pad, "shoulder_right", "click"},
    Component{pad, "thumbstick_left", "click"},
    Component{pad, "thumbstick_right", "click"},
    Component{pad, "trigger_left", "value"},
    Component{pad, "trigger_right", "value"},
    Component{pad, "thumbstick_left", ""},
    Component{pad, "thumbstick_left", "x"},
    Component{pad, "thumbstick_left", "y"},
    Component{pad, "thumbstick_right", ""},
    Component{pad, "thumbstick_right", "x"},
    Component{pad, "thumbstick_right", "y"},
    Component{pad, "haptic_left", ""},
    Component{pad, "haptic_right", ""},
    Component{pad, "haptic_left_trigger", ""},
    Component{pad, "haptic_right_trigger", ""},
};
constexpr std::array gaze{Component{eyes, "gaze_ext", "pose"}};

constexpr std::array profiles{
    Profile{"/interaction_profiles/oculus/touch_controller", "Oculus Touch Controller", "touch",
            Extension::none, touch},
    Profile{"/interaction_profiles/valve/index_controller", "Valve Index Controller", "index",
            Extension::none, index_controller},
    Profile{"/interaction_profiles/htc/vive_controller", "HTC Vive Controller", "vive", Extension::none,
            vive},
    Profile{"/interaction_profiles/microsoft/motion_controller", "Windows Mixed Reality Controller", "wmr",
            Extension::none, wmr},
    Profile{"/interaction_profiles/khr/simple_controller", "Simple Controller", "simple", Extension::none,
            simple},
    Profile{"/interaction_profiles/oculus/go_controller", "Oculus Go Controller", "", Extension::none, go},
    Profile{"/interaction_profiles/google/daydream_controller", "Daydream Controller", "", Extension::none,
            daydream},
    Profile{"/interaction_profiles/htc/vive_pro", "HTC Vive Pro", "", Extension::none, vive_pro},
    Profile{"/interaction_profiles/microsoft/xbox_controller", "Xbox Controller", "", Extension::none, xbox},
    Profile{"/interaction_profiles/ext/eye_gaze_interaction", "Eye Tracker", "", Extension::eye_gaze, gaze},
};

struct UserName {
  User user;
  std::string_view path;
  std::string_view title;
};
constexpr std::array<UserName, user_count> users{{
    {User::left, "/user/hand/left", "Left Hand"},
    {User::right, "/user/hand/right", "Right Hand"},
    {User::head, "/user/head", "Head"},
    {User::gamepad, "/user/gamepad", "Gamepad"},
    {User::treadmill, "/user/treadmill", "Treadmill"},
    {User::eyes, "/user/eyes_ext", "Eyes"},
}};

// A trigger that is pulled this far counts as clicked; that far, as touched.
constexpr float click_at = 0.75F, touch_at = 0.02F;

XrVector2f pressed(bool is) { return {is ? 1.0F : 0.0F, 0.0F}; }

XrVector2f read_stick(const telemetry::HandSample& hand, std::string_view component, bool click) {
  if (component == "x") return {hand.thumbstick.x, 0.0F};
  if (component == "y") return {hand.thumbstick.y, 0.0F};
  if (component == "click") return pressed(click);
  if (component == "touch") {
    return pressed(click || std::hypot(hand.thumbstick.x, hand.thumbstick.y) > touch_at);
  }
  return {hand.thumbstick.x, hand.thumbstick.y};
}

XrVector2f read_pull(float pull, std::string_view component) {
  if (component == "click") return pressed(pull > click_at);
  if (component == "touch") return pressed(pull > touch_at);
  return {pull, 0.0F};
}

}  // namespace

std::string_view path_of(User user) { return users[static_cast<std::size_t>(user)].path; }
std::string_view title_of(User user) { return users[static_cast<std::size_t>(user)].title; }

std::optional<User> user_of(std::string_view path) {
  for (const auto& name : users) {
    if (name.path == path) return name.user;
  }
  return std::nullopt;
}

std::optional<SourcePath> parse_source_path(std::string_view path) {
  for (const auto& name : users) {
    if (!path.starts_with(name.path)) continue;
    SourcePath parts{name.user, false, {}, {}};
    std::string_view rest = path.substr(name.path.size());
    if (rest.starts_with("/input/")) {
      rest.remove_prefix(7);
    } else if (rest.starts_with("/output/")) {
      rest.remove_prefix(8);
      parts.output = true;
    } else {
      continue;
    }
    const std::size_t slash = rest.find('/');
    parts.identifier = rest.substr(0, slash);
    if (slash != std::string_view::npos) parts.component = rest.substr(slash + 1);
    return parts;
  }
  return std::nullopt;
}

bool Profile::has(User user, std::string_view identifier, std::string_view component) const {
  return std::any_of(components.begin(), components.end(), [&](const Component& c) {
    return (c.users & bit(user)) != 0 && c.identifier == identifier && c.component == component;
  });
}

bool Profile::offers(const SourcePath& source) const {
  return std::any_of(components.begin(), components.end(), [&](const Component& c) {
    const bool is_output = c.identifier.starts_with("haptic");
    return (c.users & bit(source.user)) != 0 && c.identifier == source.identifier &&
           is_output == source.output && (source.component.empty() || c.component == source.component);
  });
}

std::span<const Profile> all_profiles() { return profiles; }

const Profile* find_profile(std::string_view path) {
  const auto* const found = std::find_if(profiles.begin(), profiles.end(),
                                         [&](const Profile& profile) { return profile.path == path; });
  return found != profiles.end() ? found : nullptr;
}

std::optional<std::string_view> component_for(XrActionType type, const Profile& profile,
                                              const SourcePath& path) {
  using List = std::initializer_list<std::string_view>;
  const auto first_of = [&](List wanted) -> std::optional<std::string_view> {
    for (const std::string_view component : wanted) {
      const bool fits = path.component.empty() || path.component == component;
      if (fits && profile.has(path.user, path.identifier, component)) return component;
    }
    return std::nullopt;
  };
  if (path.output != (type == XR_ACTION_TYPE_VIBRATION_OUTPUT)) return std::nullopt;
  switch (type) {
    case XR_ACTION_TYPE_BOOLEAN_INPUT:
      return first_of({"click", "value", "force", "touch", "x", "y"});
    case XR_ACTION_TYPE_FLOAT_INPUT:
      return first_of({"value", "force", "click", "touch", "x", "y"});
    case XR_ACTION_TYPE_POSE_INPUT:
      return first_of({"pose"});
    case XR_ACTION_TYPE_VECTOR2F_INPUT:
    case XR_ACTION_TYPE_VIBRATION_OUTPUT:
      return path.component.empty() ? first_of({""}) : std::nullopt;
    default:
      return std::nullopt;
  }
}

XrVector2f read_component(const PlayedState& state, const Profile& profile, User user,
                          std::string_view identifier, std::string_view component) {
  if (user != User::left && user != User::right) return {};
  const telemetry::HandSample& hand = state.hands[static_cast<std::size_t>(user)];
  const bool select = (hand.buttons & telemetry::button_select) != 0;
  const bool menu = (hand.buttons & telemetry::button_menu) != 0;
  // Controllers differ in which buttons they have; ours are two. Select is the first button below the thumb,
  // or the pad where there is none; menu is the menu button, or the second one.
  if (identifier == "select") return pressed(select || hand.trigger > click_at);
  if (identifier == "a" || identifier == "x") return pressed(select);
  if (identifier == "menu" || identifier == "back") return pressed(menu);
  if (identifier == "b" || identifier == "y") return pressed(menu && !profile.has(user, "menu", "click"));
  if (identifier == "trigger") return read_pull(hand.trigger, component);
  if (identifier == "squeeze") return read_pull(hand.squeeze, component);
  if (identifier == "thumbstick") return read_stick(hand, component, false);
  if (identifier == "trackpad") {
    if (profile.has(user, "thumbstick", "")) return pressed(component == "click" && select);
    return read_stick(hand, component, select);
  }
  return {};
}

}  // namespace attune::xr_replay
