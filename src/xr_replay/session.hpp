#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "xr_replay/input.hpp"
#include "xr_replay/instance.hpp"

namespace attune::xr_replay {

/// Figures of a session, written to ATTUNE_XR_REPORT and told to debug messengers at its end.
struct SessionFigures {
  std::uint64_t waited = 0;  ///< frames that xrWaitFrame gave
  std::uint64_t ended = 0;   ///< frames that xrEndFrame took
  std::uint64_t with_layers = 0;
  std::uint64_t discarded = 0;
  std::array<std::uint64_t, 2> haptics{};         ///< pulses, left and right
  core::SessionTime last{};                       ///< of the last frame, since the first
  std::chrono::steady_clock::time_point begun{};  ///< when the program began the session
};

/// A session: its state machine, its frames, its input, and the source that plays in it.
class Session final : public Object {
 public:
  static constexpr XrObjectType object_type = XR_OBJECT_TYPE_SESSION;

  Session(std::shared_ptr<Instance> owner, std::unique_ptr<Source> played,
          std::shared_ptr<VulkanDevice> device);
  [[nodiscard]] Instance& instance() override { return *owner_; }
  void on_destroy() override;

  // --- the state machine (OpenXR 1.0, 9.3)
  [[nodiscard]] XrSessionState state() const { return state_; }
  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] bool focused() const { return state_ == XR_SESSION_STATE_FOCUSED; }
  [[nodiscard]] bool headless() const { return device == nullptr; }
  void start();               ///< right after it was made: IDLE, READY
  void begin();               ///< READY: running
  void end();                 ///< STOPPING: IDLE, and EXITING or READY again
  void frame_taken();         ///< a first frame: SYNCHRONIZED, VISIBLE, FOCUSED (or as far as recorded)
  void leave(bool for_good);  ///< while running: on the way to STOPPING

  // --- frames (OpenXR 1.0, 9.4)
  bool waited = false;   ///< xrWaitFrame gave a frame that was not begun yet
  bool begun = false;    ///< a frame was begun and not ended yet
  bool waiting = false;  ///< some thread is inside xrWaitFrame
  /// The instant the next frame will be displayed, in step with the display rate.
  [[nodiscard]] XrTime next_display_time() const;
  /// When a frame is given out: as long before its display as programs are given to make it.
  [[nodiscard]] XrTime start_of(XrTime display_time) const { return display_time - lead(); }
  /// The same frame is on its way now: the source lives on, and what happens at that instant is told.
  void show_at(XrTime display_time);
  [[nodiscard]] XrDuration period() const { return period_; }

  // --- what is played
  [[nodiscard]] core::SessionTime session_time(XrTime time) const;
  [[nodiscard]] XrTime xr_time(core::SessionTime time) const;
  /// What is tracked at a time. After its end, the last state as not tracked.
  [[nodiscard]] PlayedState played(XrTime time) const;
  /// Height of the origin of LOCAL above the floor.
  [[nodiscard]] float eye_height_m() const { return eye_height_m_; }
  /// Time of the frame that is being made: input is as it was then.
  [[nodiscard]] XrTime current_time() const { return last_display_; }

  const std::unique_ptr<Source> source;
  const std::shared_ptr<VulkanDevice> device;  ///< null: headless
  InputState input;
  SessionFigures figures;

 private:
  [[nodiscard]] XrDuration lead() const;
  void go(XrSessionState next);
  /// Steps between SYNCHRONIZED, VISIBLE and FOCUSED to what is played.
  void follow(const PlayedState& played_state);
  void tell_presence(bool worn);

  std::shared_ptr<Instance> owner_;
  XrSessionState state_ = XR_SESSION_STATE_UNKNOWN;
  std::optional<core::SessionTime> end_;  ///< of the source; a frame at this instant still belongs to it
  bool running_ = false;
  bool leaving_for_good_ = false;
  bool worn_ = true;
  double period_s_;
  XrDuration period_;
  XrTime first_display_ = 0;  ///< 0: no frame yet
  XrTime last_display_ = 0;
  std::int64_t last_slot_ = -1;
  float eye_height_m_ = 0.0F;
};

}  // namespace attune::xr_replay
