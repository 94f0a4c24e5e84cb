#pragma once

#include <array>
#include <cstdint>

#include "attune/core/static_vector.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::telemetry {

inline constexpr std::size_t max_aois = 24;

/// Everything that can change one decision: nothing else reaches `session::Pipeline::step`. Recorded whole.
struct Frame {
  std::uint64_t index = 0;
  core::SessionTime time{};  ///< predicted display time of this frame
  HeadsetState headset;
  Pose head;  ///< located at `time`
  GazeSample gaze;
  std::array<HandSample, 2> hands;  ///< left, right
  Vitals vitals;
  core::StaticVector<SelfReport, 4> reports;  ///< answers that came since the last frame
  core::StaticVector<Command, 4> commands;    ///< therapist's commands since the last frame
  bool patient_stop = false;                  ///< a stop that came from outside the scene (keyboard, socket)
  core::StaticVector<AoiShape, max_aois> aois;  ///< as drawn in the previous frame
  bool recentred = false;                       ///< the space's origin moved with this frame
  /// How bright the latest measured picture was, mean of both eyes: light relative to the display's white,
  /// 0..1 (BT.709 luminance, after the fade). Its age is since that picture was shown. Not valid: nothing of
  /// ours is seen, or nothing measured it.
  Reading shown_light;
  TaskActivity task;
  /// Since the console of a therapist who is elsewhere was last heard of, where the programme needs one;
  /// infinite before the first word. 0 with a therapist at this machine, or without a need for one.
  float therapist_silence_s = 0.0F;
};

enum Side : std::size_t { left = 0, right = 1 };

}  // namespace attune::telemetry
