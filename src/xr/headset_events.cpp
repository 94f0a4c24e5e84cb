#include <chrono>
#include <cmath>
#include <thread>

#include "attune/xr/user_presence.h"
#include "xr/check.hpp"
#include "xr/headset_openxr.hpp"

namespace attune::xr {

namespace {

constexpr int most_events_a_frame = 64;
constexpr double idle_turn_s = 0.1;
constexpr auto nap = std::chrono::milliseconds(5);
constexpr double leaps_named_every_s = 1.0;  // a clock that leaps for ever must not fill the recording

std::int64_t in_ns(std::chrono::steady_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

}  // namespace

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
    case HeadsetEvent::pictures_unwanted:
      return "the runtime wants no pictures: nothing of the scene is seen";
    case HeadsetEvent::pictures_wanted:
      return "the runtime wants pictures again";
    case HeadsetEvent::time_leapt:
      return "the runtime's clock leapt; session time went on by one frame";
    case HeadsetEvent::frames_missed:
      return "no frame for half a second or more";
    case HeadsetEvent::gaze_missing:
      return "the eye tracker gives nothing; the head's direction stands in for the gaze";
    case HeadsetEvent::gaze_back:
      return "the eye tracker gives the gaze";
    case HeadsetEvent::events_lost:
      return "the runtime lost events";
    case HeadsetEvent::no_buffer:
      return "the runtime has no free buffer for a picture: the patient keeps seeing the last one";
    case HeadsetEvent::runtime_errs:
      return "the runtime answers with errors: head, eyes or hands are not known";
    case HeadsetEvent::no_views:
      return "the runtime does not say where the eyes are: the patient keeps seeing the last picture";
    case HeadsetEvent::period_impossible:
      return "the runtime names no display period that could be true";
    case HeadsetEvent::turning_only:
      return "the headset tracks turning only: its place in the room is the runtime's guess";
    case HeadsetEvent::no_floor:
      return "no floor is known: the patient is taken to stand, with the eyes at 1.6 m";
  }
  return "";
}

core::StaticVector<HeadsetEvent, 16> OpenXrHeadset::take_events() {
  const auto taken = events_;
  events_.clear();
  return taken;
}

/// A runtime that repeats itself must not push other events out.
void OpenXrHeadset::note(HeadsetEvent event) {
  if (events_.empty() || events_.back() != event) events_.push_back(event);
}

core::Result<void> OpenXrHeadset::poll_events() {
  for (int polled = 0; polled < most_events_a_frame; ++polled) {
    XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
    const auto result = xrPollEvent(instance_.handle(), &event);
    if (result == XR_EVENT_UNAVAILABLE) return {};
    if (XR_FAILED(result)) return check(result, "reading events");
    handle(event);
  }
  return {};  // the rest with the next frame: a runtime that floods must not hold this one up
}

/// Changes of state are acted on between frames only, in the order in which they came.
core::Result<void> OpenXrHeadset::enter_wanted_states() {
  const auto states = wanted_states_;
  wanted_states_.clear();
  for (const auto state : states) {
    if (const auto entered = enter(state); !entered) return entered;
  }
  return {};
}

void OpenXrHeadset::handle(const XrEventDataBuffer& event) {
  switch (
      static_cast<int>(event.type)) {  // as a number: user presence is newer than the header's enumeration
    case XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED: {
      const auto& changed = reinterpret_cast<const XrEventDataSessionStateChanged&>(event);
      if (changed.session == session_) wanted_states_.push_back(changed.state);
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
      note(HeadsetEvent::profile_changed);
      break;
    case XR_TYPE_EVENT_DATA_USER_PRESENCE_CHANGED_EXT: {
      const bool worn =
          reinterpret_cast<const XrEventDataUserPresenceChangedEXT&>(event).isUserPresent == XR_TRUE;
      if (worn != worn_) note(worn ? HeadsetEvent::put_on : HeadsetEvent::taken_off);
      worn_ = worn;
      break;
    }
    case XR_TYPE_EVENT_DATA_INSTANCE_LOSS_PENDING:
      note(HeadsetEvent::instance_loss_pending);
      end("the OpenXR runtime is going away; restart it, then start again", true);
      break;
    case XR_TYPE_EVENT_DATA_EVENTS_LOST:
      note(HeadsetEvent::events_lost);
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
      note(HeadsetEvent::running);
      break;
    }
    case XR_SESSION_STATE_VISIBLE:
      note(before == XR_SESSION_STATE_FOCUSED ? HeadsetEvent::unfocused : HeadsetEvent::visible);
      break;
    case XR_SESSION_STATE_FOCUSED:
      note(HeadsetEvent::focused);
      break;
    case XR_SESSION_STATE_SYNCHRONIZED:
      if (before == XR_SESSION_STATE_VISIBLE) note(HeadsetEvent::hidden);
      break;
    case XR_SESSION_STATE_STOPPING: {
      running_ = false;
      note(HeadsetEvent::stopped);
      if (const auto ended = check(xrEndSession(session_), "pausing the session"); !ended) return ended;
      break;
    }
    case XR_SESSION_STATE_EXITING:
      note(HeadsetEvent::exiting);
      end("the runtime ended the session", false);
      break;
    case XR_SESSION_STATE_LOSS_PENDING:
      note(HeadsetEvent::loss_pending);
      end("the runtime lost the headset; check its cable and power, restart the runtime, then start again",
          true);
      break;
    default:
      break;
  }
  return {};
}

