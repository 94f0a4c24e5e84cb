#include "xr_replay/session.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "attune/core/files.hpp"

namespace attune::xr_replay {
namespace {

// From the moment a frame is given to its display: time to simulate and to render, as compositors leave it.
// On the virtual clock both happen in no time.
constexpr XrDuration periods_ahead = 2;
// Poses lower than this are no standing or sitting person's above a floor: their origin is at eye level
// already.
constexpr float lowest_eyes_m = 0.5F;

XrSession handle_of(const Session& session) { return reinterpret_cast<XrSession>(session.handle()); }

}  // namespace

Session::Session(std::shared_ptr<Instance> owner, std::unique_ptr<Source> played,
                 std::shared_ptr<VulkanDevice> used_device)
    : Object(object_type),
      source(std::move(played)),
      device(std::move(used_device)),
      owner_(std::move(owner)),
      period_s_(1.0 / owner_->source.rate_hz),
      period_(std::llround(period_s_ * 1e9)) {
  if (const auto& duration = owner_->source.duration_s) end_ = core::at_seconds(*duration);
  const PlayedState first = source->at({});
  if (first.head.position_valid && first.head.position_m.y > lowest_eyes_m)
    eye_height_m_ = first.head.position_m.y;
  worn_ = first.worn;
  last_display_ = owner_->clock.now();
}

void Session::on_destroy() {
  running_ = false;
  owner_->events.forget(handle_of(*this));
  owner_->names.sessions.erase(handle());
  owner_->changed.notify_all();
  if (owner_->settings.report.empty()) return;
  const bool was_begun = figures.begun != std::chrono::steady_clock::time_point{};
  const std::chrono::duration<double> wall =
      was_begun ? std::chrono::steady_clock::now() - figures.begun : std::chrono::steady_clock::duration{};
  const nlohmann::json report{
      {"source", owner_->source.name},         {"frames_waited", figures.waited},
      {"frames_ended", figures.ended},         {"frames_with_layers", figures.with_layers},
      {"frames_discarded", figures.discarded}, {"haptics_left", figures.haptics[0]},
      {"haptics_right", figures.haptics[1]},   {"seconds", figures.last.seconds()},
      {"wall_seconds", wall.count()}};
  if (const auto written = core::write_whole(owner_->settings.report, report.dump() + "\n"); !written) {
    say("ATTUNE_XR_REPORT: " + written.error().message);
  }
}

void Session::go(XrSessionState next) {
  state_ = next;
  XrEventDataSessionStateChanged event{XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED};
  event.session = handle_of(*this);
  event.state = next;
  event.time = owner_->clock.now();
  owner_->events.push(event, event.session);
}

void Session::start() {
  go(XR_SESSION_STATE_IDLE);
  go(XR_SESSION_STATE_READY);
}

void Session::begin() {
  running_ = true;
  waited = begun = false;
  if (figures.begun == std::chrono::steady_clock::time_point{})
    figures.begun = std::chrono::steady_clock::now();
  tell_presence(worn_);
  // Nobody submits frames in a headless session, so it reaches the focus by itself.
  if (headless()) frame_taken();
}

void Session::frame_taken() {
  if (state_ != XR_SESSION_STATE_READY) return;
  go(XR_SESSION_STATE_SYNCHRONIZED);
  follow(played(last_display_));
}

void Session::follow(const PlayedState& played_state) {
  const bool shown = state_ == XR_SESSION_STATE_SYNCHRONIZED || state_ == XR_SESSION_STATE_VISIBLE ||
                     state_ == XR_SESSION_STATE_FOCUSED;
  if (!shown) return;
  XrSessionState wanted = XR_SESSION_STATE_FOCUSED;
  if (owner_->settings.recorded_states) {
    if (!played_state.focused) wanted = XR_SESSION_STATE_VISIBLE;
    if (!played_state.visible) wanted = XR_SESSION_STATE_SYNCHRONIZED;
  }
  // The three lie in this order, one step apart (OpenXR 1.0, 9.3).
  while (state_ != wanted) go(static_cast<XrSessionState>(state_ + (wanted > state_ ? 1 : -1)));
}

void Session::leave(bool for_good) {
  leaving_for_good_ = leaving_for_good_ || for_good;
  if (state_ == XR_SESSION_STATE_FOCUSED) go(XR_SESSION_STATE_VISIBLE);
  if (state_ == XR_SESSION_STATE_VISIBLE) go(XR_SESSION_STATE_SYNCHRONIZED);
  if (state_ == XR_SESSION_STATE_SYNCHRONIZED || state_ == XR_SESSION_STATE_READY)
    go(XR_SESSION_STATE_STOPPING);
}

void Session::end() {
  running_ = false;
  waited = begun = false;
  input.release();
  owner_->changed.notify_all();
  go(XR_SESSION_STATE_IDLE);
  go(leaving_for_good_ ? XR_SESSION_STATE_EXITING : XR_SESSION_STATE_READY);
}

XrDuration Session::lead() const { return owner_->clock.is_virtual() ? period_ : periods_ahead * period_; }

XrTime Session::next_display_time() const {
  const Clock& clock = owner_->clock;
  const XrTime earliest = clock.now() + lead();
  if (first_display_ == 0) return earliest;
  std::int64_t slot = last_slot_ + 1;
  if (!clock.is_virtual()) {
    // Frames that nobody asked for in time are past; the display does not wait.
    const double reachable = static_cast<double>(earliest - first_display_) * 1e-9 / period_s_;
    slot = std::max(slot, static_cast<std::int64_t>(std::floor(reachable)));
  }
  return first_display_ + std::llround(static_cast<double>(slot) * period_s_ * 1e9);
}

void Session::show_at(XrTime display_time) {
  if (first_display_ == 0) first_display_ = display_time;
  last_slot_ = std::llround(static_cast<double>(display_time - first_display_) * 1e-9 / period_s_);
  const core::SessionTime before = session_time(last_display_);
  const core::SessionTime now = session_time(display_time);
  last_display_ = display_time;
  figures.last = now;
  source->advance(now);

  if (figures.waited > 0 && source->recentred(before, now)) {
    for (const auto space : {XR_REFERENCE_SPACE_TYPE_LOCAL, XR_REFERENCE_SPACE_TYPE_STAGE,
                             XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR}) {
      if (space == XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR && !owner_->extensions.has(Extension::local_floor))
        continue;
      XrEventDataReferenceSpaceChangePending event{XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING};
      event.session = handle_of(*this);
      event.referenceSpaceType = space;
      event.changeTime = display_time;
      event.poseInPreviousSpace.orientation.w = 1.0F;
      owner_->events.push(event, event.session);
    }
  }
  const PlayedState state = source->at(now);
  if (state.worn != worn_) {
    worn_ = state.worn;
    tell_presence(worn_);
  }
  follow(state);
  const auto& info = owner_->source;
  const bool over = end_ && now > *end_;
  if (over && owner_->settings.end == Settings::End::stop && !leaving_for_good_) {
    char seconds[32];
    std::snprintf(seconds, sizeof(seconds), "%.1f", *info.duration_s);
    say(info.name + " ended after " + seconds + " s; the session is asked to stop");
    leave(true);
  }
  ++figures.waited;
}

void Session::tell_presence(bool worn) {
  if (!owner_->extensions.has(Extension::user_presence)) return;
  XrEventDataUserPresenceChangedEXT event{XR_TYPE_EVENT_DATA_USER_PRESENCE_CHANGED_EXT, nullptr,
                                          handle_of(*this), static_cast<XrBool32>(worn)};
  owner_->events.push(event, event.session);
}

core::SessionTime Session::session_time(XrTime time) const {
  return {first_display_ == 0 ? 0 : std::max<std::int64_t>(time - first_display_, 0)};
}

XrTime Session::xr_time(core::SessionTime time) const {
  return (first_display_ == 0 ? last_display_ : first_display_) + time.ns;
}

PlayedState Session::played(XrTime time) const {
  core::SessionTime asked = session_time(time);
  const bool over = end_ && asked > *end_;
  if (over) asked = *end_;
  PlayedState state = source->at(asked);
  if (over) {
    state.head.tracked = false;
    for (auto& hand : state.hands) {
      telemetry::HandSample held;
      held.grip = hand.grip;
      held.aim = hand.aim;
      held.grip.tracked = held.aim.tracked = false;
      hand = held;
    }
    state.gaze.source = telemetry::GazeSource::none;
  }
  return state;
}

}  // namespace attune::xr_replay
