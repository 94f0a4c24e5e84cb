#include "attune/treatment/steering.hpp"

#include <algorithm>
#include <cmath>

namespace attune::treatment {

namespace {

constexpr double decision_s = 1.0;        // virtual-patient protocol: controllers are asked once a second
constexpr double report_counts_s = 60.0;  // a report of high distress eases for so long
constexpr double averted_limit_s = 10.0;
constexpr float averted_below = 0.3F, engaged_above = 0.6F;  // probability of attending to the target
constexpr float touching = 0.005F;                           // intensity counts as being at a step's edge
constexpr float room_to_ceiling = 0.10F;                     // within this of the ceiling rises get slower

}  // namespace

float rule_of_thumb(float anxiety, float target) {
  return std::clamp(1.5F * (target - anxiety), -1.0F, 1.0F);
}

bool usable(const Estimate& belief) {
  return belief.valid && std::isfinite(belief.mean) && std::isfinite(belief.deviation);
}

void Steering::begin_phase() {
  averted_s_ = 0.0;
  was_high_ = lead_on_ = false;
}

SteeringOutput Steering::decide(const SteeringInput& input) {
  SteeringOutput out;
  if (input.phase == Phase::exposure) steer_exposure(input, out);
  steer_feedback(input, out);
  return out;
}

void Steering::steer_exposure(const SteeringInput& input, SteeringOutput& out) const {
  const auto& adaptive = programme_.adaptive;
  const auto& ladder = programme_.ladder;
  const auto& here = ladder[input.step].intensity;
  const bool informed = usable(input.belief);
  const float mean = informed ? input.belief.mean : 0.5F;

  float change = input.wanted_change.value_or(rule_of_thumb(mean, adaptive.target));
  if (!std::isfinite(change)) change = 0.0F;
  change = std::clamp(change, -1.0F, 1.0F);
  out.why = change > 0.1F ? Why::raising : change < -0.1F ? Why::easing : Why::holding;

  // Around the network or the rule: programme, therapist, uncertainty, and last what the patient says.
  if (!adaptive.intensity) {
    change = here.high > input.intensity ? 1.0F : 0.0F;
    out.why = Why::not_adaptive;
  }
  if (input.therapist_holds) {
    change = 0.0F;
    out.why = Why::therapist_holds;
  }
  if (change > 0.0F) {
    const float room = informed ? input.ceiling - (mean + 1.645F * input.belief.deviation) : 0.0F;
    change *= std::clamp(room / room_to_ceiling, 0.0F, 1.0F);
    if (room <= 0.0F) out.why = Why::uncertain;
  }
  if (near_overwhelm(input)) {
    change = -1.0F;
    out.why = Why::near_overwhelm;
  }
  if (input.suds && *input.suds > 100.0F * adaptive.down_above && input.since_suds_s < report_counts_s) {
    change = -1.0F;
    out.why = Why::distress_reported;
  }

  const bool at_top = input.intensity >= here.high - touching;
  const bool at_bottom = input.intensity <= here.low + touching;
  if (change > 0.0F && at_top && adaptive.intensity) {
    if (input.step + 1U == ladder.size()) {
      out.why = Why::top_of_ladder;
    } else if (!adaptive.step || input.in_step_s < ladder[input.step].hold_s || mean > adaptive.up_at_most) {
      out.why = Why::step_held;
    } else {
      out.step_change = 1;
    }
  } else if (change < 0.0F && at_bottom && input.step > 0 && adaptive.step && !input.therapist_holds) {
    out.step_change = -1;
  }
  const auto& there = ladder[static_cast<std::size_t>(input.step + out.step_change)].intensity;
  const float wish = input.intensity + change * change_per_s * adaptive.pace * static_cast<float>(decision_s);
  out.intensity = std::clamp(wish, there.low, there.high);
}

bool Steering::near_overwhelm(const SteeringInput& input) const {
  return usable(input.belief) && input.belief.mean > programme_.adaptive.down_above;
}

void Steering::steer_feedback(const SteeringInput& input, SteeringOutput& out) {
  const auto& adaptive = programme_.adaptive;
  const bool exposing = input.phase == Phase::exposure || input.phase == Phase::paused_exposure;
  if (exposing && usable(input.belief)) {
    const float mean = input.belief.mean;
    if (mean >= adaptive.guide_on_above && !was_high_) {
      was_high_ = true;
      out.told_moment = PromptTrigger::high_distress;
    } else if (mean <= adaptive.guide_off_below && was_high_) {
      was_high_ = false;
      out.told_moment = PromptTrigger::eased;
    }
  }
  // On outside of exposure it calms; within it, it is for those near overwhelm only, since it costs learning.
  const bool calming = input.phase == Phase::recovery || input.phase == Phase::safe_place;
  out.guide_on = adaptive.calm_feedback && (calming || (exposing && was_high_));

  if (input.phase != Phase::exposure || !adaptive.gaze_lead || !input.attention) {
    lead_on_ = false;
    averted_s_ = 0.0;
    return;
  }
  averted_s_ = *input.attention < averted_below ? averted_s_ + input.since_decision_s : 0.0;
  // Somebody near overwhelm is not led back to what frightens them.
  if (averted_s_ >= averted_limit_s && !was_high_) lead_on_ = true;
  if (*input.attention > engaged_above || was_high_) lead_on_ = false;
  out.lead_on = lead_on_;
}

}  // namespace attune::treatment
