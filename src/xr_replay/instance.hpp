#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "xr_replay/clock.hpp"
#include "xr_replay/events.hpp"
#include "xr_replay/extensions.hpp"
#include "xr_replay/object.hpp"
#include "xr_replay/paths.hpp"
#include "xr_replay/settings.hpp"
#include "xr_replay/source.hpp"
#include "xr_replay/vulkan.hpp"

namespace attune::xr_replay {

class Action;
class ActionSet;
class Messenger;
class Session;

inline constexpr XrSystemId the_system = 1;
inline constexpr XrViewConfigurationType the_views = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO;
inline constexpr std::uint32_t view_count = 2;

/// A binding a program suggested.
struct Suggestion {
  std::shared_ptr<Action> action;
  XrPath path = XR_NULL_PATH;
};

/// What a program calls its objects, and what its sessions are doing, by handle (XR_EXT_debug_utils).
struct DebugNames {
  /// Labels of a session.
  struct Labels {
    std::vector<std::string> regions;       ///< open ones, outermost first
    std::optional<std::string> individual;  ///< holds until the next label of any kind
  };
  std::unordered_map<std::uint64_t, std::string> objects;
  std::unordered_map<std::uint64_t, Labels> sessions;
};

/// A program's connection to the runtime: what is shared by everything below it.
class Instance final : public Object, public std::enable_shared_from_this<Instance> {
 public:
  static constexpr XrObjectType object_type = XR_OBJECT_TYPE_INSTANCE;

  Instance(Settings chosen, SourceInfo opened, ExtensionSet enabled)
      : Object(object_type),
        settings(std::move(chosen)),
        source(std::move(opened)),
        extensions(enabled),
        clock(settings.virtual_clock) {}
  [[nodiscard]] Instance& instance() override { return *this; }

  std::mutex mutex;                 ///< guards everything below, and all children
  std::condition_variable changed;  ///< a frame was begun, a session ended: somebody may wait for it

  const Settings settings;
  const SourceInfo source;
  const ExtensionSet extensions;
  Clock clock;
  Paths paths;
  EventQueue events;
  VulkanChoice vulkan;

  std::weak_ptr<Session> session;  ///< one at a time
  std::vector<std::weak_ptr<ActionSet>> action_sets;
  std::map<XrPath, std::vector<Suggestion>> suggestions;  ///< by interaction profile

  std::vector<std::weak_ptr<Messenger>> messengers;
  DebugNames names;
};

/// One line to the person who started the program: what only the runtime knows and no error code says.
void say(const std::string& line);

}  // namespace attune::xr_replay
