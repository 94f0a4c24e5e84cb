#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "attune/core/static_vector.hpp"
#include "attune/core/time.hpp"
#include "attune/telemetry/samples.hpp"
#include "attune/treatment/phase.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::treatment {

/// What can move a session: the therapist's commands, the patient, and what the session notices by itself.
enum class Event : std::uint8_t {
  start = 0,
  pause,
  resume,
  step_up,
  step_down,
  hold,
  skip,
  stop,
  safe_place,
  raise_ceiling,  // the therapist; the first of two asks
  patient_stop,
  time_over,       ///< the phase, or a pause, has lasted as long as it may
  criterion_met,   ///< the phase's exit criterion is met
  entry_refused,   ///< too distressed to begin the exposure
  ceiling_passed,  ///< distress stays above the agreed ceiling
  headset_removed,
  session_over,     ///< the absolute length of a session is reached
  doubt_too_long,   ///< the governor could not tell for too long that the patient is well
  confirm_ceiling,  ///< the second `raise_ceiling` of the same value
  link_lost,        ///< the link to a therapist whom the programme needs stayed lost
  link_silent,      ///< nothing was heard of that therapist for some seconds
};
inline constexpr int event_count = 21;

[[nodiscard]] Event event_of(telemetry::CommandKind command);

/// Why a session moved, or why it did not.
enum class Reason : std::uint8_t {
  none = 0,
  therapist_started,
  therapist_paused,
  therapist_resumed,
  therapist_step_up,
  therapist_step_down,
  therapist_hold,
  therapist_skipped,
  therapist_stopped,
  therapist_safe_place,
  therapist_raised_ceiling,
  patient_stopped,
  baseline_taken,
  exposure_time_over,
  recovery_time_over,
  exposure_criterion_met,
  recovery_criterion_met,
  too_distressed_to_begin,
  distress_above_ceiling,
  headset_taken_off,
  session_time_over,
  paused_too_long,
  unsure_for_too_long,
  not_possible_now,  ///< the event has no row for this phase: nothing changed
  therapist_asks_for_ceiling,
  therapist_link_lost,
  therapist_link_silent,
};
inline constexpr int reason_count = 27;

/// One row of the table.
struct Transition {
  Phase from;
  Event event;
  Phase to;
  Reason reason;
};

/// The whole table; a pair of phase and event that is not in it changes nothing.
[[nodiscard]] std::span<const Transition> transitions();
/// The same table in words, as docs/session.md shows it: one Markdown row a transition.
[[nodiscard]] std::string transitions_markdown();

/// One event as it was met.
struct LoggedEvent {
  core::SessionTime time{};
  Event event = Event::start;
  Phase from = Phase::waiting, to = Phase::waiting;
  Reason reason = Reason::none;

  [[nodiscard]] bool accepted() const { return reason != Reason::not_possible_now; }
};

/// What the governor may let the scene show in the present phase.
struct Allowance {
  Place place = Place::safe_place;
  float intensity_at_most = 0.0F;
  float ceiling = 0.0F;   ///< upper bound of the belief, 0..1
  bool may_rise = false;  ///< only in neutral and exposure, and not paused
};

/// Drives a session through the phases of a programme by the one table. Call `begin_frame` first in every
/// frame, then `apply` for each event. It never allocates.
class SessionMachine {
 public:
  explicit SessionMachine(const Programme& programme);

  /// Advances the clocks, and pauses when the headset is not worn, or when a therapist whom the programme
  /// needs has been silent for more than `absolute::link_silent_s`. A jump of time counts as one second at
  /// most.
  /// @param therapist_silence_s  as `telemetry::Frame::therapist_silence_s`
  void begin_frame(core::SessionTime time, const telemetry::HeadsetState& headset,
                   double therapist_silence_s = 0.0);
  /// Meets one event. `value` belongs to `raise_ceiling`: the new ceiling, 0..1. A first asks; the same value
  /// again, `absolute::confirm_after_s` to `absolute::confirm_within_s` after the last ask and in the same
  /// phase, is met as `confirm_ceiling` and raises it. A start is not possible in the frame of a stop;
  /// nor is a start or a resume while the needed therapist is silent.
  /// @return what happened; it is in `log()` too.
  LoggedEvent apply(Event event, float value = 0.0F);

  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] double time_in_phase_s() const { return in_phase_s_; }  ///< pauses left out
  /// The phase's limit has passed, and the controller is to say how it ends.
  [[nodiscard]] bool phase_time_over() const;
  [[nodiscard]] Allowance allowance() const;
  /// The ceiling that was asked for and waits to be confirmed.
  [[nodiscard]] std::optional<float> asked_ceiling() const {
    return asked_ ? std::optional(asked_->value) : std::nullopt;
  }
  /// Every event of this frame, accepted or not.
  [[nodiscard]] std::span<const LoggedEvent> log() const { return {log_.begin(), log_.end()}; }

 private:
  struct CeilingAsked {
    float value;
    core::SessionTime time;
  };
  void enter(Phase phase);
  [[nodiscard]] bool confirms(float value) const;
  [[nodiscard]] bool may_move(Event event, float value) const;
  [[nodiscard]] bool stopped_in_this_frame() const;

  std::array<PhasePlan, 3> plans_;
  bool calm_;  // a programme that exposes nobody happens in the calm garden
  bool needs_therapist_, linked_ = true;
  float ceiling_;
  std::optional<CeilingAsked> asked_;
  Phase phase_ = Phase::waiting;
  core::SessionTime now_{};
  bool begun_ = false;
  double in_phase_s_ = 0.0, paused_s_ = 0.0, session_s_ = 0.0;
  core::StaticVector<LoggedEvent, 16> log_;
};

[[nodiscard]] std::string_view text(Event event, Language language = Language::english);
[[nodiscard]] std::string_view text(Reason reason, Language language = Language::english);
[[nodiscard]] std::string_view text(Reason reason, Middle middle, Language language);

}  // namespace attune::treatment
