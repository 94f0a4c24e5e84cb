#include "xr_replay/input.hpp"

#include <algorithm>
#include <cmath>

#include "xr_replay/action.hpp"

namespace attune::xr_replay {
namespace {

constexpr float pressed_at = 0.5F;  // where a number turns into a button

/// Profiles in the order in which they are played: the setting's, then as listed.
std::vector<const Profile*> by_preference(const std::string& setting) {
  std::vector<const Profile*> order;
  for (const auto& profile : all_profiles()) order.push_back(&profile);
  std::stable_partition(order.begin(), order.end(),
                        [&](const Profile* profile) { return profile->setting == setting; });
  return order;
}

bool there(const PlayedState& state, User user, bool has_eyes) {
  switch (user) {
    case User::left:
      return state.hands[0].active;
    case User::right:
      return state.hands[1].active;
    case User::eyes:
      return has_eyes;
    default:
      return false;
  }
}

float strength(XrVector2f value) { return std::hypot(value.x, value.y); }

}  // namespace

bool InputState::has(const ActionSet& set) const {
  return std::any_of(sets_.begin(), sets_.end(),
                     [&](const auto& attached) { return attached.get() == &set; });
}

void InputState::attach(Instance& instance, std::vector<std::shared_ptr<ActionSet>> sets) {
  attached_ = true;
  sets_ = std::move(sets);
  for (const auto& set : sets_) set->attached = true;

  for (const Profile* const profile : by_preference(instance.settings.controller)) {
    const auto suggested = instance.suggestions.find(instance.paths.of(profile->path));
    if (suggested == instance.suggestions.end()) continue;
    std::array<bool, user_count> speaks_for{};
    for (const Suggestion& suggestion : suggested->second) {
      const auto path = parse_source_path(*instance.paths.text(suggestion.path));
      if (path) speaks_for[static_cast<std::size_t>(path->user)] = true;
    }
    for (std::size_t user = 0; user < user_count; ++user) {
      if (speaks_for[user] && chosen_[user] == nullptr) chosen_[user] = profile;
    }
    for (const Suggestion& suggestion : suggested->second) {
      const std::string text = *instance.paths.text(suggestion.path);
      const auto path = parse_source_path(text);
      if (!path || chosen_[static_cast<std::size_t>(path->user)] != profile || !has(*suggestion.action->set))
        continue;
      const auto component = component_for(suggestion.action->kind, *profile, *path);
      if (!component) continue;
      std::string full = std::string(path_of(path->user)) + (path->output ? "/output/" : "/input/");
      full += path->identifier;
      if (!component->empty()) (full += '/') += *component;
      const XrPath bound = instance.paths.of(full);
      const bool known = std::any_of(bindings_.begin(), bindings_.end(), [&](const Binding& binding) {
        return binding.action == suggestion.action && binding.path == bound;
      });
      if (known) continue;
      // The profile's own words outlive the path's text.
      const auto words = std::find_if(
          profile->components.begin(), profile->components.end(),
          [&](const Component& c) { return c.identifier == path->identifier && c.component == *component; });
      bindings_.push_back({suggestion.action, bound, path->user, words->identifier, words->component});
    }
  }
}

bool InputState::sync(const std::vector<ActiveSet>& active, const PlayedState& state, bool has_eyes,
                      bool focused, XrTime now) {
  live_.clear();
  bool profile_changed = false;
  if (focused) {
    for (std::size_t i = 0; i < user_count; ++i) {
      const Profile* const profile = there(state, static_cast<User>(i), has_eyes) ? chosen_[i] : nullptr;
      profile_changed = profile_changed || profile != current_[i];
      current_[i] = profile;
    }
    // Of several active sets that bind one input, those of the highest priority get it.
    const auto set_is_active = [&](const Binding& binding) {
      return std::any_of(active.begin(), active.end(), [&](const ActiveSet& entry) {
        return entry.set == binding.action->set.get() && (!entry.user || *entry.user == binding.user);
      });
    };
    for (const Binding& binding : bindings_) {
      if (current_[static_cast<std::size_t>(binding.user)] == nullptr || !set_is_active(binding)) continue;
      const bool outranked = std::any_of(bindings_.begin(), bindings_.end(), [&](const Binding& other) {
        return other.user == binding.user && other.identifier == binding.identifier &&
               other.action->set->priority > binding.action->set->priority && set_is_active(other);
      });
      if (!outranked) live_.push_back(&binding);
    }
  }
  for (const auto& set : sets_) {
    for (const auto& weak : set->actions) {
      const auto action = weak.lock();
      if (action == nullptr) continue;
      Values& values = values_[action.get()];
      read(*action, std::nullopt, live_, state, now, values.all);
      for (const User user : action->users) {
        read(*action, user, live_, state, now, values.of_user[static_cast<std::size_t>(user)]);
      }
    }
  }
  return profile_changed;
}

void InputState::read(const Action& action, std::optional<User> user, const std::vector<const Binding*>& live,
                      const PlayedState& state, XrTime now, ActionValue& value) const {
  const ActionValue before = value;
  value = {};
  for (const Binding* const binding : live) {
    if (binding->action.get() != &action || (user && *user != binding->user)) continue;
    const XrVector2f read = read_component(state, *current_[static_cast<std::size_t>(binding->user)],
                                           binding->user, binding->identifier, binding->component);
    // Several inputs of one action: pressed when one is, else the strongest (OpenXR 1.0, 11.5.1).
    if (!value.active || strength(read) > strength(value.value)) value.value = read;
    value.active = true;
  }
  if (action.kind == XR_ACTION_TYPE_BOOLEAN_INPUT)
    value.value = {value.value.x > pressed_at ? 1.0F : 0.0F, 0.0F};
  if (!value.active) return;
  const bool differs = before.value.x != value.value.x || before.value.y != value.value.y;
  value.changed = before.active && differs;
  value.changed_at = differs ? now : before.changed_at;
}

void InputState::release() {
  live_.clear();
  values_.clear();
}

ActionValue InputState::value(const Action& action, std::optional<User> user) const {
  const auto values = values_.find(&action);
  if (values == values_.end()) return {};
  return user ? values->second.of_user[static_cast<std::size_t>(*user)] : values->second.all;
}

std::optional<InputState::PoseSource> InputState::pose_source(const Action& action,
                                                              std::optional<User> user) const {
  for (const Binding* const binding : live_) {
    if (binding->action.get() == &action && (!user || *user == binding->user)) {
      return PoseSource{binding->user, binding->identifier};
    }
  }
  return std::nullopt;
}

const Profile* InputState::current_profile(User user) const {
  return current_[static_cast<std::size_t>(user)];
}

std::vector<InputState::Binding> InputState::bindings(const Action& action) const {
  std::vector<Binding> found;
  for (const Binding& binding : bindings_) {
    if (binding.action.get() == &action && current_[static_cast<std::size_t>(binding.user)] != nullptr) {
      found.push_back(binding);
    }
  }
  return found;
}

}  // namespace attune::xr_replay
