#include "attune/session/closed_eyes.hpp"

namespace attune::session {

double ClosedEyes::step(const telemetry::Frame& frame, double dt_s) {
  const bool by_eye = frame.gaze.source == telemetry::GazeSource::eye;
  seen_ = seen_ || by_eye;
  const auto& lids = frame.vitals.expressions[static_cast<std::size_t>(telemetry::Expression::eyes_closed)];
  const bool face_says_closed = lids.valid && lids.value > closed_above;
  const bool looked_for = seen_ && frame.headset.focused && frame.head.valid() && frame.head.tracked;

  if (face_says_closed || (looked_for && !by_eye)) {
    closed_s_ += dt_s;
    open_s_ = 0.0;
  } else if (by_eye || lids.valid || !seen_) {
    open_s_ += dt_s;
    if (open_s_ >= open_for_s) closed_s_ = 0.0;
  }
  return closed_s_;
}

}  // namespace attune::session
