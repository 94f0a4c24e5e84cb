#pragma once

#include <string>

#include "cli/analyse/gaze_labelling.hpp"

namespace attune::cli {

/// Yaw, pitch and speed over time, coloured by label, as one SVG picture. However long the recording, the
/// picture has as many points as can be told apart.
/// @param begin_s  what the first sample's time is called.
[[nodiscard]] std::string gaze_svg(const LabelledRecording& labelled, double begin_s,
                                   const std::string& title);

}  // namespace attune::cli