core::Result<Turn> OpenXrHeadset::wait_frame(FrameTime& frame) {
  framed_ = false;
  // No frame is due while nothing runs: events are all there is to wait for.
  for (auto waited = std::chrono::nanoseconds::zero();; waited += nap) {
    if (const auto polled = poll_events(); !polled) return polled.error();
    if (const auto entered = enter_wanted_states(); !entered) return entered.error();
    if (!end_reason_.empty()) return Turn::ended;
    if (running_) break;
    if (waited >= std::chrono::duration<double>(idle_turn_s)) {
      frame = {};
      frame.time = now_ = clock_.rest(idle_turn_s);
      frame.monotonic_ns = in_ns(std::chrono::steady_clock::now());
      recentre_detector_.push({}, std::nullopt, idle_turn_s);
      return Turn::idle;
    }
    std::this_thread::sleep_for(nap);
  }
  XrFrameState state{XR_TYPE_FRAME_STATE};
  const auto result = xrWaitFrame(session_, nullptr, &state);
  if (XR_FAILED(result)) return check(result, "waiting for a frame").error();
  read_time(state, frame);
  // A recentring that this frame is the first to show is announced while it is waited for.
  if (const auto polled = poll_events(); !polled) return polled.error();
  align(frame);
  framed_ = true;
  return Turn::frame;
}

void OpenXrHeadset::read_time(const XrFrameState& state, FrameTime& frame) {
  const double period_s = static_cast<double>(state.predictedDisplayPeriod) * 1e-9;
  const bool possible = period_s > 0.0 && period_s <= SessionClock::longest_period_s;
  frame.period_s = possible ? static_cast<float>(period_s) : 0.0F;
  if (odd_period_.begins(!possible)) note(HeadsetEvent::period_impossible);
  frame.display_time = state.predictedDisplayTime;
  // The runtime's clock alone cannot tell a frame that came late from a time that leapt.
  const auto returned = std::chrono::steady_clock::now();
  const double elapsed_s = returned_ ? std::chrono::duration<double>(returned - *returned_).count() : 0.0;
  returned_ = returned;
  frame.monotonic_ns = monotonic_ns(state.predictedDisplayTime, returned);
  frame.time = now_ =
      clock_.advance(state.predictedDisplayTime, static_cast<double>(frame.period_s), elapsed_s);
  const bool named = leap_noted_.ns >= 0 && core::seconds_between(leap_noted_, now_) < leaps_named_every_s;
  if ((clock_.leapt() || clock_.missed()) && !named) {
    note(clock_.leapt() ? HeadsetEvent::time_leapt : HeadsetEvent::frames_missed);
    leap_noted_ = now_;
  }
  frame.should_render = state.shouldRender == XR_TRUE;
  // No runtime wants pictures in its first frames: that is worth no word.
  if (pictures_wanted_ && frame.should_render != *pictures_wanted_)
    note(frame.should_render ? HeadsetEvent::pictures_wanted : HeadsetEvent::pictures_unwanted);
  if (pictures_wanted_ || frame.should_render) pictures_wanted_ = frame.should_render;
}

/// A display time on CLOCK_MONOTONIC; `now` where the runtime cannot tell, or tells what cannot be.
std::int64_t OpenXrHeadset::monotonic_ns(XrTime time, std::chrono::steady_clock::time_point now) const {
  constexpr std::int64_t longest_lead_ns = 500'000'000;
  const std::int64_t now_ns = in_ns(now);
  timespec told{};
  if (convert_time_ == nullptr || XR_FAILED(convert_time_(instance_.handle(), time, &told))) return now_ns;
  const double lead_ns = static_cast<double>(told.tv_sec) * 1e9 + static_cast<double>(told.tv_nsec) -
                         static_cast<double>(now_ns);
  if (!(std::abs(lead_ns) <= static_cast<double>(longest_lead_ns))) return now_ns;
  return told.tv_sec * std::int64_t{1'000'000'000} + told.tv_nsec;
}

}  // namespace attune::xr
