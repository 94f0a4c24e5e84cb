#pragma once

#include <functional>

#include "attune/datasets/wrist.hpp"
#include "attune/telemetry/frame.hpp"

namespace attune::cli {

/// A wristband's recording as the frames of a session without a headset, 16 a second from the pulse's first
/// sample on: no head, no hands, no gaze. Everything comes when it is known: an interval between beats once
/// `signal::PulseDetector` is sure of it, with its age. Which are artefacts is left to the features, as with
/// any sensor that sends intervals.
void play_wrist(const datasets::WristRecording& recording,
                const std::function<void(const telemetry::Frame&)>& on_frame);

}  // namespace attune::cli
