#pragma once

#include <optional>
#include <string>
#include <vector>

/// An OpenXR API layer that does to a program what runtimes and headsets do in the field. It stands between
/// the real loader and the real runtime; what it does is said by the environment:
///
///     ATTUNE_FAULT         KIND@FRAME[+FRAMES][:VALUE[,VALUE…]], several joined by ';'
///     ATTUNE_FAULT_REPORT  a file that gets a line "KIND FRAME" whenever a fault took effect
///
/// FRAME counts the frames that xrWaitFrame gave; 1 is the first. A fault lasts for FRAMES frames, without
/// them for ever, or happens once where it is an event. Calls are named wait, begin, end, acquire, image,
/// release, views, space, sync, poll.
///
/// | kind | what happens | values |
/// | --- | --- | --- |
/// | `session_lost`, `instance_lost` | the call, and from then on every other of the session, answers so |
/// call | | `failure` | the call answers XR_ERROR_RUNTIME_FAILURE | call | | `hang` | the call does not
/// return, once | call, seconds (without: for ever) | | `loss_pending` | the session's state becomes
/// LOSS_PENDING | | | `instance_loss_pending` | the runtime announces that it goes away | | | `exit` | the
/// runtime ends the session as its own menu would: STOPPING, IDLE, EXITING | | | `sleep` | stopped unasked,
/// and offered again | milliseconds asleep, or `ever` | | `unfocused`, `hidden` | the session is VISIBLE, or
/// SYNCHRONIZED, and no more | | | `no_render` | shouldRender is false | | | `time` | the predicted display
/// time is this, not the true one | nanoseconds, `min`, `max` or `repeat` | | `leap` | predicted display
/// times are so much later | seconds, may be negative | | `period` | the predicted display period is this |
/// nanoseconds, `min` or `max` | | `refuse_times` | what is located answers XR_ERROR_TIME_INVALID | | |
/// `no_headset` | xrGetSystem: XR_ERROR_FORM_FACTOR_UNAVAILABLE; FRAME means nothing | calls (without: ever)
/// | | `no_stage` | the runtime knows no STAGE space; FRAME means nothing | | | `formats` | swapchain formats
/// that are offered, in this order; FRAME means nothing | VkFormat numbers | | `image_busy` |
/// xrWaitSwapchainImage waits for its timeout and answers XR_TIMEOUT_EXPIRED | | | `recentre` | LOCAL moves
/// by 0.7 m and turns by 90° at that frame's display time | see `Recentring` | | `pose` | what is located is
/// `invalid`, `nan`, `no_turn`, `long_turn`, `adrift` | that, and head, gaze, hands or views (without: all) |
/// | `gaze` | `absent`, `stale`, `twice`, `slow`, `future`, `zero`, `absurd` | that |
/// | `controller_down` | hands are inactive and have no profile, with both events | left or right (without:
/// both) | | `pressed` | everything on both controllers is active and pressed, focused or not | | |
/// `unknown_events`, `flood` | so many events of a type nobody knows, or of a changed profile | how many | |
/// `endless_events` | xrPollEvent always has one event more | | | `events_lost` | the runtime lost events |
/// how many |
namespace attune::fault_layer {

/// One thing that goes wrong.
struct Fault {
  std::string kind;
  long from = 0;               ///< first frame
  std::optional<long> frames;  ///< how many; nothing: for ever, or once
  std::vector<std::string> values;

  [[nodiscard]] bool lasts_in(long frame) const {
    return frame >= from && (!frames || frame < from + *frames);
  }
  /// A value as written; empty when there are fewer.
  [[nodiscard]] std::string value(std::size_t place) const {
    return place < values.size() ? values[place] : "";
  }
  /// A value as a number; `min` and `max` are the ends of 64 bits.
  [[nodiscard]] long long number(std::size_t place, long long otherwise) const;
};

/// All that goes wrong in one program.
class Plan {
 public:
  /// From ATTUNE_FAULT. What cannot be read ends the program at once: a test must not pass without its fault.
  [[nodiscard]] static Plan from_environment();

  /// The fault of a kind that is there in a frame; null: none.
  [[nodiscard]] const Fault* find(const char* kind, long frame) const;
  /// The same whatever the frame.
  [[nodiscard]] const Fault* any(const char* kind) const;
  [[nodiscard]] const std::vector<Fault>& all() const { return faults_; }

 private:
  std::vector<Fault> faults_;
};

}  // namespace attune::fault_layer
