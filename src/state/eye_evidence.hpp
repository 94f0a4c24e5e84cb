#pragma once

#include "attune/attention/gaze_classifier.hpp"
#include "attune/attention/gaze_episodes.hpp"
#include "attune/telemetry/frame.hpp"
#include "state/evidence.hpp"

namespace attune::state {

/// Turns the gaze samples of frames into evidence: what the eyes did, and for how long they were seen. A
/// sample says something at most 50 ms after its time, when `attention::GazeClassifier` knows what it was.
class EyeEvidence {
 public:
  EyeEvidence() : classifier_(attention::GazeMode::online) {}

  /// Takes one frame. The evidence goes to the step that is open, and to the happenings.
  void push(const telemetry::Frame& frame, StepSums& step, Evidence& evidence);

  /// Nobody's eyes are tracked any more, and that is no blink: not worn, or the head stands in for them.
  void end(StepSums& step, Evidence& evidence);

  /// The eyes were tracked and open, as far as is known.
  [[nodiscard]] bool seen() const { return seen_; }

 private:
  /// What is kept of a sample until its label is known.
  struct Waiting {
    core::SessionTime time{};
    bool interpolated = false;
    std::optional<float> eccentricity_deg;  ///< from the head's direction
  };

  void push(const attention::GazePoint& point, const Waiting& waiting, StepSums& step, Evidence& evidence);
  void take(attention::LabelledGaze sample, StepSums& step, Evidence& evidence);
  void add_time(const attention::LabelledGaze& sample, const Waiting& known, StepSums& step);
  void keep(const attention::GazeEpisode& episode, Evidence& evidence) const;

  attention::GazeClassifier classifier_;
  attention::GazeEpisodes episodes_;
  core::Ring<Waiting, 512> waiting_;
  std::int64_t lag_ns_ = 0;  ///< of the newest sample behind its frame
  core::SessionTime newest_{};
  bool began_ = false, moved_ = false, seen_ = false;
  std::optional<core::SessionTime> last_seen_;  ///< of the labelled samples
  int interpolated_ = 0;                        ///< in the episode that goes on
};

}  // namespace attune::state
