#pragma once

#include <openxr/openxr.h>

#include <optional>

#include "fault_layer/fault.hpp"

namespace attune::fault_layer {

/// An eye tracker that is not as it says. The fault's value:
///  - `absent`: offered, but its action is never active (see actions.cpp)
///  - `stale`: the newest sample stays the newest
///  - `twice`: every sample is given for two frames;  `slow`: the tracker has 30 samples a second
///  - `future`, `zero`, `absurd`: samples carry a time half a second ahead, 0, or the largest there is
class GazeFault {
 public:
  /// Changes what was located at a true time. @return whether anything was changed.
  bool apply(const Fault& fault, long frame, XrTime time, XrSpaceLocation& location, XrTime& sampled);

 private:
  struct Sample {
    long number;  // of the sample in the tracker's own count
    XrSpaceLocation location;
    XrTime time;
  };
  std::optional<Sample> held_;
};

}  // namespace attune::fault_layer
