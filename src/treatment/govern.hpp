#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "attune/treatment/governor.hpp"

/// The governor, whole. Read the table, `is_there` and `govern` from top to bottom: that is all there is.
/// Production code uses `all_rules` and `Absolute`; the tests leave out one rule at a time, or bend one
/// number or comparison of the law, and show that the property which stands for it then fails.
namespace attune::treatment {

/// One safety rule each; docs/safety.md has the hazard behind it.
enum class Rule : std::uint32_t {
  bounds,        ///< intensity stays at or below what phase, programme and code allow
  rise_limit,    ///< and rises no faster than the slew limit
  fall_limit,    ///< and falls no faster, a stop apart
  covered_fall,  ///< what falls faster than is comfortable falls behind the fade
  phase,         ///< no rise in a phase that allows none
  stop_at_once,  ///< the frame of a stop hides the stimulus
  stop_stays,    ///< a stop is undone by a therapist's start only
  refractory,    ///< no rise for a time after a stop
  ceiling,       ///< no rise while the belief's upper bound is above the ceiling
  head,          ///< no rise while the head is lost,
  belief,        ///< while the belief is too old or invalid,
  model,         ///< while the treatment network that steers is silent
  finite,        ///< what is not a possible number is never acted on
  time,          ///< a jump of time moves nothing
  headset_off,   ///< no rise while the headset is off,
  headset_back,  ///< nor when it is on again, until the therapist says so
  focus,         ///< no rise while the session is unseen or without focus
  distress,      ///< no rise after a report of high distress
  sickness,      ///< no rise after a report of discomfort
  heart_rate,
  answers,  ///< no rise after two unanswered questions
  eyes,     ///< no rise while the eyes are closed for long
  link,     ///< no rise without a therapist whom the programme needs
  session_length,
  lower,       ///< a hold that lasts becomes a fall
  safe_place,  ///< doubt that lasts ends in the safe place
  flashes,     ///< the fade cannot flash
  count
};
using RuleSet = std::uint32_t;
inline constexpr RuleSet all_rules = (RuleSet{1} << static_cast<unsigned>(Rule::count)) - 1;
[[nodiscard]] constexpr RuleSet without(Rule rule) {
  return all_rules & ~(RuleSet{1} << static_cast<unsigned>(rule));
}
[[nodiscard]] constexpr bool holds(RuleSet rules, Rule rule) {
  return (rules >> static_cast<unsigned>(rule) & 1U) != 0;
}

/// When in doubt: hold at once, then lower, then the safe place. All times in seconds.
struct Doubt {
  Hold reason;
  Rule rule;
  double oldest_s;            ///< an older value is a reason; 0 where the reason has no age
  double lower_after_s;       ///< since the reason appeared
  double safe_place_after_s;  ///< since the reason appeared
};
inline constexpr double never = 1e12;
inline constexpr float lowest_heart_rate_bpm = 20.0F;  // below it a sensor errs
/// Every reason to doubt, in the order in which they are told.
inline constexpr std::array doubts = {
    Doubt{Hold::time_jumped, Rule::time, 0, never, 60},  // nothing moves while it lasts
    Doubt{Hold::headset_off, Rule::headset_off, 0, 5, 60},
    Doubt{Hold::headset_back, Rule::headset_back, 0, 10, 300},
    Doubt{Hold::not_focused, Rule::focus, 0, 10, 120},
    Doubt{Hold::head_lost, Rule::head, 0.5, 2, 60},
    Doubt{Hold::not_finite, Rule::finite, 0, 2, 60},
    Doubt{Hold::therapist_gone, Rule::link, absolute::link_silent_s, 10, 30},
    Doubt{Hold::belief_stale, Rule::belief, 2, 5, 120},
    Doubt{Hold::model_stale, Rule::model, 5, 5, 300},
    Doubt{Hold::distress_reported, Rule::distress, 0, 3, 600},
    Doubt{Hold::discomfort_reported, Rule::sickness, 0, 3, 600},
    Doubt{Hold::heart_rate_high, Rule::heart_rate, 0, 5, 300},
    Doubt{Hold::eyes_closed, Rule::eyes, 10, 5, 300},
    Doubt{Hold::no_answers, Rule::answers, 0, 10, 300},
    Doubt{Hold::ceiling, Rule::ceiling, 0, 5, 600},
    Doubt{Hold::session_too_long, Rule::session_length, 0, 0, 300},
};

/// The numbers and comparisons that code holds everybody to.
struct Absolute {
  static constexpr float intensity = absolute::intensity;
  static constexpr float rise_per_s = absolute::rise_per_s, fall_per_s = absolute::fall_per_s;
  static constexpr float lower_per_s = absolute::lower_per_s;
  static constexpr float visible_fall_per_s = absolute::visible_fall_per_s;
  static constexpr float ceiling = absolute::ceiling, suds_ceiling = absolute::suds_ceiling;
  static constexpr float heart_rate_bpm = absolute::heart_rate_bpm;
  static constexpr float comfort_at_least = absolute::comfort_at_least;
  static constexpr float sigmas = 1.645F;  // one-sided 95 % of a normal distribution
  static constexpr int unanswered = 2;
  static constexpr double refractory_s = absolute::refractory_s, session_s = absolute::session_s;
  static constexpr double frame_gap_s = absolute::frame_gap_s;
  static constexpr float fade_per_s = absolute::fade_per_s, fade_in_per_s = absolute::fade_in_per_s;
  static constexpr double fade_reversal_s = absolute::fade_reversal_s;

