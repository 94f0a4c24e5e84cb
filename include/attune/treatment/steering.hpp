#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "attune/treatment/bearable_intensity.hpp"
#include "attune/treatment/governor.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::treatment {

/// How fast intensity rises at most, per second, before the programme's pace.
inline constexpr float change_per_s = 0.01F;

/// What the treatment network means by 1: by so much the intensity should be another in the end.
inline constexpr float whole_change = 0.5F;

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
  practising,         ///< the step is a practice; nothing is steered
};
inline constexpr int why_count = 12;
[[nodiscard]] std::string_view text(Why why, Language language = Language::english);

/// The estimate can be reckoned with.
[[nodiscard]] bool usable(const Estimate& belief);

/// How this person answers exposure, as believed: under an intensity z anxiety settles at rest + slope · z.
struct DoseResponse {
  float rest = 0.2F;   ///< 0..1
  float slope = 0.5F;  ///< of anxiety (0..1) over intensity
};

/// What would be believed if nothing had been heard but the patient's own answers, and how far body and
/// answers go together.
struct AnswersAlone {
  Estimate belief;
  DoseResponse response;
  float body_trust = 1.0F;  ///< 0: what the sensors show is not this person's. 1: nothing speaks against it
};

/// What steering looks at, once a second.
struct SteeringInput {
  Phase phase = Phase::waiting;
  Estimate belief;
  DoseResponse response;
  std::optional<AnswersAlone> answers_alone;  ///< none where the belief is just that
  float ceiling = 0.85F;                      ///< of the present allowance
  std::optional<float> wanted_change;         ///< of the treatment network; none with inference off
  std::optional<float> attention;             ///< probability that the patient attends to the target
  float intensity = 0.0F;                     ///< as the governor let it be in the last frame
  std::uint16_t step = 0;                     ///< of the ladder
  double in_step_s = 0.0;
  std::optional<float> suds;      ///< last answer, 0..100
  double since_suds_s = 1e9;      ///< how old it is
  bool therapist_holds = false;   ///< the therapist asked to stay as it is
  double since_decision_s = 0.0;  ///< since steering was last asked
};

/// What steering asks for until it is asked again.
struct SteeringOutput {
  float intensity = 0.0F;  ///< z; only within the exposure
  /// The intensity under which anxiety should settle, by belief and answers, before the treatment network is
  /// asked; only within the exposure, with an estimate that can be reckoned with.
  std::optional<float> dose;
  Why why = Why::none;
  int step_change = 0;                       ///< on the ladder: -1, 0 or 1
  bool guide_on = false;                     ///< the breathing guide
  bool lead_on = false;                      ///< the scene leads the gaze
  std::optional<PromptTrigger> told_moment;  ///< `high_distress` or `eased` has just begun
};

/// Share of the time on the target that is assumed of a phase that has just begun.
inline constexpr float usually_attended = 0.75F;

/// How intensity, breathing guide and gaze lead are steered within the exposure, from what belief and
/// treatment network want and what programme, therapist, uncertainty and the patient's own reports make of
/// it. The programme must outlive it; nothing is allocated.
class Steering {
 public:
  explicit Steering(const Programme& programme) : programme_(programme) {}

  /// One decision.
  SteeringOutput decide(const SteeringInput& input);
  /// Another phase of the programme has begun.
  void begin_phase();
  /// Another session has begun.
  void begin_session() { bearable_ = {}; }
  /// The patient reported distress, 0..100, in the exposure, under `intensity`.
  void hear(float suds, float intensity) {
    bearable_.hear(suds, intensity, programme_.limits.suds_ceiling, 100.0F * programme_.adaptive.target);
  }

 private:
  void steer_exposure(const SteeringInput& input, SteeringOutput& out) const;
  [[nodiscard]] float wanted_intensity(const SteeringInput& input, float by_network) const;
  void steer_feedback(const SteeringInput& input, SteeringOutput& out);
  [[nodiscard]] bool near_overwhelm(const SteeringInput& input) const;
  [[nodiscard]] bool too_much_reported(const SteeringInput& input) const;

  const Programme& programme_;
  BearableIntensity bearable_;
  bool was_high_ = false, lead_on_ = false;
  float attended_ = usually_attended;  ///< share of the last half minute that was spent on the target
};

}  // namespace attune::treatment
