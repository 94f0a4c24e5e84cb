#pragma once

#include <openxr/openxr.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "fault_layer/fault.hpp"
#include "fault_layer/gaze_fault.hpp"
#include "fault_layer/recentring.hpp"
#include "fault_layer/rigid.hpp"
#include "fault_layer/session_states.hpp"
#include "fault_layer/time_lie.hpp"

namespace attune::fault_layer {

/// What a space is made of.
struct KnownSpace {
  enum class Of { reference, hand, gaze } of = Of::reference;
  XrReferenceSpaceType type = XR_REFERENCE_SPACE_TYPE_VIEW;
  Rigid offset;
  XrPath hand = XR_NULL_PATH;
};

/// All that the layer knows of the one instance and session of a test's program. `mutex` guards it; nothing
/// waits while holding it.
struct Layer {
  explicit Layer(const Plan& all) : plan(all), times(plan), recentring(plan) {}

  std::mutex mutex;
  XrInstance instance = XR_NULL_HANDLE;
  XrSession session = XR_NULL_HANDLE;
  PFN_xrGetInstanceProcAddr get_below = nullptr;

  const Plan plan;
  long frame = 0;              // that xrWaitFrame gave last
  std::thread::id frame_loop;  // who waited for the first
  std::optional<XrResult> lost;
  std::set<const Fault*> done;             // of those that happen once
  std::map<const Fault*, long long> sent;  // of those that come in numbers

  TimeLie times;
  SessionStates states;
  Recentring recentring;
  GazeFault gaze;
  bool waited_below = false, begun_below = false;  // an open frame of the runtime

  std::map<XrSpace, KnownSpace> spaces;
  std::set<XrAction> gaze_actions;
  std::vector<XrPosef> shown_views;  // as the program was told last

  /// The fault of a kind that is there now.
  [[nodiscard]] const Fault* now(const char* kind) const { return plan.find(kind, frame); }
  /// True once for each fault of those that happen once.
  [[nodiscard]] bool first_time(const Fault& fault) { return done.insert(&fault).second; }
  /// Writes into the report that a fault took effect.
  void took_effect(const std::string& kind, long in_frame) const;
  void took_effect(const std::string& kind) const { took_effect(kind, frame); }
};

/// The layer of this program; made by `begin_layer` when the program makes its instance.
[[nodiscard]] Layer& layer();
void begin_layer();

/// A function of the runtime below.
template <typename Function>
Function below(const char* name) {
  PFN_xrVoidFunction function = nullptr;
  layer().get_below(layer().instance, name, &function);
  return reinterpret_cast<Function>(function);
}

/// What a call goes through first: it may hang here, and be answered with an error or a loss.
[[nodiscard]] std::optional<XrResult> door(const char* call);

}  // namespace attune::fault_layer
