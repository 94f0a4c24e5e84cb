#pragma once

namespace attune::signal {

/// One heart beat.
struct Beat {
  double sample = 0.0;  ///< of the input, counted from 0, in fractions
  bool connected =
      false;  ///< nothing broke since the beat before: the time between them is an interval of the heart
};

}  // namespace attune::signal
