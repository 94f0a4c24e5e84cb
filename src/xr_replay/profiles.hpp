#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "xr_replay/extensions.hpp"
#include "xr_replay/openxr.hpp"
#include "xr_replay/source.hpp"

namespace attune::xr_replay {

/// Where input comes from: the top-level user paths.
enum class User : std::uint8_t { left, right, head, gamepad, treadmill, eyes };
inline constexpr std::size_t user_count = 6;
/// In a set of users.
[[nodiscard]] constexpr std::uint8_t bit(User user) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(user));
}

[[nodiscard]] std::string_view path_of(User user);
[[nodiscard]] std::string_view title_of(User user);  ///< for people
/// The user of a top-level path; nothing for any other path.
[[nodiscard]] std::optional<User> user_of(std::string_view path);

/// The parts of `/user/hand/left/input/trigger/value`.
struct SourcePath {
  User user = User::left;
  bool output = false;          ///< `output` instead of `input`
  std::string_view identifier;  ///< `trigger`
  std::string_view component;   ///< `value`; empty when there is none
};
/// Nothing when a path is not built like that.
[[nodiscard]] std::optional<SourcePath> parse_source_path(std::string_view path);

/// One thing that can be read from, or felt at, a controller.
struct Component {
  std::uint8_t users;  ///< a bit for each `User`
  std::string_view identifier;
  std::string_view component;  ///< empty: a thumbstick or trackpad as a whole, or a vibration
  Extension needs;             ///< a program that did not ask for it may not bind it
};

/// A kind of controller, as OpenXR's interaction profiles describe it.
struct Profile {
  std::string_view path;
  std::string_view title;    ///< for people
  std::string_view setting;  ///< its name in ATTUNE_XR_CONTROLLER; empty: never chosen there
  Extension needs;
  std::vector<Component> components;

  /// Whether a program may suggest a binding to such a path: a component, or what has components.
  [[nodiscard]] bool offers(const SourcePath& source, const ExtensionSet& enabled) const;
  [[nodiscard]] bool has(User user, std::string_view identifier, std::string_view component) const;
};

/// Every profile of OpenXR 1.1 and eye gaze (profile_table.cpp); those that are played first come first.
[[nodiscard]] std::span<const Profile> all_profiles();
[[nodiscard]] const Profile* find_profile(std::string_view path);

/// The component that an action of a type reads at a path, as OpenXR 1.0, 11.4.1 and 11.4.2 say: for
/// `…/trigger`, a float action reads `value`. Nothing: the two do not go together.
[[nodiscard]] std::optional<std::string_view> component_for(XrActionType type, const Profile& profile,
                                                            const SourcePath& path);

/// What a component reads: `x` of a number or button (0 or 1), both of a thumbstick.
[[nodiscard]] XrVector2f read_component(const PlayedState& state, const Profile& profile, User user,
                                        std::string_view identifier, std::string_view component);

}  // namespace attune::xr_replay
