#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "xr_replay/openxr.hpp"
#include "xr_replay/profiles.hpp"

namespace attune::xr_replay {

class Action;
class ActionSet;
class Instance;
struct Suggestion;

/// What an action reads, since the last xrSyncActions.
struct ActionValue {
  bool active = false;
  XrVector2f value{};    ///< `x` alone, unless the action is of two axes
  bool changed = false;  ///< in the last synchronisation
  XrTime changed_at = 0;
};

/// Actions of one session: what they are bound to and what they read.
class InputState {
 public:
  /// A set that is active in one synchronisation, for one user or for all.
  struct ActiveSet {
    const ActionSet* set;
    std::optional<User> user;
  };
  /// A path an action is bound to.
  struct Binding {
    std::shared_ptr<Action> action;
    XrPath path;  ///< with the component that is read
    User user;
    std::string_view identifier, component;
  };

  [[nodiscard]] bool attached() const { return attached_; }
  [[nodiscard]] bool has(const ActionSet& set) const;

  /// Binds actions for good, each user's by the best profile that the program suggested.
  void attach(Instance& instance, std::vector<std::shared_ptr<ActionSet>> sets);
  /// Reads everything anew. `focused`: whether the program may have input at all.
  /// Returns whether the interaction profile of some user changed.
  bool sync(const std::vector<ActiveSet>& active, const PlayedState& state, bool has_eyes, bool focused,
            XrTime now);
  /// Nothing is pressed any more: the session ended.
  void release();

  /// For one of its subaction paths, or for all together.
  [[nodiscard]] ActionValue value(const Action& action, std::optional<User> user) const;
  /// Whose pose a pose action gives: the first active one. Nothing: it gives none.
  struct PoseSource {
    User user;
    std::string_view identifier;
  };
  [[nodiscard]] std::optional<PoseSource> pose_source(const Action& action, std::optional<User> user) const;
  /// The profile in use by a user since the last synchronisation, or null.
  [[nodiscard]] const Profile* current_profile(User user) const;
  /// Bindings of an action by the profiles in use.
  [[nodiscard]] std::vector<Binding> bindings(const Action& action) const;

 private:
  struct Values {
    ActionValue all;
    std::array<ActionValue, user_count> of_user;
  };
  void read(const Action& action, std::optional<User> user, const std::vector<const Binding*>& live,
            const PlayedState& state, XrTime now, ActionValue& value) const;

  bool attached_ = false;
  std::vector<std::shared_ptr<ActionSet>> sets_;
  std::array<const Profile*, user_count> chosen_{};  ///< while the device is there
  std::array<const Profile*, user_count> current_{};
  std::vector<Binding> bindings_;
  std::vector<const Binding*> live_;  ///< of the last synchronisation
  std::map<const Action*, Values> values_;
};

}  // namespace attune::xr_replay
