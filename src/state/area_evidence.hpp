#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "attune/attention/areas.hpp"
#include "attune/attention/engagement.hpp"
#include "attune/telemetry/frame.hpp"
#include "state/evidence.hpp"

namespace attune::state {

/// Turns gaze and areas of interest into evidence: what was looked at, and what could have been.
class AreaEvidence {
 public:
  /// Takes a frame.
  /// @param eyes_seen  false: at most the head's direction says where the patient looks.
  void push(const telemetry::Frame& frame, bool eyes_seen, float elapsed_s, StepSums& step,
            Evidence& evidence);
  /// A frame that shows nothing: after a gap, or of a headset that nobody wears.
  void push_nothing(core::SessionTime now) { observe(now, attention::Looking::unknown); }
  /// A step ended. @return whether the target was looked at in it, where that is known.
  std::optional<bool> end_step();

  [[nodiscard]] std::optional<std::uint16_t> looked_at() const { return follower_.current(); }

 private:
  void observe(core::SessionTime now, attention::Looking looking);

  telemetry::GazeSample gaze_;  ///< the newest that is one
  attention::AreaFollower follower_;
  attention::Engagement engagement_;
  std::optional<bool> on_target_;  ///< newest observation, since the last step
};

}  // namespace attune::state
