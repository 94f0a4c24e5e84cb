#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "attune/core/time.hpp"
#include "attune/telemetry/samples.hpp"
#include "attune/treatment/machine.hpp"
#include "attune/treatment/phase.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::treatment {

/// Limits that no programme, no therapist and no model can exceed.
namespace absolute {
inline constexpr float intensity = 1.0F;
// Slew of the virtual patients' protocol: rising at most 0.02, falling at most 0.5 a second.
inline constexpr float rise_per_s = 0.02F;
inline constexpr float fall_per_s = 0.5F;
inline constexpr float ceiling = 0.95F;  // of the belief's upper bound
inline constexpr float suds_ceiling = 90.0F;
inline constexpr float heart_rate_bpm = 170.0F;
inline constexpr float comfort_at_least = 2.0F;
// In doubt, exposure is lowered so fast, and nothing that is seen falls faster (2 m a second in the heights
// world, as slow as a rise). A fall of more than the gap happens behind the fade.
inline constexpr float lower_per_s = 0.02F;
inline constexpr float visible_fall_per_s = 0.02F;
inline constexpr float covered_gap = 0.15F;
// To grey in a third of a second, back in a whole one, and turning at most four times a second: two flashes,
// where WCAG 2.3.1 allows three.
inline constexpr float fade_per_s = 3.0F;
inline constexpr float fade_in_per_s = 1.0F;
inline constexpr double fade_reversal_s = 0.25;
inline constexpr double refractory_s = 20.0;  // after a stop nothing rises for so long
inline constexpr double session_s = 3600.0;
inline constexpr double pause_s = 600.0;
// A raised ceiling is asked for twice: the second time no sooner, so that a key that repeats itself confirms
// nothing, and no later, so that an ask is not confirmed that nobody remembers.
inline constexpr double confirm_after_s = 1.0, confirm_within_s = 10.0;
inline constexpr double link_silent_s = 5.0;  // a therapist who is needed, and elsewhere
inline constexpr double frame_gap_s = 0.25;
// The decisions themselves, for whoever watches over them from outside: so late, the calm garden is shown
// without them; later still, the session is given up.
inline constexpr double decision_late_s = 0.5;
inline constexpr double decisions_given_up_s = 10.0;
}  // namespace absolute

/// What the belief says about anxiety now.
struct Estimate {
  float mean = 0.0F;       ///< 0..1
  float deviation = 1.0F;  ///< 1 sigma
  double age_s = 0.0;      ///< since it last took in an observation or a prediction
  bool valid = false;
};

/// Why exposure is held, lowered or ended by the governor. Of several reasons the first of the governor's
/// table is told (`doubts` in src/treatment/govern.hpp). Stored as a number: append only.
enum class Hold : std::uint8_t {
  none = 0,
  stopped,              ///< the patient or the therapist stopped; waits for a new start
  unsure_for_too_long,  ///< one of the reasons below lasted too long: the safe place, waits for a new start
  time_jumped,
  headset_off,
  not_focused,
  head_lost,
  not_finite,  ///< the wish, the belief or a rating is not a number, or is none that can be
  belief_stale,
  model_stale,
  distress_reported,    ///< last SUDS at or above its ceiling
  discomfort_reported,  ///< sickness: last comfort below its limit
  heart_rate_high,
  no_answers,  ///< two questions in a row without an answer
  ceiling,     ///< mean + 1.645 sigma of the belief is above the ceiling
  session_too_long,
  refractory,
  phase,           ///< the present phase allows no rise
  eyes_closed,     ///< for so long that nobody knows what is being experienced
  therapist_gone,  ///< the link to a therapist without whom the programme may not go on
  headset_back,    ///< put on again, or awake again; waits for the therapist
};
inline constexpr int hold_count = 21;

/// Everything the governor looks at in one frame.
struct GovernorInput {
  core::SessionTime time{};
  Allowance allowed;             ///< from the session machine
  float asked_intensity = 0.0F;  ///< from the controller; anything at all may come
  bool stop = false;             ///< a stop or the safe place was asked for in this frame, by whomever
  bool therapist_start = false;  ///< the therapist started in this frame: the only thing that undoes a stop
  bool therapist_resume =
      false;  ///< the therapist resumed in this frame; a headset put on again waits for it
  telemetry::HeadsetState headset;
  bool head_valid = false;  ///< pose valid and tracked
  Estimate belief;
  bool model_in_use = false;            ///< networks steer; false with inference off
  double model_age_s = 0.0;             ///< since the treatment network last gave a finite value
  std::optional<float> suds;            ///< last answer, 0..100
  std::optional<float> comfort;         ///< last answer, 0..10
  int unanswered = 0;                   ///< questions in a row without an answer
  std::optional<float> heart_rate_bpm;  ///< only when valid
  double eyes_closed_s = 0.0;           ///< 0 with open eyes, and where nothing can tell
  /// Since a remote therapist was last heard of, infinite before that; 0 without one.
  double therapist_silence_s = 0.0;
};

/// What the scene gets.
struct GovernorOutput {
  float intensity = 0.0F;
  Place place = Place::safe_place;
  bool stimulus_hidden = true;
  float fade = 0.0F;           ///< 0 the picture, 1 even grey
  Hold hold = Hold::none;      ///< why it does not rise, whether it was asked to or not
  bool lowering = false;       ///< hold has turned into lowering
  bool to_safe_place = false;  ///< in the frame in which doubt lasted too long: tell the machine
  Hold cause = Hold::none;     ///< of `unsure_for_too_long`: the reason that lasted
};

/// Everything the governor remembers from frame to frame.
struct GovernorState {
  core::SessionTime time{};
  bool begun = false;
  GovernorOutput last;
  bool latched = false;  ///< a stop that only a therapist's start undoes
  Hold latch_reason = Hold::none, latch_cause = Hold::none;
  double since_stop_s = 1e9;
  double head_lost_s = 0.0;
  bool taken_off = false;                    ///< since when only the therapist lets it go on
  double session_s = 0.0;                    ///< outside the safe place
  std::array<double, hold_count> doubt_s{};  ///< how long each reason has been there; fades four times slower
  bool covering = false;                     ///< a large fall is under way behind the fade
  int fade_direction = 0;                    ///< of its last movement: +1 to grey, -1 to the picture
  double since_turn_s = 1e9;
};

/// The last thing before the scene. A small function of its own state and the frame; it knows no model, and
/// nothing goes around it. Its rules and their tests are in docs/safety.md; they are written out in
/// src/treatment/govern.hpp.
class Governor {
 public:
  explicit Governor(const ProgrammeLimits& limits);
  GovernorOutput step(const GovernorInput& input);
  [[nodiscard]] const GovernorOutput& previous() const { return state_.last; }

 private:
  ProgrammeLimits limits_;
  GovernorState state_;
};

/// What the machine is told when doubt lasted too long, by its cause.
[[nodiscard]] Event event_of(Hold cause);

/// The reason in plain words, for a therapist.
[[nodiscard]] std::string_view text(Hold hold, Language language = Language::english);

}  // namespace attune::treatment
