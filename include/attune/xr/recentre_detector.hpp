#pragma once

#include <optional>

#include "attune/telemetry/samples.hpp"

namespace attune::xr {

/// Notices that the runtime moved its LOCAL space without saying so: some recentre silently. What gives it
/// away is a head that moves in LOCAL but not in STAGE, or, where no STAGE is known, a move that no head can
/// make and that keeps the head's tilt, as a turn about the vertical does.
class RecentreDetector {
 public:
  /// One frame, both poses in LOCAL at its display time.
  /// @param head   of the patient; not valid or not tracked: nothing is concluded from it
  /// @param stage  of the floor's space, if there is one and it is valid
  /// @param dt_s   since the frame before
  /// @return true when LOCAL moved between the two frames
  bool push(const telemetry::Pose& head, const std::optional<telemetry::Pose>& stage, double dt_s);
  /// LOCAL moved and everybody knows: what comes is not compared with what was.
  void forget() {
    last_.reset();
    before_.reset();
  }

 private:
  struct Seen {
    telemetry::Pose head;
    std::optional<telemetry::Pose> stage;
  };
  std::optional<Seen> last_, before_;  // the last two frames with a tracked head
  double since_s_ = 0.0;               // the head was last tracked
};

}  // namespace attune::xr
