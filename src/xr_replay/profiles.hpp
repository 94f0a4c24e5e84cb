#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "xr_replay/extensions.hpp"
#include "xr_replay/openxr.hpp"
#include "xr_replay/source.hpp"

namespace attune::xr_replay {

/// Where input comes from: the top-level user paths.
enum class User : std::uint8_t { left, right, head, gamepad, treadmill, eyes };
inline constexpr std::size_t user_count = 6;

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
};

/// A kind of controller, as OpenXR's interaction profiles describe it.
struct Profile {
  std::string_view path;
  std::string_view title;    ///< for people
  std::string_view setting;  ///< its name in ATTUNE_XR_CONTROLLER; empty: never chosen there
  Extension needs;
  std::span<const Component> components;

  /// Whether a binding to such a path may be suggested: a component, or what has components.
  [[nodiscard]] bool offers(const SourcePath& source) const;
  [[nodiscard]] bool has(User user, std::string_view identifier, std::string_view component) const;
};

/// Every profile of OpenXR 1.0 and eye gaze; those that are played first come first.
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
