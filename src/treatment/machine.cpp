#include "attune/treatment/machine.hpp"

#include <algorithm>
#include <cmath>

#include "attune/treatment/governor.hpp"

namespace attune::treatment {

namespace {

using enum Phase;

// The session, whole. A pair that is not here changes nothing and is logged as not possible.
constexpr std::array table{
    Transition{waiting, Event::start, neutral, Reason::therapist_started},
    Transition{waiting, Event::stop, Phase::safe_place, Reason::therapist_stopped},
    Transition{waiting, Event::safe_place, Phase::safe_place, Reason::therapist_safe_place},
    Transition{waiting, Event::patient_stop, Phase::safe_place, Reason::patient_stopped},

    Transition{neutral, Event::pause, paused_neutral, Reason::therapist_paused},
    Transition{neutral, Event::skip, exposure, Reason::therapist_skipped},
    Transition{neutral, Event::raise_ceiling, neutral, Reason::therapist_asks_for_ceiling},
    Transition{neutral, Event::confirm_ceiling, neutral, Reason::therapist_raised_ceiling},
    Transition{neutral, Event::time_over, exposure, Reason::baseline_taken},
    Transition{neutral, Event::criterion_met, exposure, Reason::baseline_taken},
    Transition{neutral, Event::entry_refused, recovery, Reason::too_distressed_to_begin},
    Transition{neutral, Event::ceiling_passed, recovery, Reason::distress_above_ceiling},
    Transition{neutral, Event::headset_removed, paused_neutral, Reason::headset_taken_off},
    Transition{neutral, Event::link_silent, paused_neutral, Reason::therapist_link_silent},
    Transition{neutral, Event::session_over, recovery, Reason::session_time_over},
    Transition{neutral, Event::stop, Phase::safe_place, Reason::therapist_stopped},
    Transition{neutral, Event::safe_place, Phase::safe_place, Reason::therapist_safe_place},
    Transition{neutral, Event::patient_stop, Phase::safe_place, Reason::patient_stopped},
    Transition{neutral, Event::doubt_too_long, Phase::safe_place, Reason::unsure_for_too_long},
    Transition{neutral, Event::link_lost, Phase::safe_place, Reason::therapist_link_lost},

    Transition{exposure, Event::pause, paused_exposure, Reason::therapist_paused},
    Transition{exposure, Event::resume, exposure, Reason::therapist_resumed},
    Transition{exposure, Event::step_up, exposure, Reason::therapist_step_up},
    Transition{exposure, Event::step_down, exposure, Reason::therapist_step_down},
    Transition{exposure, Event::hold, exposure, Reason::therapist_hold},
    Transition{exposure, Event::skip, recovery, Reason::therapist_skipped},
    Transition{exposure, Event::raise_ceiling, exposure, Reason::therapist_asks_for_ceiling},
    Transition{exposure, Event::confirm_ceiling, exposure, Reason::therapist_raised_ceiling},
    Transition{exposure, Event::time_over, recovery, Reason::exposure_time_over},
    Transition{exposure, Event::criterion_met, recovery, Reason::exposure_criterion_met},
    Transition{exposure, Event::ceiling_passed, recovery, Reason::distress_above_ceiling},
    Transition{exposure, Event::headset_removed, paused_exposure, Reason::headset_taken_off},
    Transition{exposure, Event::link_silent, paused_exposure, Reason::therapist_link_silent},
    Transition{exposure, Event::session_over, recovery, Reason::session_time_over},
    Transition{exposure, Event::stop, Phase::safe_place, Reason::therapist_stopped},
    Transition{exposure, Event::safe_place, Phase::safe_place, Reason::therapist_safe_place},
    Transition{exposure, Event::patient_stop, Phase::safe_place, Reason::patient_stopped},
    Transition{exposure, Event::doubt_too_long, Phase::safe_place, Reason::unsure_for_too_long},
    Transition{exposure, Event::link_lost, Phase::safe_place, Reason::therapist_link_lost},

    Transition{recovery, Event::pause, paused_recovery, Reason::therapist_paused},
    Transition{recovery, Event::skip, ended, Reason::therapist_skipped},
    Transition{recovery, Event::time_over, ended, Reason::recovery_time_over},
    Transition{recovery, Event::criterion_met, ended, Reason::recovery_criterion_met},
    Transition{recovery, Event::headset_removed, paused_recovery, Reason::headset_taken_off},
    Transition{recovery, Event::stop, Phase::safe_place, Reason::therapist_stopped},
    Transition{recovery, Event::safe_place, Phase::safe_place, Reason::therapist_safe_place},
    Transition{recovery, Event::patient_stop, Phase::safe_place, Reason::patient_stopped},
    Transition{recovery, Event::doubt_too_long, Phase::safe_place, Reason::unsure_for_too_long},
    Transition{recovery, Event::link_lost, Phase::safe_place, Reason::therapist_link_lost},

    Transition{paused_neutral, Event::resume, neutral, Reason::therapist_resumed},
    Transition{paused_neutral, Event::skip, recovery, Reason::therapist_skipped},
    Transition{paused_neutral, Event::time_over, Phase::safe_place, Reason::paused_too_long},
    Transition{paused_neutral, Event::session_over, Phase::safe_place, Reason::session_time_over},
    Transition{paused_neutral, Event::stop, Phase::safe_place, Reason::therapist_stopped},
    Transition{paused_neutral, Event::safe_place, Phase::safe_place, Reason::therapist_safe_place},
    Transition{paused_neutral, Event::patient_stop, Phase::safe_place, Reason::patient_stopped},
    Transition{paused_neutral, Event::doubt_too_long, Phase::safe_place, Reason::unsure_for_too_long},
    Transition{paused_neutral, Event::link_lost, Phase::safe_place, Reason::therapist_link_lost},

    Transition{paused_exposure, Event::resume, exposure, Reason::therapist_resumed},
    Transition{paused_exposure, Event::skip, recovery, Reason::therapist_skipped},
    Transition{paused_exposure, Event::time_over, Phase::safe_place, Reason::paused_too_long},
    Transition{paused_exposure, Event::session_over, Phase::safe_place, Reason::session_time_over},
    Transition{paused_exposure, Event::stop, Phase::safe_place, Reason::therapist_stopped},
    Transition{paused_exposure, Event::safe_place, Phase::safe_place, Reason::therapist_safe_place},
    Transition{paused_exposure, Event::patient_stop, Phase::safe_place, Reason::patient_stopped},
    Transition{paused_exposure, Event::doubt_too_long, Phase::safe_place, Reason::unsure_for_too_long},
    Transition{paused_exposure, Event::link_lost, Phase::safe_place, Reason::therapist_link_lost},

    Transition{paused_recovery, Event::resume, recovery, Reason::therapist_resumed},
    Transition{paused_recovery, Event::skip, ended, Reason::therapist_skipped},
    Transition{paused_recovery, Event::time_over, Phase::safe_place, Reason::paused_too_long},
    Transition{paused_recovery, Event::session_over, Phase::safe_place, Reason::session_time_over},
    Transition{paused_recovery, Event::stop, Phase::safe_place, Reason::therapist_stopped},
    Transition{paused_recovery, Event::safe_place, Phase::safe_place, Reason::therapist_safe_place},
    Transition{paused_recovery, Event::patient_stop, Phase::safe_place, Reason::patient_stopped},
    Transition{paused_recovery, Event::doubt_too_long, Phase::safe_place, Reason::unsure_for_too_long},
    Transition{paused_recovery, Event::link_lost, Phase::safe_place, Reason::therapist_link_lost},

    Transition{Phase::safe_place, Event::start, neutral, Reason::therapist_started},
    Transition{Phase::safe_place, Event::skip, ended, Reason::therapist_skipped},
    Transition{Phase::safe_place, Event::session_over, ended, Reason::session_time_over},
    Transition{Phase::safe_place, Event::stop, Phase::safe_place, Reason::therapist_stopped},
    Transition{Phase::safe_place, Event::safe_place, Phase::safe_place, Reason::therapist_safe_place},
    Transition{Phase::safe_place, Event::patient_stop, Phase::safe_place, Reason::patient_stopped},

    Transition{ended, Event::stop, ended, Reason::therapist_stopped},
    Transition{ended, Event::safe_place, ended, Reason::therapist_safe_place},
    Transition{ended, Event::patient_stop, ended, Reason::patient_stopped},
};

constexpr const Transition* find(Phase from, Event event) {
  for (const auto& row : table) {
    if (row.from == from && row.event == event) return &row;
  }
  return nullptr;
}

constexpr bool every_pair_stands_once() {
  for (const auto& row : table) {
    if (find(row.from, row.event) != &row) return false;
  }
  return true;
}
static_assert(every_pair_stands_once(), "a pair of phase and event has two rows");

}  // namespace

std::span<const Transition> transitions() { return table; }

std::string transitions_markdown() {
  std::string page = "| in | when | then | because |\n| --- | --- | --- | --- |\n";
  for (const auto& row : table) {
    page += "| " + std::string(text(row.from)) + " | " + std::string(text(row.event)) + " | " +
            std::string(row.from == row.to ? "stays" : text(row.to)) + " | " + std::string(text(row.reason)) +
            " |\n";
  }
  return page;
}

Event event_of(telemetry::CommandKind command) {
  switch (command) {
    case telemetry::CommandKind::start:
      return Event::start;
    case telemetry::CommandKind::pause:
      return Event::pause;
    case telemetry::CommandKind::resume:
      return Event::resume;
    case telemetry::CommandKind::step_up:
      return Event::step_up;
    case telemetry::CommandKind::step_down:
      return Event::step_down;
    case telemetry::CommandKind::hold:
      return Event::hold;
    case telemetry::CommandKind::skip:
      return Event::skip;
    case telemetry::CommandKind::stop:
      return Event::stop;
    case telemetry::CommandKind::safe_place:
      return Event::safe_place;
    case telemetry::CommandKind::raise_ceiling:
      return Event::raise_ceiling;
  }
  return Event::stop;  // a damaged command must not let an exposure go on
}

SessionMachine::SessionMachine(const Programme& programme)
    : plans_(programme.phases),
      calm_(!(programme.limits.intensity.high > 0.0F)),
      needs_therapist_(programme.limits.needs_therapist),
      ceiling_(programme.limits.ceiling >= 0.0F ? std::min(programme.limits.ceiling, absolute::ceiling)
                                                : 0.0F) {}

void SessionMachine::begin_frame(core::SessionTime time, const telemetry::HeadsetState& headset,
                                 double therapist_silence_s) {
  log_.clear();
  const double dt_s = begun_ ? std::clamp(core::seconds_between(now_, time), 0.0, 1.0) : 0.0;
  now_ = time;
  begun_ = true;
  if (phase_ != waiting && phase_ != ended) session_s_ += dt_s;
  if (is_paused(phase_))
    paused_s_ += dt_s;
  else
    in_phase_s_ += dt_s;

  if ((!headset.worn || !headset.running) && find(phase_, Event::headset_removed) != nullptr)
    apply(Event::headset_removed);
  linked_ = !needs_therapist_ || therapist_silence_s <= absolute::link_silent_s;
  if (!linked_ && find(phase_, Event::link_silent) != nullptr) apply(Event::link_silent);
  if (is_paused(phase_) && paused_s_ >= absolute::pause_s) apply(Event::time_over);
  if (session_s_ >= absolute::session_s && find(phase_, Event::session_over) != nullptr)
    apply(Event::session_over);
}

LoggedEvent SessionMachine::apply(Event event, float value) {
  if (event == Event::raise_ceiling && confirms(value)) event = Event::confirm_ceiling;
  LoggedEvent logged{now_, event, phase_, phase_, Reason::not_possible_now};
  const auto* row = find(phase_, event);
  if (row != nullptr && may_move(event, value)) {
    logged.to = row->to;
    logged.reason = row->reason;
    if (event == Event::raise_ceiling) asked_ = CeilingAsked{value, now_};
    if (event == Event::confirm_ceiling) {
      ceiling_ = std::min(value, absolute::ceiling);
      asked_.reset();
    }
    if (row->to != phase_) enter(row->to);
  }
  log_.push_back(logged);
  return logged;
}

/// Whoever stops is heard, also where somebody starts in the same moment.
bool SessionMachine::stopped_in_this_frame() const {
  return std::any_of(log_.begin(), log_.end(), [](const LoggedEvent& met) {
    return met.event == Event::stop || met.event == Event::safe_place || met.event == Event::patient_stop;
  });
}

/// The same again, by a second decision: neither the repetition of a key that is held nor a forgotten ask.
bool SessionMachine::confirms(float value) const {
  if (!asked_ || value != asked_->value) return false;
  const double waited_s = core::seconds_between(asked_->time, now_);
  return waited_s >= absolute::confirm_after_s && waited_s <= absolute::confirm_within_s;
}

bool SessionMachine::may_move(Event event, float value) const {
  if (event == Event::start) return linked_ && !stopped_in_this_frame();
  if (event == Event::resume) return linked_;
  if (event == Event::raise_ceiling) return std::min(value, absolute::ceiling) > ceiling_;
  return event != Event::confirm_ceiling || confirms(value);
}

void SessionMachine::enter(Phase phase) {
  if (unpaused(phase) != unpaused(phase_)) in_phase_s_ = 0.0;
  paused_s_ = 0.0;
  asked_.reset();
  phase_ = phase;
}

bool SessionMachine::phase_time_over() const {
  if (phase_ != neutral && phase_ != exposure && phase_ != recovery) return false;
  return in_phase_s_ >= plans_[static_cast<std::size_t>(phase_) - 1].limit_s;
}

Allowance SessionMachine::allowance() const {
  Allowance allowed;
  allowed.place = calm_ ? Place::safe_place : place_of(phase_);
  allowed.ceiling = ceiling_;
  if (allowed.place == Place::safe_place) return allowed;
  allowed.intensity_at_most = plans_[static_cast<std::size_t>(unpaused(phase_)) - 1].intensity.high;
  allowed.may_rise = phase_ == neutral || phase_ == exposure;
  return allowed;
}

}  // namespace attune::treatment
