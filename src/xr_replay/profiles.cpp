#include "xr_replay/profiles.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace attune::xr_replay {
namespace {

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
  if (component == "click" || component == "force") return pressed(click);
  if (component == "touch") {
    return pressed(click || std::hypot(hand.thumbstick.x, hand.thumbstick.y) > touch_at);
  }
  return {hand.thumbstick.x, hand.thumbstick.y};
}

XrVector2f read_pull(float pull, std::string_view component) {
  if (component == "click") return pressed(pull > click_at);
  if (component == "touch" || component.starts_with("proximity")) return pressed(pull > touch_at);
  return {component == "value" || component == "force" ? pull : 0.0F, 0.0F};
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

bool Profile::offers(const SourcePath& source, const ExtensionSet& enabled) const {
  return std::any_of(components.begin(), components.end(), [&](const Component& c) {
    const bool is_output = c.identifier.starts_with("haptic");
    return (c.users & bit(source.user)) != 0 && c.identifier == source.identifier &&
           is_output == source.output && (source.component.empty() || c.component == source.component) &&
           enabled.has(c.needs);
  });
}

const Profile* find_profile(std::string_view path) {
  for (const Profile& profile : all_profiles()) {
    if (profile.path == path) return &profile;
  }
  return nullptr;
}

std::optional<std::string_view> component_for(XrActionType type, const Profile& profile,
                                              const SourcePath& path) {
  using List = std::initializer_list<std::string_view>;
  const auto has = [&](std::string_view component) {
    return profile.has(path.user, path.identifier, component);
  };
  const auto first_of = [&](List wanted) -> std::optional<std::string_view> {
    for (const std::string_view component : wanted) {
      const bool fits = path.component.empty() || path.component == component;
      if (fits && has(component)) return component;
    }
    return std::nullopt;
  };
  const auto number_or = [&](List wanted) -> std::optional<std::string_view> {
    if (path.component.empty()) return first_of(wanted);
    return path.component != "pose" && has(path.component) ? std::optional(path.component) : std::nullopt;
  };
  if (path.output != (type == XR_ACTION_TYPE_VIBRATION_OUTPUT)) return std::nullopt;
  switch (type) {
    case XR_ACTION_TYPE_BOOLEAN_INPUT:
      return number_or({"click", "value", "force", "touch", "x", "y"});
    case XR_ACTION_TYPE_FLOAT_INPUT:
      return number_or({"value", "force", "click", "touch", "x", "y"});
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
