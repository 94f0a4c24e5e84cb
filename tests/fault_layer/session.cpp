#include <cstring>

#include "fault_layer/calls.hpp"
#include "fault_layer/layer.hpp"

namespace attune::fault_layer {

namespace {

constexpr auto type_nobody_knows = static_cast<XrStructureType>(1999999000);

template <typename Event>
void give(const Event& event, XrEventDataBuffer* buffer) {
  static_assert(sizeof(Event) <= sizeof(XrEventDataBuffer));
  std::memcpy(buffer, &event, sizeof(Event));
}

void give_state(const Layer& l, XrSessionState state, XrEventDataBuffer* buffer) {
  give(XrEventDataSessionStateChanged{XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED, nullptr, l.session, state,
                                      l.times.told_time(l.times.newest())},
       buffer);
}

void give_profile(const Layer& l, XrEventDataBuffer* buffer) {
  give(XrEventDataInteractionProfileChanged{XR_TYPE_EVENT_DATA_INTERACTION_PROFILE_CHANGED, nullptr,
                                            l.session},
       buffer);
}

void give_unknown(XrEventDataBuffer* buffer) {
  XrEventDataBuffer event{type_nobody_knows, nullptr, {}};
  std::memset(event.varying, 0xA5, sizeof(event.varying));
  give(event, buffer);
}

/// Events that come in numbers.
bool bursts(Layer& l, XrEventDataBuffer* buffer) {
  for (const auto& fault : l.plan.all()) {
    const bool unknown = fault.kind == "unknown_events", flood = fault.kind == "flood";
    if ((!unknown && !flood) || l.frame < fault.from) continue;
    if (l.sent[&fault]++ >= fault.number(0, 1)) continue;
    l.took_effect(fault.kind);
    if (unknown)
      give_unknown(buffer);
    else
      give_profile(l, buffer);
    return true;
  }
  return false;
}

/// Events that come once.
bool announcements(Layer& l, XrEventDataBuffer* buffer) {
  for (const auto& fault : l.plan.all()) {
    if (l.frame < fault.from) continue;
    if (fault.kind == "controller_down") {
      const bool up_again = fault.frames && l.frame >= fault.from + *fault.frames;
      if (l.first_time(fault) || (up_again && l.sent[&fault]++ == 0)) {
        give_profile(l, buffer);
        return true;
      }
      continue;
    }
    const bool pending = fault.kind == "instance_loss_pending", lost = fault.kind == "events_lost";
    const bool losing = fault.kind == "loss_pending";
    if ((!pending && !lost && !losing) || !l.first_time(fault)) continue;
    l.took_effect(fault.kind);
    if (pending)
      give(XrEventDataInstanceLossPending{XR_TYPE_EVENT_DATA_INSTANCE_LOSS_PENDING, nullptr, 0}, buffer);
    else if (losing)
      give_state(l, XR_SESSION_STATE_LOSS_PENDING, buffer);
    else
      give(XrEventDataEventsLost{XR_TYPE_EVENT_DATA_EVENTS_LOST, nullptr,
                                 static_cast<std::uint32_t>(fault.number(0, 1))},
           buffer);
    return true;
  }
  return false;
}

bool recentrings(Layer& l, XrEventDataBuffer* buffer) {
  auto event = l.recentring.due(l.frame);
  if (!event) return false;
  event->session = l.session;
  event->changeTime = l.times.told_time(event->changeTime);
  l.took_effect("recentre_event");
  give(*event, buffer);
  return true;
}

bool state_changes(Layer& l, XrEventDataBuffer* buffer) {
  const auto state = l.states.next(l.plan, l.frame);
  if (!state) return false;
  if (l.states.asleep()) l.took_effect("sleep");
  if (*state == XR_SESSION_STATE_VISIBLE && l.now("unfocused") != nullptr) l.took_effect("unfocused");
  if (*state == XR_SESSION_STATE_SYNCHRONIZED && l.now("hidden") != nullptr) l.took_effect("hidden");
  give_state(l, *state, buffer);
  return true;
}

/// The runtime's own menu ends the session.
void end_by_menu(Layer& l) {
  const auto* fault = l.now("exit");
  if (fault == nullptr || !l.first_time(*fault)) return;
  l.took_effect(fault->kind);
  below<PFN_xrRequestExitSession>("xrRequestExitSession")(l.session);
}

/// A frame that the program left open when it went to sleep is ended for it, as the runtime below never
/// learns of the sleep.
void close_open_frame(Layer& l) {
  if (l.waited_below) below<PFN_xrBeginFrame>("xrBeginFrame")(l.session, nullptr);
  if (l.waited_below || l.begun_below) {
    const XrFrameEndInfo end{XR_TYPE_FRAME_END_INFO,           nullptr, l.times.newest(),
                             XR_ENVIRONMENT_BLEND_MODE_OPAQUE, 0,       nullptr};
    below<PFN_xrEndFrame>("xrEndFrame")(l.session, &end);
  }
  l.waited_below = l.begun_below = false;
}

}  // namespace

XrResult XRAPI_CALL create_session(XrInstance instance, const XrSessionCreateInfo* info, XrSession* session) {
  const auto result = below<PFN_xrCreateSession>("xrCreateSession")(instance, info, session);
  if (XR_SUCCEEDED(result)) layer().session = *session;
  return result;
}

XrResult XRAPI_CALL begin_session(XrSession session, const XrSessionBeginInfo* info) {
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  if (l.lost) return *l.lost;
  return l.states.asleep() ? l.states.begin_asleep()
                           : below<PFN_xrBeginSession>("xrBeginSession")(session, info);
}

XrResult XRAPI_CALL end_session(XrSession session) {
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  if (l.lost) return *l.lost;
  if (!l.states.asleep()) return below<PFN_xrEndSession>("xrEndSession")(session);
  const auto result = l.states.end_asleep();
  if (XR_SUCCEEDED(result)) close_open_frame(l);
  return result;
}

XrResult XRAPI_CALL request_exit_session(XrSession session) {
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  if (l.lost) return *l.lost;
  if (l.states.suspended()) return XR_ERROR_SESSION_NOT_RUNNING;
  if (l.plan.any("exit_ignored") != nullptr) {
    l.took_effect("exit_ignored");
    return XR_SUCCESS;
  }
  return below<PFN_xrRequestExitSession>("xrRequestExitSession")(session);
}

XrResult XRAPI_CALL poll_event(XrInstance instance, XrEventDataBuffer* buffer) {
  if (const auto answer = door("poll")) return *answer;
  auto& l = layer();
  const std::lock_guard lock(l.mutex);
  end_by_menu(l);
  if (announcements(l, buffer) || recentrings(l, buffer) || state_changes(l, buffer) || bursts(l, buffer))
    return XR_SUCCESS;
  while (true) {
    const auto result = below<PFN_xrPollEvent>("xrPollEvent")(instance, buffer);
    if (result == XR_EVENT_UNAVAILABLE && l.now("endless_events") != nullptr) {
      l.took_effect("endless_events");
      give_unknown(buffer);
      return XR_SUCCESS;
    }
    if (result != XR_SUCCESS || buffer->type != XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED) return result;
    l.states.heard(reinterpret_cast<const XrEventDataSessionStateChanged*>(buffer)->state);
    *buffer = {XR_TYPE_EVENT_DATA_BUFFER, nullptr, {}};
    if (state_changes(l, buffer)) return XR_SUCCESS;
  }
}

}  // namespace attune::fault_layer
