#pragma once

#include "attune/telemetry/activity.hpp"

namespace attune::session {

/// Whether heart, breath, skin and movement still speak of a movement break that the programme asked for.
/// Exertion raises them as anxiety does, so nothing is made of them while it lasts and until its trace has
/// left the features.
class Exertion {
 public:
  /// From the end of the break on. The longest window of a feature is 60 s, so that it then begins half a
  /// minute after the break. After light exercise the heart rate falls with a time constant near 55 s (Wang,
  /// Su & Celler, IEEE EMBS 2006, p. 1799, at 75 W): of a rise that is small, a third is left in that window.
  static constexpr double after_effect_s = 90.0;

  /// One frame, `dt_s` after the one before, in a step with this activity; `none` outside of steps.
  void push(double dt_s, telemetry::Activity activity) {
    if (activity == telemetry::Activity::movement)
      left_s_ = after_effect_s;
    else
      left_s_ = left_s_ > dt_s ? left_s_ - dt_s : 0.0;
  }
  [[nodiscard]] bool lasts() const { return left_s_ > 0.0; }

 private:
  double left_s_ = 0.0;
};

}  // namespace attune::session
