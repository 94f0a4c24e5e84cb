#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "xr_replay/instance.hpp"
#include "xr_replay/profiles.hpp"

namespace attune::xr_replay {

/// A set of actions. It lives on while a session uses it, whatever became of its handle.
class ActionSet final : public Object {
 public:
  static constexpr XrObjectType object_type = XR_OBJECT_TYPE_ACTION_SET;

  ActionSet(std::shared_ptr<Instance> owner, const XrActionSetCreateInfo& info)
      : Object(object_type),
        name(info.actionSetName),
        localized_name(info.localizedActionSetName),
        priority(info.priority),
        owner_(std::move(owner)) {}
  [[nodiscard]] Instance& instance() override { return *owner_; }

  const std::string name, localized_name;
  const std::uint32_t priority;
  bool attached = false;  ///< to some session, once: from then on nothing in it changes
  std::vector<std::weak_ptr<Action>> actions;

 private:
  std::shared_ptr<Instance> owner_;
};

class Action final : public Object {
 public:
  static constexpr XrObjectType object_type = XR_OBJECT_TYPE_ACTION;

  Action(std::shared_ptr<ActionSet> parent, const XrActionCreateInfo& info, std::vector<User> of_users)
      : Object(object_type),
        set(std::move(parent)),
        name(info.actionName),
        localized_name(info.localizedActionName),
        kind(info.actionType),
        users(std::move(of_users)) {}
  [[nodiscard]] Instance& instance() override { return set->instance(); }

  const std::shared_ptr<ActionSet> set;
  const std::string name, localized_name;
  const XrActionType kind;
  const std::vector<User> users;  ///< its subaction paths
};

class Call;

/// The user that a subaction path of an action means; nothing for XR_NULL_PATH, which means all. Errors:
/// XR_ERROR_PATH_INVALID, XR_ERROR_PATH_UNSUPPORTED.
[[nodiscard]] XrResult find_subaction(const Action& action, XrPath path, Call& call,
                                      std::optional<User>& user);

}  // namespace attune::xr_replay
