#pragma once

#include <openxr/openxr.h>

#include <chrono>
#include <optional>
#include <set>

#include "fault_layer/fault.hpp"

namespace attune::fault_layer {

/// The session's state as the program is told, which may be another than that of the runtime below: held back
/// from focus or sight, or asleep while the runtime below waits.
class SessionStates {
 public:
  /// The runtime below entered a state.
  void heard(XrSessionState truth) { truth_ = truth; }
  /// The next state that the program is to be told; nothing: it knows.
  [[nodiscard]] std::optional<XrSessionState> next(const Plan& plan, long frame);

  [[nodiscard]] XrSessionState told() const { return told_; }
  [[nodiscard]] bool focused() const { return told_ == XR_SESSION_STATE_FOCUSED; }
  [[nodiscard]] bool visible() const { return told_ == XR_SESSION_STATE_VISIBLE || focused(); }
  /// The program is told something else than the runtime below says.
  [[nodiscard]] bool pretends() const { return told_ != truth_; }

  /// Asleep: the program's xrEndSession and xrBeginSession are answered here and not below.
  [[nodiscard]] bool asleep() const { return asleep_ != nullptr; }
  /// Between those two: nothing of the session runs.
  [[nodiscard]] bool suspended() const { return suspended_; }
  XrResult end_asleep();
  XrResult begin_asleep();
  void frame_ended() { frame_ended_ = true; }

 private:
  [[nodiscard]] std::optional<XrSessionState> step_to_sleep() const;
  [[nodiscard]] std::optional<XrSessionState> step_to(XrSessionState goal) const;

  XrSessionState truth_ = XR_SESSION_STATE_UNKNOWN, told_ = XR_SESSION_STATE_UNKNOWN;
  const Fault* asleep_ = nullptr;
  std::set<const Fault*> slept_;
  bool suspended_ = false, frame_ended_ = true;
  std::chrono::steady_clock::time_point since_;  // of the sleep
};

}  // namespace attune::fault_layer