  static double oldest_s(const Doubt& doubt) { return doubt.oldest_s; }
  static double lower_after_s(const Doubt& doubt) { return doubt.lower_after_s; }
  static double safe_place_after_s(const Doubt& doubt) { return doubt.safe_place_after_s; }

  // NaN is never within a limit.
  [[nodiscard]] static bool at_most(float value, float limit) { return value <= limit; }
  [[nodiscard]] static bool below(float value, float limit) { return value < limit; }
  [[nodiscard]] static bool fresh(double age_s, double oldest_s) { return age_s >= 0.0 && age_s <= oldest_s; }
  [[nodiscard]] static bool within(const std::optional<float>& value, float low, float high) {
    return !value || (*value >= low && *value <= high);
  }
  [[nodiscard]] static bool possible(const Estimate& belief) {
    return within(belief.mean, -0.5F, 1.5F) && belief.deviation > 0.0F && belief.deviation <= 1.0F;
  }
};

/// The tighter of a programme's limit and the code's; nothing is allowed by a limit that is no number.
[[nodiscard]] inline float tighter(float programme, float code) {
  return programme >= 0.0F ? std::min(programme, code) : 0.0F;
}

/// Whether a reason to hold is there in this frame.
template <typename Law>
[[nodiscard]] bool is_there(const Doubt& doubt, const ProgrammeLimits& limits, const GovernorState& state,
                            const GovernorInput& in, bool jumped) {
  const double oldest_s = Law::oldest_s(doubt);
  const auto& headset = in.headset;
  switch (doubt.reason) {
    case Hold::time_jumped:
      return jumped;
    case Hold::headset_off:
      return !headset.worn;
    case Hold::headset_back:
      return state.taken_off && headset.worn && headset.running;
    case Hold::not_focused:
      return !(headset.running && headset.visible && headset.focused);
    case Hold::head_lost:
      return !Law::fresh(state.head_lost_s, oldest_s);
    case Hold::not_finite:
      return !(std::isfinite(in.asked_intensity) && (!in.belief.valid || Law::possible(in.belief)) &&
               Law::within(in.suds, 0.0F, 100.0F) && Law::within(in.comfort, 0.0F, 10.0F) &&
               Law::within(in.heart_rate_bpm, lowest_heart_rate_bpm, 300.0F));
    case Hold::therapist_gone:
      return limits.needs_therapist && !Law::fresh(in.therapist_silence_s, oldest_s);
    case Hold::belief_stale:
      return !(in.belief.valid && Law::fresh(in.belief.age_s, oldest_s));
    case Hold::model_stale:
      return in.model_in_use && !Law::fresh(in.model_age_s, oldest_s);
    case Hold::distress_reported:
      return in.suds && !Law::below(*in.suds, tighter(limits.suds_ceiling, Law::suds_ceiling));
    case Hold::discomfort_reported:
      return in.comfort && !(Law::at_most(limits.comfort_at_least, *in.comfort) &&
                             Law::at_most(Law::comfort_at_least, *in.comfort));
    case Hold::heart_rate_high:
      return !Law::within(in.heart_rate_bpm, lowest_heart_rate_bpm,
                          tighter(limits.heart_rate_bpm, Law::heart_rate_bpm));
    case Hold::eyes_closed:
      return !Law::fresh(in.eyes_closed_s, oldest_s);
    case Hold::no_answers:
      return in.unanswered >= Law::unanswered;
    case Hold::ceiling:
      return !(Law::possible(in.belief) && Law::at_most(in.belief.mean + Law::sigmas * in.belief.deviation,
                                                        tighter(in.allowed.ceiling, Law::ceiling)));
    case Hold::session_too_long:
      return state.session_s > Law::session_s;
    default:
      return false;  // the others are no doubts
  }
}

/// Moves the fade towards grey (1) or the picture (0). It turns at most four times a second, which is two
/// flashes.
template <RuleSet rules, typename Law>
void move_fade(GovernorState& state, float& fade, bool to_grey, double dt_s) {
  const float goal = to_grey ? 1.0F : 0.0F;
  state.since_turn_s += dt_s;
  if (fade == goal) return;
  const int direction = to_grey ? 1 : -1;
  if (direction != state.fade_direction) {
    if (holds(rules, Rule::flashes) && state.since_turn_s < Law::fade_reversal_s) return;
    state.fade_direction = direction;
    state.since_turn_s = 0.0;
  }
  const float per_s = to_grey ? Law::fade_per_s : Law::fade_in_per_s;
  const float most = holds(rules, Rule::flashes) ? static_cast<float>(dt_s) * per_s : 1.0F;
  fade += std::clamp(goal - fade, -most, most);
}

/// One frame. Never throws, never allocates; whatever comes in, what goes out is finite and within limits.
template <RuleSet rules = all_rules, typename Law = Absolute>
GovernorOutput govern(const ProgrammeLimits& limits, GovernorState& state, const GovernorInput& in) {
  GovernorOutput out = state.last;
  out.to_safe_place = false;

  // 1. Time. `dt_s` moves things and is 0 when time jumps; `elapsed_s` counts doubt and goes on.
  const double raw_s = state.begun ? core::seconds_between(state.time, in.time) : 0.0;
  const bool jumped = raw_s < 0.0 || raw_s > Law::frame_gap_s;
  const double dt_s = jumped && holds(rules, Rule::time) ? 0.0 : std::max(raw_s, 0.0);
  const double elapsed_s = std::clamp(raw_s, 0.0, 1.0);
  state.time = in.time;
  state.begun = true;
  state.head_lost_s = in.head_valid ? 0.0 : state.head_lost_s + elapsed_s;
  state.since_stop_s += dt_s;

  // 2. What only the therapist undoes: a stop, by a start; a headset that was off, by a start or a resume. A
  // stop, or a headset that is off, in the same frame wins.
  const bool world_allowed = in.allowed.place == Place::world;
  if (in.therapist_start) state.latched = false;
  if (!holds(rules, Rule::stop_stays) && !in.stop) state.latched = false;
  if (in.stop) {
    state.latched = true;
    state.latch_reason = Hold::stopped;
    state.latch_cause = Hold::none;
  }
  if (in.therapist_start || in.therapist_resume) state.taken_off = false;
  if (world_allowed && !(in.headset.worn && in.headset.running)) state.taken_off = true;

  // 3. Doubt: a reason holds at once and wherever it appears. Its clock runs in the world only, and falls
  // back slowly, so that a reason that flickers counts as well.
  const bool in_world = world_allowed && !state.latched;
  if (in_world) state.session_s += elapsed_s;
  bool lowering = false;
  Hold reason = Hold::none;
  for (const auto& doubt : doubts) {
    double& doubt_s = state.doubt_s[static_cast<std::size_t>(doubt.reason)];
    const bool there = holds(rules, doubt.rule) && is_there<Law>(doubt, limits, state, in, jumped);
    doubt_s = !in_world ? 0.0 : there ? doubt_s + elapsed_s : std::max(0.0, doubt_s - 0.25 * elapsed_s);
    if (!there) continue;
    if (reason == Hold::none) reason = doubt.reason;
    if (!in_world) continue;
    if (holds(rules, Rule::lower) && doubt_s >= Law::lower_after_s(doubt)) lowering = true;
    if (holds(rules, Rule::safe_place) && doubt_s >= Law::safe_place_after_s(doubt)) {
      if (!out.to_safe_place) state.latch_cause = doubt.reason;
      state.latched = true;
      state.latch_reason = Hold::unsure_for_too_long;
      out.to_safe_place = true;
    }
  }
  const bool after_stop = holds(rules, Rule::refractory) && state.since_stop_s < Law::refractory_s;
  const bool by_phase = holds(rules, Rule::phase) && !in.allowed.may_rise;
  if (reason == Hold::none && after_stop) reason = Hold::refractory;
  if (reason == Hold::none && by_phase) reason = Hold::phase;
  if (state.latched) reason = state.latch_reason;
  out.hold = reason;
  out.cause = state.latched ? state.latch_cause : Hold::none;
  out.lowering = lowering && !state.latched;

  // 4. A stop needs no fade to begin: this very frame is the calm garden, behind even grey that then clears.
  const Place wanted = world_allowed && !state.latched ? Place::world : Place::safe_place;
  const bool cut = holds(rules, Rule::stop_at_once) && state.latched && out.place == Place::world;
  if (cut) {
    out.place = Place::safe_place;
    out.fade = 1.0F;
    state.fade_direction = 1;
    state.since_turn_s = 0.0;
  }
  if (in.stop || out.to_safe_place) state.since_stop_s = 0.0;

  // 5. Any other change of place happens behind the grey.
  if (out.place != wanted && out.fade >= 1.0F) out.place = wanted;

  // 6. Intensity.
  const float before = out.intensity;
  if (out.place == Place::safe_place) {
    out.intensity = 0.0F;
    state.covering = false;
  } else {
    const float highest = std::min(tighter(in.allowed.intensity_at_most, Law::intensity),
                                   tighter(limits.intensity.high, Law::intensity));
    const bool usable = std::isfinite(in.asked_intensity) || !holds(rules, Rule::finite);
    float goal = usable ? in.asked_intensity : before;
    if (holds(rules, Rule::bounds)) goal = std::clamp(goal, 0.0F, highest);
    if (reason != Hold::none || wanted != Place::world) goal = std::min(goal, before);
    const auto dt = static_cast<float>(dt_s);
    if (lowering) goal = std::min(goal, std::max(0.0F, before - Law::lower_per_s * dt));

    // No programme can be so slow that doubt does not lower in its time.
    const float fall = std::max(tighter(limits.fall_per_s, Law::fall_per_s), Law::lower_per_s);
    if (before - goal > absolute::covered_gap) state.covering = true;
    if (before <= goal) state.covering = false;
    const bool unseen = out.fade >= 1.0F || !holds(rules, Rule::covered_fall);
    const float most_up = tighter(limits.rise_per_s, Law::rise_per_s) * dt;
    const float most_down = (unseen ? fall : std::min(fall, Law::visible_fall_per_s)) * dt;
    out.intensity = goal;
    if (holds(rules, Rule::rise_limit)) out.intensity = std::min(out.intensity, before + most_up);
    if (holds(rules, Rule::fall_limit)) out.intensity = std::max(out.intensity, before - most_down);
  }

  // 7. The fade, and what is seen.
  if (!cut) move_fade<rules, Law>(state, out.fade, out.place != wanted || state.covering, dt_s);
  out.stimulus_hidden = out.place == Place::safe_place;
  state.last = out;
  return out;
}

}  // namespace attune::treatment
