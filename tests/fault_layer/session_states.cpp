#include "fault_layer/session_states.hpp"

#include <algorithm>

namespace attune::fault_layer {

namespace {

/// From READY to FOCUSED the numbers of the states are those of the ladder that a session climbs.
bool on_the_ladder(XrSessionState state) {
  return state >= XR_SESSION_STATE_READY && state <= XR_SESSION_STATE_FOCUSED;
}

XrSessionState beside(XrSessionState state, int step) {
  return static_cast<XrSessionState>(static_cast<int>(state) + step);
}

}  // namespace

std::optional<XrSessionState> SessionStates::next(const Plan& plan, long frame) {
  if (asleep_ == nullptr && told_ >= XR_SESSION_STATE_SYNCHRONIZED && on_the_ladder(told_)) {
    for (const auto& fault : plan.all()) {
      if (fault.kind == "sleep" && frame >= fault.from && slept_.insert(&fault).second) {
        asleep_ = &fault;
        break;
      }
    }
  }
  std::optional<XrSessionState> step;
  if (asleep_ != nullptr) {
    step = step_to_sleep();
  } else {
    auto goal = truth_;
    if (plan.find("unfocused", frame) && on_the_ladder(goal)) goal = std::min(goal, XR_SESSION_STATE_VISIBLE);
    if (plan.find("hidden", frame) && on_the_ladder(goal))
      goal = std::min(goal, XR_SESSION_STATE_SYNCHRONIZED);
    step = step_to(goal);
  }
  if (step) told_ = *step;
  return step;
}

std::optional<XrSessionState> SessionStates::step_to_sleep() const {
  if (on_the_ladder(told_) && told_ > XR_SESSION_STATE_SYNCHRONIZED) return beside(told_, -1);
  if (told_ == XR_SESSION_STATE_SYNCHRONIZED) return XR_SESSION_STATE_STOPPING;
  if (told_ == XR_SESSION_STATE_STOPPING && suspended_) return XR_SESSION_STATE_IDLE;
  const auto slept = std::chrono::steady_clock::now() - since_;
  const bool awake = asleep_->value(0) != "ever" && slept >= std::chrono::milliseconds(asleep_->number(0, 0));
  if (told_ == XR_SESSION_STATE_IDLE && awake) return XR_SESSION_STATE_READY;
  return std::nullopt;
}

std::optional<XrSessionState> SessionStates::step_to(XrSessionState goal) const {
  if (goal == told_) return std::nullopt;
  const bool climbing = on_the_ladder(told_) && on_the_ladder(goal);
  if (climbing && goal > told_) {
    if (!frame_ended_) return std::nullopt;  // after a sleep the first step waits for a frame
    return beside(told_, +1);
  }
  const bool going_down = climbing || (goal == XR_SESSION_STATE_STOPPING && on_the_ladder(told_));
  if (going_down && told_ > XR_SESSION_STATE_SYNCHRONIZED) return beside(told_, -1);
  return goal;
}

XrResult SessionStates::end_asleep() {
  if (suspended_) return XR_ERROR_SESSION_NOT_RUNNING;
  if (told_ != XR_SESSION_STATE_STOPPING) return XR_ERROR_SESSION_NOT_STOPPING;
  suspended_ = true;
  since_ = std::chrono::steady_clock::now();
  return XR_SUCCESS;
}

XrResult SessionStates::begin_asleep() {
  if (!suspended_) return XR_ERROR_SESSION_RUNNING;
  if (told_ != XR_SESSION_STATE_READY) return XR_ERROR_SESSION_NOT_READY;
  suspended_ = frame_ended_ = false;
  asleep_ = nullptr;
  return XR_SUCCESS;
}

}  // namespace attune::fault_layer
