#include "xr_replay/action.hpp"

#include <algorithm>
#include <cstring>

#include "xr_replay/api.hpp"
#include "xr_replay/call.hpp"
#include "xr_replay/session.hpp"

namespace attune::xr_replay {
namespace {

/// Names that a program gives: a level of a path, and words for people.
template <std::size_t N, std::size_t M>
XrResult check_names(const char (&name)[N], const char (&localized)[M], Call& call) {
  if (name[0] == '\0' || strnlen(name, N) == N) {
    return call.fail(XR_ERROR_NAME_INVALID, "the name is empty or not terminated");
  }
  if (localized[0] == '\0' || strnlen(localized, M) == M) {
    return call.fail(XR_ERROR_LOCALIZED_NAME_INVALID, "the localized name is empty or not terminated");
  }
  if (!Paths::well_formed_name(name)) {
    return call.fail(XR_ERROR_PATH_FORMAT_INVALID, in_quotes(name) + " is no level of a path");
  }
  return XR_SUCCESS;
}

template <typename T>
XrResult check_unused(std::vector<std::weak_ptr<T>>& siblings, const char* name, const char* localized,
                      Call& call) {
  std::erase_if(siblings, [](const auto& weak) { return weak.expired(); });
  for (const auto& weak : siblings) {
    const auto other = weak.lock();
    if (other == nullptr || other->destroyed()) continue;
    if (other->name == name) return call.fail(XR_ERROR_NAME_DUPLICATED, "the name is in use");
    if (other->localized_name == localized) {
      return call.fail(XR_ERROR_LOCALIZED_NAME_DUPLICATED, "the localized name is in use");
    }
  }
  return XR_SUCCESS;
}

XrResult read_users(const XrActionCreateInfo& info, Call& call, std::vector<User>& users) {
  if (info.countSubactionPaths > 0 && info.subactionPaths == nullptr)
    return call.invalid("subactionPaths is null");
  for (std::uint32_t i = 0; i < info.countSubactionPaths; ++i) {
    const std::string* const text = call.instance().paths.text(info.subactionPaths[i]);
    if (text == nullptr)
      return call.fail(XR_ERROR_PATH_INVALID, "a subaction path was not given by xrStringToPath");
    const auto user = user_of(*text);
    if (!user || (*user == User::eyes && !call.instance().extensions.has(Extension::eye_gaze)) ||
        std::find(users.begin(), users.end(), *user) != users.end()) {
      return call.fail(XR_ERROR_PATH_UNSUPPORTED,
                       in_quotes(*text) + " is no top-level user path, or is there twice");
    }
    users.push_back(*user);
  }
  return XR_SUCCESS;
}

/// The profile a suggestion is for.
XrResult find_suggested_profile(XrPath path, Call& call, const Profile*& profile) {
  const std::string* const text = call.instance().paths.text(path);
  if (text == nullptr)
    return call.fail(XR_ERROR_PATH_INVALID, "interactionProfile was not given by xrStringToPath");
  profile = find_profile(*text);
  if (profile == nullptr || !call.instance().extensions.has(profile->needs)) {
    return call.fail(XR_ERROR_PATH_UNSUPPORTED,
                     in_quotes(*text) + " is no interaction profile that is known or enabled");
  }
  return XR_SUCCESS;
}

}  // namespace

XrResult find_subaction(const Action& action, XrPath path, Call& call, std::optional<User>& user) {
  user.reset();
  if (path == XR_NULL_PATH) return XR_SUCCESS;
  const std::string* const text = call.instance().paths.text(path);
  if (text == nullptr)
    return call.fail(XR_ERROR_PATH_INVALID, "subactionPath was not given by xrStringToPath");
  user = user_of(*text);
  if (!user || std::find(action.users.begin(), action.users.end(), *user) == action.users.end()) {
    return call.fail(XR_ERROR_PATH_UNSUPPORTED, in_quotes(*text) + " is no subaction path of the action");
  }
  return XR_SUCCESS;
}

namespace api {

XrResult XRAPI_CALL CreateActionSet(XrInstance handle, const XrActionSetCreateInfo* createInfo,
                                    XrActionSet* actionSet) {
  return enter<Instance>("xrCreateActionSet", handle, [&](Instance& instance, Call& call) {
    if (!is(createInfo, XR_TYPE_ACTION_SET_CREATE_INFO) || actionSet == nullptr) {
      return call.invalid("createInfo is null or mistyped, or actionSet is null");
    }
    const auto& name = createInfo->actionSetName;
    const auto& localized = createInfo->localizedActionSetName;
    if (const XrResult bad = check_names(name, localized, call); XR_FAILED(bad)) return bad;
    if (const XrResult bad = check_unused(instance.action_sets, name, localized, call); XR_FAILED(bad))
      return bad;
    auto made = std::make_shared<ActionSet>(instance.shared_from_this(), *createInfo);
    instance.action_sets.push_back(made);
    *actionSet = hand_out<XrActionSet>(std::move(made), instance);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL DestroyActionSet(XrActionSet handle) {
  return enter<ActionSet>("xrDestroyActionSet", handle, [&](ActionSet& set, Call&) {
    Handles::all().destroy(set.handle());
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL CreateAction(XrActionSet handle, const XrActionCreateInfo* createInfo, XrAction* action) {
  return enter<ActionSet>("xrCreateAction", handle, [&](ActionSet& set, Call& call) {
    if (!is(createInfo, XR_TYPE_ACTION_CREATE_INFO) || action == nullptr) {
      return call.invalid("createInfo is null or mistyped, or action is null");
    }
    if (set.attached)
      return call.fail(XR_ERROR_ACTIONSETS_ALREADY_ATTACHED, "the action set is attached already");
    switch (createInfo->actionType) {
      case XR_ACTION_TYPE_BOOLEAN_INPUT:
      case XR_ACTION_TYPE_FLOAT_INPUT:
      case XR_ACTION_TYPE_VECTOR2F_INPUT:
      case XR_ACTION_TYPE_POSE_INPUT:
      case XR_ACTION_TYPE_VIBRATION_OUTPUT:
        break;
      default:
        return call.invalid("actionType is unknown");
    }
    const auto& name = createInfo->actionName;
    const auto& localized = createInfo->localizedActionName;
    if (const XrResult bad = check_names(name, localized, call); XR_FAILED(bad)) return bad;
    if (const XrResult bad = check_unused(set.actions, name, localized, call); XR_FAILED(bad)) return bad;
    std::vector<User> users;
    if (const XrResult bad = read_users(*createInfo, call, users); XR_FAILED(bad)) return bad;
    auto made =
        std::make_shared<Action>(Handles::all().find<ActionSet>(set.handle()), *createInfo, std::move(users));
    set.actions.push_back(made);
    *action = hand_out<XrAction>(std::move(made), set);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL DestroyAction(XrAction handle) {
  return enter<Action>("xrDestroyAction", handle, [&](Action& action, Call&) {
    Handles::all().destroy(action.handle());
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL SuggestInteractionProfileBindings(XrInstance handle,
                                                      const XrInteractionProfileSuggestedBinding* suggested) {
  return enter<Instance>("xrSuggestInteractionProfileBindings", handle, [&](Instance& instance, Call& call) {
    if (!is(suggested, XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING) ||
        suggested->countSuggestedBindings == 0 || suggested->suggestedBindings == nullptr) {
      return call.invalid("suggestedBindings is null, mistyped or empty");
    }
    const Profile* profile = nullptr;
    if (const XrResult bad = find_suggested_profile(suggested->interactionProfile, call, profile);
        XR_FAILED(bad)) {
      return bad;
    }
    std::vector<Suggestion> suggestions;
    for (std::uint32_t i = 0; i < suggested->countSuggestedBindings; ++i) {
      const XrActionSuggestedBinding& binding = suggested->suggestedBindings[i];
      const auto action = Handles::all().find<Action>(number(binding.action));
      if (action == nullptr || &action->instance() != &instance) {
        return call.fail(XR_ERROR_HANDLE_INVALID, "an action of the bindings is no action of this instance");
      }
      if (action->set->attached) {
        return call.fail(XR_ERROR_ACTIONSETS_ALREADY_ATTACHED,
                         in_quotes(action->name) + " is attached already");
      }
      const std::string* const text = instance.paths.text(binding.binding);
      if (text == nullptr)
        return call.fail(XR_ERROR_PATH_INVALID, "a binding was not given by xrStringToPath");
      const auto path = parse_source_path(*text);
      if (!path || !profile->offers(*path, instance.extensions)) {
        return call.fail(XR_ERROR_PATH_UNSUPPORTED,
                         in_quotes(*text) + " is no path of " + std::string(profile->path));
      }
      suggestions.push_back({action, binding.binding});
    }
    instance.suggestions[suggested->interactionProfile] = std::move(suggestions);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL AttachSessionActionSets(XrSession handle,
                                            const XrSessionActionSetsAttachInfo* attachInfo) {
  return enter<Session>("xrAttachSessionActionSets", handle, [&](Session& session, Call& call) {
    if (!is(attachInfo, XR_TYPE_SESSION_ACTION_SETS_ATTACH_INFO) || attachInfo->countActionSets == 0 ||
        attachInfo->actionSets == nullptr) {
      return call.invalid("attachInfo is null, mistyped or empty");
    }
    if (session.input.attached()) {
      return call.fail(XR_ERROR_ACTIONSETS_ALREADY_ATTACHED, "the session has its action sets already");
    }
    std::vector<std::shared_ptr<ActionSet>> sets;
    for (std::uint32_t i = 0; i < attachInfo->countActionSets; ++i) {
      auto set = Handles::all().find<ActionSet>(number(attachInfo->actionSets[i]));
      if (set == nullptr || &set->instance() != &call.instance()) {
        return call.fail(XR_ERROR_HANDLE_INVALID, "an action set is none of this instance");
      }
      sets.push_back(std::move(set));
    }
    session.input.attach(call.instance(), std::move(sets));
    return XR_SUCCESS;
  });
}

}  // namespace api
}  // namespace attune::xr_replay
