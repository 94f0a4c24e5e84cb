#pragma once

#include <cstdint>

#include "attune/core/time.hpp"

namespace attune::telemetry {

/// What a step of a programme has the patient do. Stored as a number: append only.
enum class Activity : std::uint8_t {
  none = 0,
  exposure = 1,        ///< staying with what is feared
  breathing = 2,       ///< slow breathing with the guide
  thought_record = 3,  ///< catching a thought, weighing it, finding another
  experiment = 4,      ///< a behavioural experiment: what is expected, what happens
  gaze_training = 5,   ///< holding the calm target drives scene and music
  dot_probe = 6,       ///< measures attention bias, trains nothing
  grounding = 7,       ///< 5-4-3-2-1, gaze is the pointer
  movement = 8,        ///< a short movement break
  social = 9,          ///< attention is guided to people
  work = 10,           ///< a task at a desk
  rest = 11,           ///< nothing is asked of the patient
};
inline constexpr int activity_count = 12;

/// Where a trial of the dot-probe stands (MacLeod, Mathews & Tata, J Abnorm Psychol 95 (1986) 15).
enum class ProbeStage : std::uint8_t {
  none = 0,
  fixation = 1,  ///< a cross
  cues = 2,      ///< two pictures, left and right
  target = 3,    ///< a dot where one of them was; waits for the answer
};

/// One trial of the dot-probe as it is shown.
struct ProbeTrial {
  ProbeStage stage = ProbeStage::none;
  bool threat_left = false;   ///< side of the threatening cue; not read in a pair of neutral cues
  bool neutral_pair = false;  ///< both cues are neutral
  bool target_left = false;
  std::uint16_t number = 0;     ///< from 1
  core::SessionTime changed{};  ///< when this stage was first shown
};

}  // namespace attune::telemetry
