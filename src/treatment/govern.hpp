#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "attune/treatment/governor.hpp"

/// The governor's rules, written out. Production code uses `all_rules`; the tests leave out one rule at a
/// time and show that the property which stands for it then fails. Read `govern` from top to bottom: that is
/// all there is.
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
  stale,         ///< no rise while head, belief or model is too old
  finite,        ///< what is not a possible number is never acted on
  time,          ///< a jump of time moves nothing
  headset,       ///< no rise while the headset is off, or the session unseen or without focus
  reports,       ///< no rise after a report of high distress or discomfort
  heart_rate,
  answers,     ///< no rise after two unanswered questions
  lower,       ///< a hold that lasts becomes a fall
  safe_place,  ///< doubt that lasts ends in the safe place
  session_length,
  flashes,  ///< the fade cannot flash
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

/// When in doubt: hold at once, then lower, then the safe place. How long after the reason appeared, in
/// seconds.
struct DoubtTimes {
  Hold reason;
  double lower_after_s;
  double safe_place_after_s;
};
inline constexpr double never = 1e12;
inline constexpr DoubtTimes doubt_times[] = {
    {Hold::time_jumped, never, never},  // one frame long by nature
    {Hold::headset_off, 5.0, 60.0},        {Hold::not_focused, 10.0, 120.0},
    {Hold::head_lost, 2.0, 60.0},          {Hold::not_finite, 2.0, 60.0},
    {Hold::belief_stale, 5.0, 120.0},      {Hold::model_stale, 5.0, 300.0},
    {Hold::distress_reported, 3.0, 600.0}, {Hold::discomfort_reported, 3.0, 600.0},
    {Hold::heart_rate_high, 5.0, 300.0},   {Hold::no_answers, 10.0, 300.0},
    {Hold::ceiling, 5.0, 600.0},           {Hold::session_too_long, 0.0, 300.0},
};

/// The tighter of a programme's limit and the code's; nothing is allowed by a limit that is no number.
[[nodiscard]] inline float tighter(float programme, float code) {
  return programme >= 0.0F ? std::min(programme, code) : 0.0F;
}

[[nodiscard]] inline bool possible(const Estimate& belief) {
  return belief.mean >= -0.5F && belief.mean <= 1.5F && belief.deviation > 0.0F && belief.deviation <= 1.0F;
}
[[nodiscard]] inline bool within(const std::optional<float>& value, float low, float high) {
  return !value || (*value >= low && *value <= high);
}

/// Whether a reason to hold is there in this frame. Comparisons are written so that NaN counts as a reason.
template <RuleSet rules>
[[nodiscard]] bool is_there(Hold reason, const ProgrammeLimits& limits, const GovernorState& state,
                            const GovernorInput& in, bool jumped) {
  switch (reason) {
    case Hold::time_jumped:
      return holds(rules, Rule::time) && jumped;
    case Hold::headset_off:
      return holds(rules, Rule::headset) && !in.headset.worn;
    case Hold::not_focused:
      return holds(rules, Rule::headset) && !(in.headset.running && in.headset.visible && in.headset.focused);
    case Hold::head_lost:
      return holds(rules, Rule::stale) && !(state.head_lost_s <= absolute::head_age_s);
    case Hold::belief_stale:
      return holds(rules, Rule::stale) && !(in.belief.valid && in.belief.age_s <= absolute::belief_age_s);
    case Hold::model_stale:
      return holds(rules, Rule::stale) && in.model_in_use && !(in.model_age_s <= absolute::model_age_s);
    case Hold::not_finite:
      return holds(rules, Rule::finite) &&
             !(std::isfinite(in.asked_intensity) && (!in.belief.valid || possible(in.belief)) &&
               within(in.suds, 0.0F, 100.0F) && within(in.comfort, 0.0F, 10.0F));
    case Hold::distress_reported:
      return holds(rules, Rule::reports) && in.suds &&
             !(*in.suds < tighter(limits.suds_ceiling, absolute::suds_ceiling));
    case Hold::discomfort_reported:
      return holds(rules, Rule::reports) && in.comfort && !(*in.comfort >= limits.comfort_at_least);
    case Hold::heart_rate_high:
      return holds(rules, Rule::heart_rate) && in.heart_rate_bpm &&
             !(*in.heart_rate_bpm <= tighter(limits.heart_rate_bpm, absolute::heart_rate_bpm));
    case Hold::no_answers:
      return holds(rules, Rule::answers) && in.unanswered >= 2;
    case Hold::ceiling:
      return holds(rules, Rule::ceiling) && !(in.belief.mean + 1.645F * in.belief.deviation <=
                                              tighter(in.allowed.ceiling, absolute::ceiling));
    case Hold::session_too_long:
      return holds(rules, Rule::session_length) && state.session_s > absolute::session_s;
    case Hold::refractory:
      return holds(rules, Rule::refractory) && state.since_stop_s < absolute::refractory_s;
    case Hold::phase:
      return holds(rules, Rule::phase) && !in.allowed.may_rise;
    case Hold::stopped:
    case Hold::unsure_for_too_long:
      return state.latched && state.latch_reason == reason;
    case Hold::none:
      return false;
  }
  return true;
}

