#pragma once

#include "attune/telemetry/frame.hpp"

namespace attune::session {

/// How long a patient's eyes have been closed. Closed are eyes that a face tracker calls so, and eyes that an
/// eye tracker has seen in this session and sees no more, while the head is tracked and the session has the
/// focus: nobody can tell closed eyes from a tracker that fell silent, and in doubt they are closed.
class ClosedEyes {
 public:
  static constexpr float closed_above = 0.5F;  ///< of `telemetry::Expression::eyes_closed`
  static constexpr double open_for_s = 0.3;    ///< a shorter glimpse, or a stray sample, opens nothing

  /// One frame, `dt_s` after the one before. @return seconds; 0 with open eyes, and where nothing can tell.
  double step(const telemetry::Frame& frame, double dt_s);
  /// A therapist's new start: an eye tracker counts again once it is seen again.
  void reset() { *this = ClosedEyes(); }

 private:
  bool seen_ = false;
  double closed_s_ = 0.0, open_s_ = 0.0;
};

}  // namespace attune::session
