#include <cstring>
#include <string>

#include "fault_layer/calls.hpp"
#include "fault_layer/layer.hpp"

namespace attune::fault_layer {

namespace {

std::string text_of(XrPath path) {
  char text[XR_MAX_PATH_LENGTH] = "";
  std::uint32_t length = 0;
  if (path != XR_NULL_PATH)
    below<PFN_xrPathToString>("xrPathToString")(layer().instance, path, sizeof(text), &length, text);
  return text;
}

/// What the layer makes of an input.
enum class Input { as_it_is, silent, pressed };

Input input_of(const Layer& l, const XrActionStateGetInfo& info) {
  if (l.gaze_actions.count(info.action) > 0) {
    const auto* gaze = l.now("gaze");
    if (gaze != nullptr && gaze->value(0) == "absent") {
      l.took_effect("gaze");
      return Input::silent;
    }
    return l.states.focused() ? Input::as_it_is : Input::silent;
  }
  if (l.now("pressed") != nullptr) {
    l.took_effect("pressed");
    return Input::pressed;
  }
  if (hand_is_down(info.subactionPath)) {
    l.took_effect("controller_down");
    return Input::silent;
  }
  return l.states.focused() ? Input::as_it_is : Input::silent;
}

/// Asks the runtime below, and changes what it says. `press` puts into the state what a pressed input gives.
template <typename Function, typename State, typename Press>
XrResult read(const char* name, XrSession session, const XrActionStateGetInfo* info, State* state,
              Press press) {
  if (const auto answer = door("sync")) return *answer;
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  const auto result = below<Function>(name)(session, info, state);
  if (XR_FAILED(result)) return result;
  const auto input = input_of(l, *info);
  if (input == Input::as_it_is) return result;
  const State blank{state->type, state->next};
  *state = blank;
  if (input == Input::pressed) {
    state->isActive = XR_TRUE;
    press(*state);
  }
  return result;
}

}  // namespace

bool hand_is_down(XrPath hand) {
  const auto* fault = layer().now("controller_down");
  if (fault == nullptr) return false;
  return fault->value(0).empty() || text_of(hand).find("/hand/" + fault->value(0)) != std::string::npos;
}

XrResult XRAPI_CALL suggest_bindings(XrInstance instance,
                                     const XrInteractionProfileSuggestedBinding* suggested) {
  auto& l = layer();
  for (std::uint32_t i = 0; i < suggested->countSuggestedBindings; ++i) {
    const auto& binding = suggested->suggestedBindings[i];
    if (text_of(binding.binding).rfind("/user/eyes_ext", 0) == 0) l.gaze_actions.insert(binding.action);
  }
  return below<PFN_xrSuggestInteractionProfileBindings>("xrSuggestInteractionProfileBindings")(instance,
                                                                                               suggested);
}

XrResult XRAPI_CALL sync_actions(XrSession session, const XrActionsSyncInfo* info) {
  if (const auto answer = door("sync")) return *answer;
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  const auto result = below<PFN_xrSyncActions>("xrSyncActions")(session, info);
  const bool pressed = l.now("pressed") != nullptr;
  if (pressed) l.took_effect("pressed");
  const bool told_otherwise = l.states.pretends() && !l.states.focused() && !pressed;
  return result == XR_SUCCESS && told_otherwise ? XR_SESSION_NOT_FOCUSED : result;
}

XrResult XRAPI_CALL get_boolean(XrSession session, const XrActionStateGetInfo* info,
                                XrActionStateBoolean* state) {
  return read<PFN_xrGetActionStateBoolean>("xrGetActionStateBoolean", session, info, state,
                                           [](auto& pressed) { pressed.currentState = XR_TRUE; });
}

XrResult XRAPI_CALL get_float(XrSession session, const XrActionStateGetInfo* info,
                              XrActionStateFloat* state) {
  return read<PFN_xrGetActionStateFloat>("xrGetActionStateFloat", session, info, state,
                                         [](auto& pressed) { pressed.currentState = 1.0F; });
}

XrResult XRAPI_CALL get_vector(XrSession session, const XrActionStateGetInfo* info,
                               XrActionStateVector2f* state) {
  return read<PFN_xrGetActionStateVector2f>("xrGetActionStateVector2f", session, info, state,
                                            [](auto& pressed) {
                                              pressed.currentState = {1.0F, 1.0F};
                                            });
}

XrResult XRAPI_CALL get_pose(XrSession session, const XrActionStateGetInfo* info, XrActionStatePose* state) {
  return read<PFN_xrGetActionStatePose>("xrGetActionStatePose", session, info, state, [](auto&) {});
}

XrResult XRAPI_CALL get_profile(XrSession session, XrPath hand, XrInteractionProfileState* state) {
  const auto result =
      below<PFN_xrGetCurrentInteractionProfile>("xrGetCurrentInteractionProfile")(session, hand, state);
  const std::lock_guard lock(layer().mutex);
  if (XR_SUCCEEDED(result) && hand_is_down(hand)) state->interactionProfile = XR_NULL_PATH;
  return result;
}

}  // namespace attune::fault_layer
