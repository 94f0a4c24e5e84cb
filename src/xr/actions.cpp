#include "xr/actions.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "xr/bindings.hpp"
#include "xr/check.hpp"

namespace attune::xr {

namespace {

/// Nothing is invented for an input that is not active: it reads as untouched.
float read_float(XrSession session, XrAction action, XrPath hand) {
  XrActionStateGetInfo info{XR_TYPE_ACTION_STATE_GET_INFO, nullptr, action, hand};
  XrActionStateFloat state{XR_TYPE_ACTION_STATE_FLOAT};
  const bool there = XR_SUCCEEDED(xrGetActionStateFloat(session, &info, &state)) && state.isActive;
  return there && state.currentState > 0.0F ? std::min(state.currentState, 1.0F) : 0.0F;
}

bool read_bool(XrSession session, XrAction action, XrPath hand) {
  XrActionStateGetInfo info{XR_TYPE_ACTION_STATE_GET_INFO, nullptr, action, hand};
  XrActionStateBoolean state{XR_TYPE_ACTION_STATE_BOOLEAN};
  return XR_SUCCEEDED(xrGetActionStateBoolean(session, &info, &state)) && state.isActive &&
         state.currentState;
}

bool read_active(XrSession session, XrAction action, XrPath hand) {
  XrActionStateGetInfo info{XR_TYPE_ACTION_STATE_GET_INFO, nullptr, action, hand};
  XrActionStatePose state{XR_TYPE_ACTION_STATE_POSE};
  return XR_SUCCEEDED(xrGetActionStatePose(session, &info, &state)) && state.isActive;
}

}  // namespace

core::Result<Actions> Actions::create(const Instance& instance, XrSession session) {
  Actions actions;
  actions.eye_gaze_ = instance.info().eye_gaze;
  actions.hands_ = {instance.path("/user/hand/left"), instance.path("/user/hand/right")};
  if (const auto made = actions.create_actions(instance); !made) return made.error();
  if (const auto suggested = actions.suggest(instance); !suggested) return suggested.error();
  if (const auto attached = actions.attach(session); !attached) return attached.error();
  return actions;
}

core::Result<void> Actions::create_actions(const Instance& instance) {
  XrActionSetCreateInfo set{XR_TYPE_ACTION_SET_CREATE_INFO};
  std::strncpy(set.actionSetName, "patient", XR_MAX_ACTION_SET_NAME_SIZE - 1);
  std::strncpy(set.localizedActionSetName, "What the patient does",
               XR_MAX_LOCALIZED_ACTION_SET_NAME_SIZE - 1);
  if (const auto made = check(xrCreateActionSet(instance.handle(), &set, &set_), "making the action set");
      !made)
    return made;

  core::Result<void> outcome;
  const auto make = [&](XrAction& action, XrActionType type, const char* name, const char* shown,
                        bool by_hand = true) {
    XrActionCreateInfo create{XR_TYPE_ACTION_CREATE_INFO};
    create.actionType = type;
    std::strncpy(create.actionName, name, XR_MAX_ACTION_NAME_SIZE - 1);
    std::strncpy(create.localizedActionName, shown, XR_MAX_LOCALIZED_ACTION_NAME_SIZE - 1);
    if (by_hand) {
      create.countSubactionPaths = 2;
      create.subactionPaths = hands_.data();
    }
    if (outcome)
      outcome = check(xrCreateAction(set_, &create, &action), std::string("making the action ") + name);
  };
  make(grip_, XR_ACTION_TYPE_POSE_INPUT, "grip", "Hand");
  make(aim_, XR_ACTION_TYPE_POSE_INPUT, "aim", "Pointing");
  make(trigger_, XR_ACTION_TYPE_FLOAT_INPUT, "trigger", "Answer");
  make(squeeze_, XR_ACTION_TYPE_FLOAT_INPUT, "squeeze", "Stop, held with both hands");
  make(thumbstick_, XR_ACTION_TYPE_VECTOR2F_INPUT, "thumbstick", "Move the slider");
  make(menu_, XR_ACTION_TYPE_BOOLEAN_INPUT, "menu", "Stop, held");
  make(select_, XR_ACTION_TYPE_BOOLEAN_INPUT, "select", "Choose");
  make(haptic_, XR_ACTION_TYPE_VIBRATION_OUTPUT, "haptic", "Touch");
  if (eye_gaze_) make(gaze_, XR_ACTION_TYPE_POSE_INPUT, "gaze", "Gaze", false);
  return outcome;
}

core::Result<void> Actions::suggest(const Instance& instance) const {
  for (const auto& profile : controller_bindings) {
    std::vector<XrActionSuggestedBinding> bindings;
    for (const bool is_left : {true, false}) {
      const auto bind = [&](XrAction action, const char* input) {
        if (*input == '\0') return;
        const auto path = std::string(is_left ? "/user/hand/left" : "/user/hand/right") + input;
        bindings.push_back({action, instance.path(path.c_str())});
      };
      bind(grip_, "/input/grip/pose");
      bind(aim_, "/input/aim/pose");
      bind(haptic_, "/output/haptic");
      bind(trigger_, profile.trigger);
      bind(squeeze_, profile.squeeze);
      bind(thumbstick_, profile.thumbstick);
      bind(menu_, is_left ? profile.menu_left : profile.menu_right);
      bind(menu_, is_left ? profile.more_left : profile.more_right);
      bind(select_, is_left ? profile.select_left : profile.select_right);
    }
    XrInteractionProfileSuggestedBinding suggested{XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING};
    suggested.interactionProfile = instance.path(profile.profile);
    suggested.countSuggestedBindings = static_cast<std::uint32_t>(bindings.size());
    suggested.suggestedBindings = bindings.data();
    const auto done = check(xrSuggestInteractionProfileBindings(instance.handle(), &suggested),
                            std::string("offering bindings for ") + profile.profile);
    if (!done) return done;
  }
  if (!eye_gaze_) return {};
  const XrActionSuggestedBinding binding{gaze_, instance.path("/user/eyes_ext/input/gaze_ext/pose")};
  XrInteractionProfileSuggestedBinding suggested{XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING};
  suggested.interactionProfile = instance.path("/interaction_profiles/ext/eye_gaze_interaction");
  suggested.countSuggestedBindings = 1;
  suggested.suggestedBindings = &binding;
  return check(xrSuggestInteractionProfileBindings(instance.handle(), &suggested),
               "offering a binding for eye gaze");
}

core::Result<void> Actions::attach(XrSession session) {
  XrSessionActionSetsAttachInfo attach{XR_TYPE_SESSION_ACTION_SETS_ATTACH_INFO, nullptr, 1, &set_};
  if (const auto done = check(xrAttachSessionActionSets(session, &attach), "attaching the actions"); !done)
    return done;
  core::Result<void> outcome;
  const auto space = [&](XrAction action, XrPath hand, XrSpace& made) {
    XrActionSpaceCreateInfo create{XR_TYPE_ACTION_SPACE_CREATE_INFO};
    create.action = action;
    create.subactionPath = hand;
    create.poseInActionSpace.orientation.w = 1.0F;
    if (outcome)
      outcome = check(xrCreateActionSpace(session, &create, &made), "making a space for hands or gaze");
  };
  for (std::size_t side = 0; side < 2; ++side) {
    space(grip_, hands_[side], grip_space_[side]);
    space(aim_, hands_[side], aim_space_[side]);
  }
  if (eye_gaze_) space(gaze_, XR_NULL_PATH, gaze_space_);
  return outcome;
}

XrResult Actions::sync(XrSession session) {
  const XrActiveActionSet active{set_, XR_NULL_PATH};
  XrActionsSyncInfo info{XR_TYPE_ACTIONS_SYNC_INFO, nullptr, 1, &active};
  return xrSyncActions(session, &info);
}

void Actions::read_hand(XrSession session, telemetry::Side side, XrSpace base, XrTime time,
                        const Origin& origin, telemetry::HandSample& hand) const {
  hand = {};
  hand.active = read_active(session, grip_, hands_[side]);
  if (!hand.active) return;
  const auto locate = [&](XrSpace space, telemetry::Pose& pose) {
    XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
    if (XR_SUCCEEDED(xrLocateSpace(space, base, time, &location)))
      pose = origin.apply(location.pose, location.locationFlags);
  };
  locate(grip_space_[side], hand.grip);
  locate(aim_space_[side], hand.aim);
  hand.trigger = read_float(session, trigger_, hands_[side]);
  hand.squeeze = read_float(session, squeeze_, hands_[side]);
  XrActionStateGetInfo info{XR_TYPE_ACTION_STATE_GET_INFO, nullptr, thumbstick_, hands_[side]};
  XrActionStateVector2f stick{XR_TYPE_ACTION_STATE_VECTOR2F};
  if (XR_SUCCEEDED(xrGetActionStateVector2f(session, &info, &stick)) && stick.isActive) {
    const auto axis = [](float value) { return std::abs(value) <= 1.0F ? value : 0.0F; };
    hand.thumbstick = {axis(stick.currentState.x), axis(stick.currentState.y)};
  }
  if (read_bool(session, select_, hands_[side])) hand.buttons |= telemetry::button_select;
  if (read_bool(session, menu_, hands_[side])) hand.buttons |= telemetry::button_menu;
}

bool Actions::read_gaze(XrSession session, XrSpace base, XrTime time, const Origin& origin,
                        telemetry::GazeSample& gaze, XrTime& sampled) const {
  if (!eye_gaze_ || !read_active(session, gaze_, XR_NULL_PATH)) return false;
  XrEyeGazeSampleTimeEXT sample{XR_TYPE_EYE_GAZE_SAMPLE_TIME_EXT, nullptr, 0};
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION, &sample, 0, {}};
  if (XR_FAILED(xrLocateSpace(gaze_space_, base, time, &location))) return false;
  const auto pose = origin.apply(location.pose, location.locationFlags);
  if (!pose.orientation_valid || !pose.tracked) return false;
  if (pose.position_valid)
    gaze.origin_m = pose.position_m;  // else what the caller put there: between the eyes
  gaze.direction = pose.orientation * glm::vec3(0, 0, -1);
  gaze.source = telemetry::GazeSource::eye;
  sampled = sample.time;
  return true;
}

void Actions::buzz(XrSession session, float strength, float seconds) const {
  XrHapticVibration vibration{XR_TYPE_HAPTIC_VIBRATION};
  vibration.amplitude = strength;
  vibration.duration = static_cast<XrDuration>(static_cast<double>(seconds) * 1e9);
  for (const auto hand : hands_) {
    XrHapticActionInfo info{XR_TYPE_HAPTIC_ACTION_INFO, nullptr, haptic_, hand};
    xrApplyHapticFeedback(session, &info, reinterpret_cast<const XrHapticBaseHeader*>(&vibration));
  }
}

}  // namespace attune::xr
