#pragma once

#include <openxr/openxr.h>

#include <array>
#include <cstddef>
#include <vector>

#include "fault_layer/fault.hpp"

namespace attune::fault_layer {

/// What the program is told of the frames' times, and the way back from it: the runtime below goes on with
/// the true ones.
class TimeLie {
 public:
  explicit TimeLie(const Plan& plan);

  /// Changes what xrWaitFrame gave for a frame. @return kinds that took effect, at most three.
  std::vector<const char*> tell(const Plan& plan, long frame, XrFrameState& state);

  /// The true time of one that the program names: that of the frame told nearest to it, and the distance
  /// kept.
  [[nodiscard]] XrTime true_time(XrTime told) const;
  /// The other way round, by the newest frame.
  [[nodiscard]] XrTime told_time(XrTime truth) const;
  /// True time and period of the newest frame.
  [[nodiscard]] XrTime newest() const { return newest_.truth; }

 private:
  struct Told {
    XrTime told = 0, truth = 0;
  };
  bool lies_ = false;  // false: whatever comes goes through unchanged
  std::array<Told, 32> told_{};
  std::size_t count_ = 0;
  Told newest_;
};

}  // namespace attune::fault_layer
