#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "attune/core/static_vector.hpp"
#include "attune/core/time.hpp"
#include "attune/telemetry/samples.hpp"
#include "attune/treatment/governor.hpp"
#include "attune/treatment/machine.hpp"
#include "attune/treatment/practice.hpp"
#include "attune/treatment/programme.hpp"
#include "attune/treatment/script.hpp"
#include "attune/treatment/steering.hpp"
#include "attune/treatment/step_course.hpp"

namespace attune::treatment {

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
  DoseResponse response;               ///< how this person answers exposure, as believed
  std::optional<AnswersAlone>
      answers_alone;               ///< the same from answers alone; none where the belief is just that
  std::optional<float> attention;  ///< probability that the patient attends to the target
  float intensity = 0.0F;          ///< as the governor let it be in the last frame
  PracticeInput practice;          ///< time, dt_s and is_asked are filled in by the controller
  std::array<bool, 5> roles{};     ///< by `AoiRole`: an area of that role is in the scene
};

/// What the controller asks for.
struct ControllerOutput {
  float intensity = 0.0F;      ///< z
  float calm_feedback = 0.0F;  ///< u, 0..1
  float breath_phase = 0.0F;   ///< 0..1, breathing in until 0.4
  float guide_breaths_per_min = 0.0F;
  float gaze_lead = 0.0F;                                    ///< 0..1
  telemetry::AoiRole lead_to = telemetry::AoiRole::neutral;  ///< where `gaze_lead` leads; neutral: nowhere
  float gaze_reward = 0.0F;                                  ///< 0..1
  telemetry::ProbeTrial probe;
  telemetry::Activity activity = telemetry::Activity::none;  ///< of the step, in the middle phase
  std::uint8_t variant = 0;                                  ///< of stimulus and context, 0..4
  std::uint16_t prompt = 0;    ///< 1 + index into the programme's prompts; 0: none
  std::uint16_t question = 0;  ///< 1 + index into the programme's questions; 0: none is open
  telemetry::ReportKind question_kind = telemetry::ReportKind::none;
  core::SessionTime asked{};          ///< when the open question was asked
  std::uint16_t step = 0;             ///< index into the ladder
  std::optional<StepMove> moved;      ///< a step was left in this frame
  std::optional<std::uint16_t> left;  ///< that step, or the last one when the middle phase was left
  Why why = Why::none;
  std::optional<float> dose;  ///< what steering would have without the treatment network
  core::StaticVector<Event, 2>
      events;  ///< for the machine: time_over, criterion_met, entry_refused, ceiling_passed
  std::optional<float> suds, comfort;  ///< last answers
  int unanswered = 0;                  ///< questions in a row
};

/// Runs a programme: puts together its script (prompts and questions), its steering (intensity, breathing
/// guide, gaze lead), its course of steps and what is practised in them, and judges when a phase is over. It
/// decides once a second of session time and is otherwise steady; the same input gives the same output. The
/// programme must outlive it.
class Controller {
 public:
  explicit Controller(const Programme& programme);
  ControllerOutput step(const ControllerInput& input);
  /// What has come of the programme's practices so far.
  [[nodiscard]] PracticeResult practice_result() const { return practice_.result(); }

 private:
  void follow(const ControllerInput& input);
  void enter(Phase phase);
  void begin_session();
  void take_reports(const ControllerInput& input);
  void practise(const ControllerInput& input);
  void decide(const ControllerInput& input);
  void steer(const ControllerInput& input);
  void go_on(const ControllerInput& input);
  void move_to_step(const StepMove& move);
  void judge_phase(const ControllerInput& input);
  void feed_back(const ControllerInput& input);
  void show_step();
  void read_script();

  const Programme& programme_;
  Script script_;
  Steering steering_;
  StepCourse course_;
  Practice practice_;
  ControllerOutput out_;
  core::SessionTime now_{}, next_decision_{};
  bool begun_ = false;
  double dt_s_ = 0.0, since_decision_s_ = 0.0;
  bool therapist_holds_ = false, guide_on_ = false, lead_on_ = false, steps_over_ = false;
  double calm_enough_s_ = 0.0, above_ceiling_s_ = 0.0;
  int reports_above_ceiling_ = 0;
  double since_suds_s_ = 1e9;
  std::uint8_t part_ = 0;
  Phase phase_ = Phase::waiting;
};

}  // namespace attune::treatment
