#include <algorithm>
#include <cmath>

#include "xr_replay/action.hpp"
#include "xr_replay/api.hpp"
#include "xr_replay/call.hpp"
#include "xr_replay/session.hpp"

namespace attune::xr_replay::api {
namespace {

/// An action of a session that is being asked about, and of which of its users.
struct Asked {
  std::shared_ptr<Action> action;
  std::optional<User> user;
};

XrResult find_asked(XrAction handle, XrPath subaction, XrActionType kind, Session& session, Call& call,
                    Asked& asked) {
  asked.action = Handles::all().find<Action>(number(handle));
  if (asked.action == nullptr || &asked.action->instance() != &session.instance()) {
    return call.fail(XR_ERROR_HANDLE_INVALID, "action is no action of this instance");
  }
  if (!session.input.has(*asked.action->set)) {
    return call.fail(XR_ERROR_ACTIONSET_NOT_ATTACHED, "the action's set is not attached to the session");
  }
  if (asked.action->kind != kind)
    return call.fail(XR_ERROR_ACTION_TYPE_MISMATCH, "the action is of another type");
  return find_subaction(*asked.action, subaction, call, asked.user);
}

/// What all functions that read an action have in common.
template <typename State, typename Fill>
XrResult get_state(const char* function, XrSession handle, const XrActionStateGetInfo* info, State* state,
                   XrStructureType type, XrActionType kind, Fill fill) {
  return enter<Session>(function, handle, [&](Session& session, Call& call) {
    if (!is(info, XR_TYPE_ACTION_STATE_GET_INFO) || !is(state, type)) {
      return call.invalid("getInfo or state is null or mistyped");
    }
    Asked asked;
    if (const XrResult bad = find_asked(info->action, info->subactionPath, kind, session, call, asked);
        XR_FAILED(bad)) {
      return bad;
    }
    fill(session.input.value(*asked.action, asked.user));
    return XR_SUCCESS;
  });
}

template <typename State>
void fill_common(const ActionValue& value, State& state) {
  state.isActive = value.active ? XR_TRUE : XR_FALSE;
  state.changedSinceLastSync = value.changed ? XR_TRUE : XR_FALSE;
  state.lastChangeTime = value.active ? value.changed_at : 0;
}

XrResult read_active_sets(const XrActionsSyncInfo& info, Session& session, Call& call,
                          std::vector<InputState::ActiveSet>& active) {
  if (info.countActiveActionSets > 0 && info.activeActionSets == nullptr) {
    return call.invalid("activeActionSets is null");
  }
  for (std::uint32_t i = 0; i < info.countActiveActionSets; ++i) {
    const XrActiveActionSet& entry = info.activeActionSets[i];
    const auto set = Handles::all().find<ActionSet>(number(entry.actionSet));
    if (set == nullptr || &set->instance() != &session.instance()) {
      return call.fail(XR_ERROR_HANDLE_INVALID, "an active action set is none of this instance");
    }
    if (!session.input.has(*set)) {
      return call.fail(XR_ERROR_ACTIONSET_NOT_ATTACHED,
                       in_quotes(set->name) + " is not attached to the session");
    }
    std::optional<User> user;
    if (entry.subactionPath != XR_NULL_PATH) {
      const std::string* const text = call.instance().paths.text(entry.subactionPath);
      if (text == nullptr)
        return call.fail(XR_ERROR_PATH_INVALID, "a subaction path is not from xrStringToPath");
      user = user_of(*text);
      const bool used = user && std::any_of(set->actions.begin(), set->actions.end(), [&](const auto& weak) {
                          const auto action = weak.lock();
                          return action != nullptr && std::find(action->users.begin(), action->users.end(),
                                                                *user) != action->users.end();
                        });
      if (!used) return call.fail(XR_ERROR_PATH_UNSUPPORTED, "no action of the set has " + in_quotes(*text));
    }
    active.push_back({set.get(), user});
  }
  return XR_SUCCESS;
}

/// `thumbstick` as `Thumbstick`, `volume_up` as `Volume Up`.
std::string words(std::string_view identifier) {
  std::string text;
  bool start = true;
  for (const char c : identifier) {
    if (c == '_') {
      text += ' ';
    } else {
      text += start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    start = c == '_';
  }
  return text;
}

XrResult find_haptic(const XrHapticActionInfo* info, Session& session, Call& call, Asked& asked) {
  if (!is(info, XR_TYPE_HAPTIC_ACTION_INFO)) return call.invalid("hapticActionInfo is null or mistyped");
  return find_asked(info->action, info->subactionPath, XR_ACTION_TYPE_VIBRATION_OUTPUT, session, call, asked);
}

}  // namespace

XrResult XRAPI_CALL SyncActions(XrSession handle, const XrActionsSyncInfo* syncInfo) {
  return enter<Session>("xrSyncActions", handle, [&](Session& session, Call& call) {
    if (!is(syncInfo, XR_TYPE_ACTIONS_SYNC_INFO)) return call.invalid("syncInfo is null or mistyped");
    std::vector<InputState::ActiveSet> active;
    if (const XrResult bad = read_active_sets(*syncInfo, session, call, active); XR_FAILED(bad)) return bad;
    Instance& instance = call.instance();
    const bool has_eyes = instance.extensions.has(Extension::eye_gaze) && instance.source.has_eye_gaze;
    const PlayedState state = session.played(session.current_time());
    if (session.input.sync(active, state, has_eyes, session.focused(), instance.clock.now())) {
      XrEventDataInteractionProfileChanged event{XR_TYPE_EVENT_DATA_INTERACTION_PROFILE_CHANGED};
      event.session = handle;
      instance.events.push(event, handle);
    }
    return session.focused() ? XR_SUCCESS : XR_SESSION_NOT_FOCUSED;
  });
}

XrResult XRAPI_CALL GetActionStateBoolean(XrSession handle, const XrActionStateGetInfo* getInfo,
                                          XrActionStateBoolean* state) {
  return get_state("xrGetActionStateBoolean", handle, getInfo, state, XR_TYPE_ACTION_STATE_BOOLEAN,
                   XR_ACTION_TYPE_BOOLEAN_INPUT, [&](const ActionValue& value) {
                     fill_common(value, *state);
                     state->currentState = value.value.x > 0.5F ? XR_TRUE : XR_FALSE;
                   });
}

XrResult XRAPI_CALL GetActionStateFloat(XrSession handle, const XrActionStateGetInfo* getInfo,
                                        XrActionStateFloat* state) {
  return get_state("xrGetActionStateFloat", handle, getInfo, state, XR_TYPE_ACTION_STATE_FLOAT,
                   XR_ACTION_TYPE_FLOAT_INPUT, [&](const ActionValue& value) {
                     fill_common(value, *state);
                     state->currentState = value.value.x;
                   });
}

XrResult XRAPI_CALL GetActionStateVector2f(XrSession handle, const XrActionStateGetInfo* getInfo,
                                           XrActionStateVector2f* state) {
  return get_state("xrGetActionStateVector2f", handle, getInfo, state, XR_TYPE_ACTION_STATE_VECTOR2F,
                   XR_ACTION_TYPE_VECTOR2F_INPUT, [&](const ActionValue& value) {
                     fill_common(value, *state);
                     state->currentState = value.value;
                   });
}

XrResult XRAPI_CALL GetActionStatePose(XrSession handle, const XrActionStateGetInfo* getInfo,
                                       XrActionStatePose* state) {
  return get_state("xrGetActionStatePose", handle, getInfo, state, XR_TYPE_ACTION_STATE_POSE,
                   XR_ACTION_TYPE_POSE_INPUT,
                   [&](const ActionValue& value) { state->isActive = value.active ? XR_TRUE : XR_FALSE; });
}

XrResult XRAPI_CALL GetCurrentInteractionProfile(XrSession handle, XrPath topLevelUserPath,
                                                 XrInteractionProfileState* interactionProfile) {
  return enter<Session>("xrGetCurrentInteractionProfile", handle, [&](Session& session, Call& call) {
    if (!is(interactionProfile, XR_TYPE_INTERACTION_PROFILE_STATE)) {
      return call.invalid("interactionProfile is null or mistyped");
    }
    if (!session.input.attached())
      return call.fail(XR_ERROR_ACTIONSET_NOT_ATTACHED, "no action set is attached");
    const std::string* const text = call.instance().paths.text(topLevelUserPath);
    if (text == nullptr)
      return call.fail(XR_ERROR_PATH_INVALID, "topLevelUserPath is not from xrStringToPath");
    const auto user = user_of(*text);
    if (!user || (*user == User::eyes && !call.instance().extensions.has(Extension::eye_gaze))) {
      return call.fail(XR_ERROR_PATH_UNSUPPORTED, in_quotes(*text) + " is no top-level user path");
    }
    const Profile* const profile = session.input.current_profile(*user);
    interactionProfile->interactionProfile =
        profile != nullptr ? call.instance().paths.of(profile->path) : XR_NULL_PATH;
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL EnumerateBoundSourcesForAction(XrSession handle,
                                                   const XrBoundSourcesForActionEnumerateInfo* enumerateInfo,
                                                   uint32_t capacity, uint32_t* count, XrPath* sources) {
  return enter<Session>("xrEnumerateBoundSourcesForAction", handle, [&](Session& session, Call& call) {
    if (!is(enumerateInfo, XR_TYPE_BOUND_SOURCES_FOR_ACTION_ENUMERATE_INFO)) {
      return call.invalid("enumerateInfo is null or mistyped");
    }
    const auto action = Handles::all().find<Action>(number(enumerateInfo->action));
    if (action == nullptr || &action->instance() != &call.instance()) {
      return call.fail(XR_ERROR_HANDLE_INVALID, "action is no action of this instance");
    }
    if (!session.input.has(*action->set)) {
      return call.fail(XR_ERROR_ACTIONSET_NOT_ATTACHED, "the action's set is not attached to the session");
    }
    std::vector<XrPath> paths;
    for (const auto& binding : session.input.bindings(*action)) paths.push_back(binding.path);
    return call.list<XrPath>(capacity, count, sources, paths);
  });
}

XrResult XRAPI_CALL GetInputSourceLocalizedName(XrSession handle,
                                                const XrInputSourceLocalizedNameGetInfo* getInfo,
                                                uint32_t capacity, uint32_t* count, char* buffer) {
  return enter<Session>("xrGetInputSourceLocalizedName", handle, [&](Session& session, Call& call) {
    constexpr XrInputSourceLocalizedNameFlags every_part =
        XR_INPUT_SOURCE_LOCALIZED_NAME_USER_PATH_BIT |
        XR_INPUT_SOURCE_LOCALIZED_NAME_INTERACTION_PROFILE_BIT | XR_INPUT_SOURCE_LOCALIZED_NAME_COMPONENT_BIT;
    if (!is(getInfo, XR_TYPE_INPUT_SOURCE_LOCALIZED_NAME_GET_INFO))
      return call.invalid("getInfo is null or mistyped");
    if (getInfo->whichComponents == 0 || (getInfo->whichComponents & ~every_part) != 0) {
      return call.invalid("whichComponents is empty or holds unknown bits");
    }
    if (!session.input.attached())
      return call.fail(XR_ERROR_ACTIONSET_NOT_ATTACHED, "no action set is attached");
    const std::string* const text = call.instance().paths.text(getInfo->sourcePath);
    if (text == nullptr) return call.fail(XR_ERROR_PATH_INVALID, "sourcePath is not from xrStringToPath");
    const auto path = parse_source_path(*text);
    if (!path) return call.fail(XR_ERROR_PATH_UNSUPPORTED, in_quotes(*text) + " is no input source");

    std::string name;
    const auto add = [&](XrInputSourceLocalizedNameFlags part, std::string_view what) {
      if ((getInfo->whichComponents & part) == 0 || what.empty()) return;
      if (!name.empty()) name += ' ';
      name += what;
    };
    const Profile* const profile = session.input.current_profile(path->user);
    add(XR_INPUT_SOURCE_LOCALIZED_NAME_USER_PATH_BIT, title_of(path->user));
    add(XR_INPUT_SOURCE_LOCALIZED_NAME_INTERACTION_PROFILE_BIT, profile != nullptr ? profile->title : "");
    add(XR_INPUT_SOURCE_LOCALIZED_NAME_COMPONENT_BIT, words(path->identifier));
    return call.text(capacity, count, buffer, name);
  });
}

XrResult XRAPI_CALL ApplyHapticFeedback(XrSession handle, const XrHapticActionInfo* hapticActionInfo,
                                        const XrHapticBaseHeader* hapticFeedback) {
  return enter<Session>("xrApplyHapticFeedback", handle, [&](Session& session, Call& call) {
    if (!is(hapticFeedback, XR_TYPE_HAPTIC_VIBRATION))
      return call.invalid("hapticFeedback is null or no vibration");
    Asked asked;
    if (const XrResult bad = find_haptic(hapticActionInfo, session, call, asked); XR_FAILED(bad)) return bad;
    const auto& vibration = *reinterpret_cast<const XrHapticVibration*>(hapticFeedback);
    const bool sensible = vibration.amplitude >= 0.0F && vibration.amplitude <= 1.0F &&
                          vibration.frequency >= 0.0F &&
                          (vibration.duration >= 0 || vibration.duration == XR_MIN_HAPTIC_DURATION);
    if (!sensible) return call.invalid("amplitude, frequency or duration is out of range");
    if (!session.focused()) return XR_SESSION_NOT_FOCUSED;
    for (const auto& binding : session.input.bindings(*asked.action)) {
      const bool meant = !asked.user || *asked.user == binding.user;
      if (meant && (binding.user == User::left || binding.user == User::right)) {
        ++session.figures.haptics[static_cast<std::size_t>(binding.user)];
      }
    }
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL StopHapticFeedback(XrSession handle, const XrHapticActionInfo* hapticActionInfo) {
  return enter<Session>("xrStopHapticFeedback", handle, [&](Session& session, Call& call) {
    Asked asked;
    if (const XrResult bad = find_haptic(hapticActionInfo, session, call, asked); XR_FAILED(bad)) return bad;
    return session.focused() ? XR_SUCCESS : XR_SESSION_NOT_FOCUSED;
  });
}

}  // namespace attune::xr_replay::api
