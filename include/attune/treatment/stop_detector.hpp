#pragma once

#include <array>

#include "attune/core/time.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::treatment {

/// What a patient can stop with, in one frame.
struct StopInput {
  core::SessionTime time{};
  std::array<telemetry::HandSample, 2> hands;
  bool on_stop_mark = false;  ///< gaze, or the head's direction, meets the stop mark
};

struct StopOutput {
  float progress = 0.0F;  ///< 0..1 of the stop that is being held
  bool stopped = false;   ///< true in one frame: the hold is complete
};

/// Finds a patient's wish to stop: both grips squeezed for 1 s, or any one button held for 1 s, or gaze or
/// head on the stop mark for 1.5 s. One hand, one switch, or the head alone is enough. No model and no focus
/// is needed. The trigger is not a button here, since it answers questions.
class StopDetector {
 public:
  static constexpr double grip_s = 1.0, button_s = 1.0, mark_s = 1.5;

  /// A gap between two frames counts as half a second at most.
  StopOutput push(const StopInput& input);
  /// Seconds from the beginning of the slowest hold to `stopped`.
  [[nodiscard]] static constexpr double delay_s() { return mark_s; }
  void reset();

 private:
  core::SessionTime last_{};
  bool begun_ = false, fired_ = false, gripping_ = false;
  double gripped_s_ = 0.0, pressed_s_ = 0.0, on_mark_s_ = 0.0;
};

}  // namespace attune::treatment
