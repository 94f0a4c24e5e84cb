#include "attune/treatment/steering.hpp"

#include <algorithm>
#include <cmath>

namespace attune::treatment {

namespace {

constexpr double decision_s = 1.0;        // virtual-patient protocol: controllers are asked once a second
constexpr double report_counts_s = 60.0;  // a report of high distress eases for so long
constexpr float touching = 0.005F;        // intensity counts as being at a step's edge
constexpr float room_to_ceiling = 0.10F;  // within this of the ceiling rises get slower

// Not knowing lowers the goal: so much of the deviation beyond that of somebody who is known; more where
// answers are all there is, for nothing shows between two of them that it went too far.
constexpr float caution = 0.8F, caution_by_answers = 1.3F, known_deviation = 0.06F;
constexpr float feedback = 0.6F;  // how far an error of anxiety moves the wanted one
// Of anxiety, beyond what the answers alone bear: a body that goes along with them may add, one that
// contradicts them takes away.
constexpr float body_may_add = 0.08F, contradiction_takes = 0.07F;
constexpr float least_slope = 0.08F;      // whom nothing frightens is taken up the whole ladder
constexpr float most_fall_per_s = 0.02F;  // what the governor lets be seen

constexpr float well_below =
    0.03F;  // a step is left downwards by so much, lest it be left and taken in turns

constexpr double attended_memory_s = 30.0;
constexpr float lead_below = 0.64F, lead_until = 0.70F;  // of the time on the target

/// The intensity under which anxiety should settle at the target: what this person's response asks for, and
/// beyond it a correction by what is felt now.
float settling_intensity(const Estimate& belief, const DoseResponse& response, float target, float careful) {
  const float goal = target - careful * std::max(belief.deviation - known_deviation, 0.0F);
  return (goal + feedback * (goal - belief.mean) - response.rest) / std::max(response.slope, least_slope);
}

/// -1, 0 or 1: up at the upper edge of a step that has been held long enough, down at the lower edge of one.
int step_change_of(const Programme& programme, const SteeringInput& input, float change, bool lower_step,
                   Why& why) {
  const auto& adaptive = programme.adaptive;
  const auto& here = programme.ladder[input.step].intensity;
  const bool at_top = input.intensity >= here.high - touching;
  const bool at_bottom = input.intensity <= here.low + touching;
  if (change > 0.0F && at_top && adaptive.intensity) {
    if (input.step + 1U == programme.ladder.size()) {
      why = Why::top_of_ladder;
      return 0;
    }
    const float mean = usable(input.belief) ? input.belief.mean : 0.5F;
    const bool must_stay =
        input.in_step_s < programme.ladder[input.step].hold_s || mean > adaptive.up_at_most;
    if (adaptive.step && !must_stay) return 1;
    why = Why::step_held;
    return 0;
  }
  const bool may_go_down = input.step > 0 && adaptive.step && !input.therapist_holds;
  return lower_step && change < 0.0F && at_bottom && may_go_down ? -1 : 0;
}

}  // namespace

bool usable(const Estimate& belief) {
  return belief.valid && std::isfinite(belief.mean) && std::isfinite(belief.deviation);
}

void Steering::begin_phase() {
  attended_ = usually_attended;
  was_high_ = lead_on_ = false;
}

SteeringOutput Steering::decide(const SteeringInput& input) {
  SteeringOutput out;
  if (input.phase == Phase::exposure) steer_exposure(input, out);
  steer_feedback(input, out);
  return out;
}

/// The body may ask for as much less as it will, but for more than the answers bear only by a margin, and
/// only while it goes along with them: who wears somebody else's sensors, or a body that shows nothing, is
/// steered by what they say, as carefully as if nothing else were there.
float Steering::wanted_intensity(const SteeringInput& input, float by_network) const {
  const float target = programme_.adaptive.target;
  if (!input.answers_alone) {
    const float wanted = settling_intensity(input.belief, input.response, target, caution_by_answers);
    return std::min(wanted + by_network, bearable_.at_most());
  }
  const float wanted = settling_intensity(input.belief, input.response, target, caution) + by_network;
  if (!usable(input.answers_alone->belief)) return wanted;
  const auto& [belief, response, trust] = *input.answers_alone;
  const float careful = std::lerp(caution_by_answers, caution, trust);
  const float margin = std::lerp(-contradiction_takes, body_may_add, trust);
  // A body that is heard shows in time what is too much, so that more may be tried.
  const float bearable = bearable_.at_most() * (1.0F + std::max(2.0F * trust - 1.0F, 0.0F));
  return std::min({wanted, settling_intensity(belief, response, target + margin, careful), bearable});
}

void Steering::steer_exposure(const SteeringInput& input, SteeringOutput& out) const {
  const auto& adaptive = programme_.adaptive;
  const auto& ladder = programme_.ladder;
  const auto& here = ladder[input.step].intensity;
  const bool informed = usable(input.belief);
  const float mean = informed ? input.belief.mean : 0.5F;

  const float most = change_per_s * adaptive.pace * static_cast<float>(decision_s);  // at a change of 1
  float change = 0.0F;
  bool lower_step = false;
  if (informed) {
    const float by_network = whole_change * std::clamp(input.wanted_change.value_or(0.0F), -1.0F, 1.0F);
    const float away = wanted_intensity(input, by_network) - input.intensity;
    out.dose = wanted_intensity(input, 0.0F);
    change = away / most;
    lower_step = away < -well_below;
  }
  if (!std::isfinite(change)) change = 0.0F;
  change = std::clamp(change, -most_fall_per_s / change_per_s, 1.0F);
  out.why = change > 0.1F ? Why::raising : change < -0.1F ? Why::easing : Why::holding;
  if (!informed) out.why = Why::uncertain;

  // Around belief and network: programme, therapist, uncertainty, and last what the patient says.
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
    change = std::min(change, -1.0F);
    lower_step = true;
    out.why = Why::near_overwhelm;
  }
  if (input.suds && *input.suds > 100.0F * adaptive.down_above && input.since_suds_s < report_counts_s) {
    change = std::min(change, -1.0F);
    lower_step = true;
    out.why = Why::distress_reported;
  }

