#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "attune/core/time.hpp"
#include "attune/telemetry/activity.hpp"
#include "attune/telemetry/samples.hpp"
#include "attune/treatment/activities/breathing_pacer.hpp"
#include "attune/treatment/activities/dot_probe.hpp"
#include "attune/treatment/activities/gaze_reward.hpp"
#include "attune/treatment/activities/grounding.hpp"
#include "attune/treatment/activities/look.hpp"
#include "attune/treatment/activities/movement_break.hpp"
#include "attune/treatment/activities/social_lead.hpp"
#include "attune/treatment/practice_result.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::treatment {

/// What practices look at in one frame.
struct PracticeInput {
  core::SessionTime time{};
  double dt_s = 0.0;
  Look look;
  telemetry::Pose head;
  std::array<telemetry::HandSample, 2> hands;  ///< left, right
  telemetry::Vitals vitals;
  bool is_asked = false;  ///< a question is open
};

/// What a practice asks of the scene.
struct PracticeOutput {
  std::optional<float> breaths_per_min;  ///< the breathing guide is on, at this rate
  bool leads_to_people = false;
  float gaze_reward = 0.0F;  ///< 0..1
  telemetry::ProbeTrial probe;
  std::uint8_t part = 0;  ///< of the activity, from 1; 0: it has none
  bool done = false;      ///< the activity has come to its end
};

/// Runs what the present step has the patient do, and keeps what comes of it over the session. The programme
/// must outlive it; nothing is allocated after construction.
class Practice {
 public:
  explicit Practice(const Programme& programme);

  /// A step begins. What the one before has measured can still be read after this frame, and goes with the
  /// next.
  void enter(std::uint16_t step);
  /// One frame of that step.
  const PracticeOutput& push(const PracticeInput& input);
  /// Nothing is practised now.
  void rest() { out_ = {}; }
  /// An answer, and the question that it answers (1 + index; 0: none was open).
  void take_answer(std::uint16_t question, const telemetry::SelfReport& report, bool in_step);
  /// A new session of the same patient.
  void reset();

  [[nodiscard]] const PracticeOutput& out() const { return out_; }
  /// The rate that the search for the resonance has found.
  [[nodiscard]] std::optional<float> resonance_breaths_per_min() const {
    return pacer_.result().resonance_breaths_per_min;
  }
  [[nodiscard]] PracticeResult result() const;

 private:
  [[nodiscard]] bool all_answered() const;
  void begin_activity();

  const Programme& programme_;
  std::uint16_t step_ = 0;
  int begins_in_frames_ = 0;  // until a step that was entered takes its measures anew
  PracticeOutput out_;
  BreathingPacer pacer_;
  GazeReward gaze_reward_;
  DotProbe probe_;
  Grounding grounding_;
  MovementBreak movement_;
  SocialLead social_;
  ExpectancyCard card_;
  ThoughtRatings thought_;
  std::vector<bool> answered_;  // sized once: questions that were answered in this step
};

}  // namespace attune::treatment
