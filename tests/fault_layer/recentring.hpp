#pragma once

#include <openxr/openxr.h>

#include <optional>
#include <vector>

#include "fault_layer/fault.hpp"
#include "fault_layer/rigid.hpp"

namespace attune::fault_layer {

/// Moves of LOCAL's origin, as somebody does by holding a button of the headset. The first value of the fault
/// says what the program hears of it:
///  - `known`, `unknown`: an event in that frame, with the transform or without
///  - `ahead`: with it, 30 frames earlier;  `late`: without it, 3 frames later;  `silent`: nothing
/// The second: `stage` moves STAGE as well, so that nothing at all tells of it.
class Recentring {
 public:
  explicit Recentring(const Plan& plan);
  [[nodiscard]] bool any() const { return !moves_.empty(); }

  /// A frame was given out with these true times. @return whether LOCAL moves with it.
  bool frame_given(long frame, XrTime time, XrDuration period);
  /// An event that is due; its changeTime is a true time.
  [[nodiscard]] std::optional<XrEventDataReferenceSpaceChangePending> due(long frame);

  /// Where a space's origin is at a true time, in the same space as it began.
  [[nodiscard]] Rigid moved(XrReferenceSpaceType type, XrTime time) const;

 private:
  struct Move {
    const Fault* fault;
    std::optional<XrTime> at;
    bool told = false;
  };
  std::vector<Move> moves_;
};

}  // namespace attune::fault_layer