  out.step_change = step_change_of(programme_, input, change, lower_step, out.why);
  float wish = input.intensity + change * most;
  // Who says that it is too much is not made to wait for the slow way down: the governor lets a large fall
  // happen behind the fade.
  if (too_much_reported(input)) {
    wish = std::min(wish, bearable_.at_most());
    out.why = Why::distress_reported;
    const bool has_just_come = input.in_step_s < 0.5 * decision_s;  // one step with every decision
    const bool may_go_down = input.step > 0 && adaptive.step && !input.therapist_holds && !has_just_come;
    out.step_change = wish < here.low && may_go_down ? -1 : 0;
  }
  const auto& there = ladder[static_cast<std::size_t>(input.step + out.step_change)].intensity;
  out.intensity = std::clamp(wish, there.low, there.high);
}

bool Steering::near_overwhelm(const SteeringInput& input) const {
  return usable(input.belief) && input.belief.mean > programme_.adaptive.down_above;
}

bool Steering::too_much_reported(const SteeringInput& input) const {
  return input.suds && *input.suds >= programme_.limits.suds_ceiling && input.since_suds_s < report_counts_s;
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

  if (input.phase != Phase::exposure || !adaptive.gaze_lead) {
    lead_on_ = false;
    return;
  }
  if (input.attention) {
    const double forgotten = -std::expm1(-input.since_decision_s / attended_memory_s);
    attended_ += static_cast<float>(forgotten) * (*input.attention - attended_);
    if (attended_ < lead_below) lead_on_ = true;
    if (attended_ > lead_until) lead_on_ = false;
  } else {
    lead_on_ = true;  // where nobody sees where the eyes go, it does no harm to be shown where to look
  }
  if (was_high_) lead_on_ = false;  // somebody near overwhelm is not led back to what frightens them
  out.lead_on = lead_on_;
}

}  // namespace attune::treatment
