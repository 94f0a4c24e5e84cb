#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "attune/core/static_vector.hpp"
#include "attune/core/time.hpp"
#include "attune/telemetry/samples.hpp"
#include "attune/treatment/governor.hpp"
#include "attune/treatment/machine.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::treatment {

/// How fast intensity moves at a wanted change of 1, per second: the unit of the treatment network's output.
inline constexpr float change_per_s = 0.01F;

/// The rule that steers without a network, and that a first treatment network imitates: the wanted change of
/// intensity in [-1, 1] for an estimate of anxiety (0..1), 0 at the target, 1.5 a unit of distance. With
/// `change_per_s` this is integral control with 0.015 a second, the gain that serves both plants of virtual
/// patients.
[[nodiscard]] float rule_of_thumb(float anxiety, float target = 0.65F);

/// Why the controller asks for what it asks.
enum class Why : std::uint8_t {
  none = 0,  ///< not exposing
  raising,   ///< the patient can take more
  holding,   ///< where learning is best
  easing,    ///< a little less
  therapist_holds,
  step_held,  ///< the step has not lasted long enough to go on
  top_of_ladder,
  distress_reported,  ///< the patient reported high distress
  near_overwhelm,     ///< the estimate is near the ceiling
  uncertain,          ///< the estimate is too uncertain to go up
  not_adaptive,       ///< the programme leaves it to the therapist
};
inline constexpr int why_count = 11;
[[nodiscard]] std::string_view text(Why why, Language language = Language::english);

/// What the controller looks at in one frame.
struct ControllerInput {
  core::SessionTime time{};
  Phase phase = Phase::waiting;
  double time_in_phase_s = 0.0;
  bool phase_time_over = false;
  std::span<const LoggedEvent> events;  ///< `machine.log()`: steps up and down, holds, changes of phase
  std::span<const telemetry::SelfReport> reports;
  Estimate belief;
  float ceiling = 0.85F;               ///< of the present allowance
  std::optional<float> wanted_change;  ///< of the treatment network; none with inference off
  std::optional<float> attention;      ///< probability that the patient attends to the target
  float intensity = 0.0F;              ///< as the governor let it be in the last frame
};

/// What the controller asks for.
struct ControllerOutput {
  float intensity = 0.0F;      ///< z
  float calm_feedback = 0.0F;  ///< u, 0..1
  float breath_phase = 0.0F;   ///< 0..1, breathing in until 0.4
  float guide_breaths_per_min = 0.0F;
  float gaze_lead = 0.0F;      ///< 0..1
  std::uint16_t prompt = 0;    ///< 1 + index into the programme's prompts; 0: none
  std::uint16_t question = 0;  ///< 1 + index into the programme's questions; 0: none is open
  telemetry::ReportKind question_kind = telemetry::ReportKind::none;
  core::SessionTime asked{};  ///< when the open question was asked
  std::uint16_t step = 0;     ///< index into the ladder
  Why why = Why::none;
  core::StaticVector<Event, 2>
      events;  ///< for the machine: time_over, criterion_met, entry_refused, ceiling_passed
  std::optional<float> suds, comfort;  ///< last answers
  int unanswered = 0;                  ///< questions in a row
};

/// Steers within the programme: intensity and step, breathing guide, gaze lead, prompts, questions. It
/// decides once a second of session time and is otherwise steady; the same input gives the same output. The
/// programme must outlive it.
class Controller {
 public:
  explicit Controller(const Programme& programme);
  ControllerOutput step(const ControllerInput& input);

 private:
  void follow(const ControllerInput& input);
  void take_reports(const ControllerInput& input);
  void ask(const ControllerInput& input);
  void decide(const ControllerInput& input);
  void decide_exposure(const ControllerInput& input);
  void decide_feedback(const ControllerInput& input);
  void move_to_step(std::uint16_t step, PromptTrigger occasion);
  void show(Phase phase, PromptTrigger trigger);
  void run_prompts(const ControllerInput& input);
  void judge_phase(const ControllerInput& input);
  [[nodiscard]] bool near_overwhelm(const ControllerInput& input) const;

  const Programme& programme_;
  ControllerOutput out_;
  core::SessionTime now_{}, next_decision_{};
  bool begun_ = false;
  double dt_s_ = 0.0, since_decision_s_ = 0.0;
  bool therapist_holds_ = false, guide_on_ = false, lead_on_ = false, was_high_ = false;
  double in_step_s_ = 0.0, calm_enough_s_ = 0.0, above_ceiling_s_ = 0.0, averted_s_ = 0.0;
  int reports_above_ceiling_ = 0;
  double since_suds_s_ = 1e9;
  Phase phase_ = Phase::waiting;
  double prompt_left_s_ = 0.0;
  std::uint16_t rotation_ = 0;
  std::vector<bool> prompt_shown_;       // sized once: `after` prompts that were shown in this phase
  std::vector<double> next_question_s_;  // sized once: by question, time within its phase
};

}  // namespace attune::treatment