/// Moves the fade towards grey (1) or the picture (0). It turns at most four times a second, which is two
/// flashes.
template <RuleSet rules>
void move_fade(GovernorState& state, float& fade, bool to_grey, double dt_s) {
  const float goal = to_grey ? 1.0F : 0.0F;
  state.since_turn_s += dt_s;
  if (fade == goal) return;
  const int direction = to_grey ? 1 : -1;
  if (direction != state.fade_direction) {
    if (holds(rules, Rule::flashes) && state.since_turn_s < absolute::fade_reversal_s) return;
    state.fade_direction = direction;
    state.since_turn_s = 0.0;
  }
  const float most =
      !holds(rules, Rule::flashes)
          ? 1.0F
          : static_cast<float>(dt_s) * (to_grey ? absolute::fade_per_s : absolute::fade_in_per_s);
  fade += std::clamp(goal - fade, -most, most);
}

/// One frame. Never throws, never allocates; whatever comes in, what goes out is finite and within limits.
template <RuleSet rules = all_rules>
GovernorOutput govern(const ProgrammeLimits& limits, GovernorState& state, const GovernorInput& in) {
  GovernorOutput out = state.last;
  out.to_safe_place = false;

  // 1. Time. `dt_s` moves things and is 0 when time jumps; `elapsed_s` counts doubt and goes on.
  const double raw_s = state.begun ? core::seconds_between(state.time, in.time) : 0.0;
  const bool jumped = raw_s < 0.0 || raw_s > absolute::frame_gap_s;
  const double dt_s = jumped && holds(rules, Rule::time) ? 0.0 : std::max(raw_s, 0.0);
  const double elapsed_s = std::clamp(raw_s, 0.0, 1.0);
  state.time = in.time;
  state.begun = true;
  state.head_lost_s = in.head_valid ? 0.0 : state.head_lost_s + elapsed_s;
  state.since_stop_s += dt_s;

  // 2. A therapist's start undoes a stop; a stop in the same frame wins.
  if (in.therapist_start) state.latched = false;
  if (!holds(rules, Rule::stop_stays) && !in.stop) state.latched = false;
  if (in.stop) {
    state.latched = true;
    state.latch_reason = Hold::stopped;
  }

  // 3. Doubt: a reason holds at once and wherever it appears. Its clock runs in the world only, and falls
  // back slowly, so that a reason that flickers counts as well.
  const bool in_world = in.allowed.place == Place::world && !state.latched;
  if (in_world) state.session_s += elapsed_s;
  bool lowering = false;
  Hold reason = Hold::none;
  for (const auto& times : doubt_times) {
    double& doubt_s = state.doubt_s[static_cast<std::size_t>(times.reason)];
    const bool there = is_there<rules>(times.reason, limits, state, in, jumped);
    doubt_s = !in_world ? 0.0 : there ? doubt_s + elapsed_s : std::max(0.0, doubt_s - 0.25 * elapsed_s);
    if (!there) continue;
    if (reason == Hold::none) reason = times.reason;
    if (!in_world) continue;
    if (holds(rules, Rule::lower) && doubt_s >= times.lower_after_s) lowering = true;
    if (holds(rules, Rule::safe_place) && doubt_s >= times.safe_place_after_s) {
      state.latched = true;
      state.latch_reason = Hold::unsure_for_too_long;
      out.to_safe_place = true;
    }
  }
  for (const auto last : {Hold::refractory, Hold::phase}) {
    if (reason == Hold::none && is_there<rules>(last, limits, state, in, jumped)) reason = last;
  }
  if (state.latched) reason = state.latch_reason;
  out.hold = reason;
  out.lowering = lowering && !state.latched;

  // 4. A stop needs no fade to begin: this very frame is the calm garden, behind even grey that then clears.
  const Place wanted = state.latched ? Place::safe_place : in.allowed.place;
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
    const float highest = std::min(tighter(in.allowed.intensity_at_most, absolute::intensity),
                                   tighter(limits.intensity.high, absolute::intensity));
    float goal =
        std::isfinite(in.asked_intensity) || !holds(rules, Rule::finite) ? in.asked_intensity : before;
    if (holds(rules, Rule::bounds)) goal = std::clamp(goal, 0.0F, highest);
    if (reason != Hold::none || wanted != Place::world) goal = std::min(goal, before);
    const auto dt = static_cast<float>(dt_s);
    if (lowering) goal = std::min(goal, std::max(0.0F, before - absolute::lower_per_s * dt));

    const float fall = tighter(limits.fall_per_s, absolute::fall_per_s);
    if (before - goal > absolute::covered_gap) state.covering = true;
    if (before <= goal) state.covering = false;
    const bool unseen = out.fade >= 1.0F || !holds(rules, Rule::covered_fall);
    const float most_up = tighter(limits.rise_per_s, absolute::rise_per_s) * dt;
    const float most_down = (unseen ? fall : std::min(fall, absolute::visible_fall_per_s)) * dt;
    out.intensity = goal;
    if (holds(rules, Rule::rise_limit)) out.intensity = std::min(out.intensity, before + most_up);
    if (holds(rules, Rule::fall_limit)) out.intensity = std::max(out.intensity, before - most_down);
  }

  // 7. The fade, and what is seen.
  if (!cut) move_fade<rules>(state, out.fade, out.place != wanted || state.covering, dt_s);
  out.stimulus_hidden = out.place == Place::safe_place;
  state.last = out;
  return out;
}

}  // namespace attune::treatment
