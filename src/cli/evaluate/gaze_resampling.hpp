#pragma once

#include "attune/datasets/gaze_recording.hpp"

namespace attune::cli {

/// Brings a recording to another rate, with the marks of its experts. Down: the samples nearest to a slower
/// clock. Up: a straight line between neighbours that are both tracked and follow each other at the usual
/// pace, else the nearer one; each with the label of the nearer. What is in between is so made, and has no
/// noise of its own: a rate above the recording's says what the work costs, not how good the labels are.
void bring_to_rate(datasets::GazeRecording& recording, double rate_hz);

}  // namespace attune::cli
