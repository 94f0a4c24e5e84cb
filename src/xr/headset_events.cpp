#include <spdlog/spdlog.h>

#include <chrono>
#include <cmath>
#include <thread>

#include "attune/xr/user_presence.h"
#include "xr/check.hpp"
#include "xr/headset_openxr.hpp"

namespace attune::xr {

const char* words(HeadsetEvent event) {
  switch (event) {
    case HeadsetEvent::running:
      return "the headset is running";
    case HeadsetEvent::stopped:
      return "the headset stopped asking for pictures";
    case HeadsetEvent::visible:
      return "the scene is visible";
    case HeadsetEvent::hidden:
      return "the scene is not visible";
    case HeadsetEvent::focused:
      return "the session has the patient's input";
    case HeadsetEvent::unfocused:
      return "the session lost the patient's input";
    case HeadsetEvent::recentred:
      return "the patient was recentred";
    case HeadsetEvent::profile_changed:
      return "a controller was taken up, put down or changed";
    case HeadsetEvent::taken_off:
      return "the headset was taken off";
    case HeadsetEvent::put_on:
      return "the headset was put on";
    case HeadsetEvent::loss_pending:
      return "the runtime is about to lose the headset";
    case HeadsetEvent::exiting:
      return "the runtime ended the session";
    case HeadsetEvent::instance_loss_pending:
      return "the OpenXR runtime is about to go away";
  }
  return "";
}

core::StaticVector<HeadsetEvent, 16> OpenXrHeadset::take_events() {
  const auto taken = events_;
  events_.clear();
  return taken;
}

core::Result<void> OpenXrHeadset::poll_events() {
  while (true) {
    XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
    const auto result = xrPollEvent(instance_.handle(), &event);
    if (result == XR_EVENT_UNAVAILABLE) return {};
    if (result == XR_ERROR_INSTANCE_LOST) {
      end(check(result, "reading events").error().message, true);
      return {};
    }
    if (XR_FAILED(result)) return check(result, "reading events");
    handle(event);
    if (wanted_state_) {
      const auto state = *wanted_state_;
      wanted_state_.reset();
      if (const auto entered = enter(state); !entered) return entered;
    }
  }
}

void OpenXrHeadset::handle(const XrEventDataBuffer& event) {
  switch (
      static_cast<int>(event.type)) {  // as a number: user presence is newer than the header's enumeration
    case XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED: {
      const auto& changed = reinterpret_cast<const XrEventDataSessionStateChanged&>(event);
      if (changed.session == session_) wanted_state_ = changed.state;
      break;
    }
    case XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING: {
      const auto& changed = reinterpret_cast<const XrEventDataReferenceSpaceChangePending&>(event);
      if (changed.referenceSpaceType != XR_REFERENCE_SPACE_TYPE_LOCAL) break;
      recentre_pending_ = true;
      realign_from_ = changed.changeTime;
      break;
    }
    case XR_TYPE_EVENT_DATA_INTERACTION_PROFILE_CHANGED:
      events_.push_back(HeadsetEvent::profile_changed);
      break;
    case XR_TYPE_EVENT_DATA_USER_PRESENCE_CHANGED_EXT: {
      const bool worn =
          reinterpret_cast<const XrEventDataUserPresenceChangedEXT&>(event).isUserPresent == XR_TRUE;
      if (worn != worn_) events_.push_back(worn ? HeadsetEvent::put_on : HeadsetEvent::taken_off);
      worn_ = worn;
      break;
    }
    case XR_TYPE_EVENT_DATA_INSTANCE_LOSS_PENDING:
      events_.push_back(HeadsetEvent::instance_loss_pending);
      end("the OpenXR runtime is going away; restart it, then start again", true);
      break;
    case XR_TYPE_EVENT_DATA_EVENTS_LOST:
      spdlog::warn("the OpenXR runtime lost events");
      break;
    default:
      break;
  }
}

core::Result<void> OpenXrHeadset::enter(XrSessionState state) {
  const auto before = state_;
  state_ = state;
  switch (state) {
    case XR_SESSION_STATE_READY: {
      XrSessionBeginInfo begin{XR_TYPE_SESSION_BEGIN_INFO, nullptr,
                               XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO};
      if (const auto begun = check(xrBeginSession(session_, &begin), "beginning the session"); !begun)
        return begun;
      running_ = true;
      events_.push_back(HeadsetEvent::running);
      break;
    }
    case XR_SESSION_STATE_VISIBLE:
      events_.push_back(before == XR_SESSION_STATE_FOCUSED ? HeadsetEvent::unfocused : HeadsetEvent::visible);
      break;
    case XR_SESSION_STATE_FOCUSED:
      events_.push_back(HeadsetEvent::focused);
      break;
    case XR_SESSION_STATE_SYNCHRONIZED:
      if (before == XR_SESSION_STATE_VISIBLE) events_.push_back(HeadsetEvent::hidden);
      break;
    case XR_SESSION_STATE_STOPPING: {
      running_ = false;
      events_.push_back(HeadsetEvent::stopped);
      if (const auto ended = check(xrEndSession(session_), "pausing the session"); !ended) return ended;
      break;
    }
    case XR_SESSION_STATE_EXITING:
      events_.push_back(HeadsetEvent::exiting);
      end("the runtime ended the session", false);
      break;
    case XR_SESSION_STATE_LOSS_PENDING:
      events_.push_back(HeadsetEvent::loss_pending);
      end("the runtime lost the headset; check its cable and power, restart the runtime, then start again",
          true);
      break;
    default:
      break;
  }
  return {};
}

core::Result<Turn> OpenXrHeadset::wait_frame(FrameTime& frame) {
  if (const auto polled = poll_events(); !polled) return polled.error();
  if (!end_reason_.empty()) return Turn::ended;
  if (!running_) {
    std::this_thread::sleep_for(
        std::chrono::milliseconds(5));  // no frame is due: events are all there is to wait for
    return Turn::idle;
  }
  XrFrameState state{XR_TYPE_FRAME_STATE};
  const auto result = xrWaitFrame(session_, nullptr, &state);
  if (result == XR_ERROR_SESSION_LOST || result == XR_ERROR_INSTANCE_LOST) {
    end(check(result, "waiting for a frame").error().message, true);
    return Turn::ended;
  }
  if (XR_FAILED(result)) return check(result, "waiting for a frame").error();
  frame.period_s = static_cast<float>(static_cast<double>(state.predictedDisplayPeriod) * 1e-9);
  frame.display_time = state.predictedDisplayTime;
  frame.time = clock_.advance(state.predictedDisplayTime, static_cast<double>(frame.period_s));
  frame.should_render = state.shouldRender == XR_TRUE;
  align(frame);
  return Turn::frame;
}

}  // namespace attune::xr
