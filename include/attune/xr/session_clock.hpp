#pragma once

#include <cstdint>
#include <optional>

#include "attune/core/time.hpp"

namespace attune::xr {

/// Turns the runtime's predicted display times into session time. Runtimes repeat times, leap, and now and
/// then say nonsense; session time starts at 0, never falls, and never leaps: a frame whose time cannot be
/// believed counts as one period, and when the runtime comes to its senses, session time is where it would
/// have been. A time that stays leapt is followed from there on. Frames that come late, up to
/// `longest_stall_s`, are time that passed, whoever was slow; whoever counts a dose sees the hole and counts
/// nothing across it.
class SessionClock {
 public:
  static constexpr double longest_period_s = 0.5;
  static constexpr double hole_s = 0.5;                        // a step that long is a hole, not a frame
  static constexpr double longest_stall_s = 10.0;              // and a longer one a clock that leapt
  static constexpr std::int64_t shortest_step_ns = 1'000'000;  // 1000 Hz: faster than any headset
  static constexpr int frames_to_believe =
      4;  // so many in a row that fit each other are a new course of time

  /// A frame is predicted to be shown at `display_time` (XrTime; 0 and below are none).
  /// @param period_s   the runtime's display period; ignored where it cannot be true
  /// @param elapsed_s  that passed by our own clock since the last call: a late frame is told from a leap by
  /// it
  core::SessionTime advance(std::int64_t display_time, double period_s, double elapsed_s = 0.0);
  /// No frame is wanted for `seconds`; the next one then counts as one period, wherever it lies.
  core::SessionTime rest(double seconds);
  /// Whether the last step was not taken from the runtime, because its time leapt, stood still or fell.
  [[nodiscard]] bool leapt() const { return leapt_; }
  /// Whether the last step was a hole in time: no frame for so long.
  [[nodiscard]] bool missed() const { return missed_; }

 private:
  struct Anchor {
    std::int64_t display = 0;
    core::SessionTime session{};
  };
  /// Session time of `display_time` if it goes on from `anchor` in a believable step.
  [[nodiscard]] std::optional<core::SessionTime> going_on(const Anchor& anchor, std::int64_t display_time,
                                                          double elapsed_s) const;

  core::SessionTime now_{};
  double usual_s_ = 1.0 / 72.0;  // the last period that could be true
  std::optional<Anchor> believed_,
      last_;         // the last frame of the course that is followed; the last frame at all
  int fitting_ = 0;  // frames in a row that go on from `last_` but not from `believed_`
  bool leapt_ = false, missed_ = false, rested_ = false;
};

}  // namespace attune::xr
