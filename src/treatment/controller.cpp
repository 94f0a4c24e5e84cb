#include "attune/treatment/controller.hpp"

#include <algorithm>
#include <cmath>

namespace attune::treatment {

namespace {

constexpr double decision_s = 1.0;        // virtual-patient protocol: controllers are asked once a second
constexpr double report_counts_s = 60.0;  // a report of high distress eases for so long
constexpr double above_ceiling_limit_s = 60.0;  // easing has had its time: exposure ends through recovery
constexpr double averted_limit_s = 10.0;
constexpr float averted_below = 0.3F, engaged_above = 0.6F;  // probability of attending to the target
constexpr float ramp_per_s = 0.5F;        // calm feedback and gaze lead come and go in two seconds
constexpr float touching = 0.005F;        // intensity counts as being at a step's edge
constexpr float room_to_ceiling = 0.10F;  // within this of the ceiling rises get slower

bool usable(const Estimate& belief) {
  return belief.valid && std::isfinite(belief.mean) && std::isfinite(belief.deviation);
}

float moved_towards(float value, float goal, float most) {
  return value + std::clamp(goal - value, -most, most);
}

bool same_phase(Phase wanted, Phase now) { return wanted == now || (is_paused(wanted) && is_paused(now)); }

}  // namespace

float rule_of_thumb(float anxiety, float target) {
  return std::clamp(1.5F * (target - anxiety), -1.0F, 1.0F);
}

Controller::Controller(const Programme& programme)
    : programme_(programme),
      prompt_shown_(programme.prompts.size(), false),
      next_question_s_(programme.questions.size(), 0.0) {}

ControllerOutput Controller::step(const ControllerInput& input) {
  const bool first = !begun_;
  dt_s_ = first ? 0.0 : std::clamp(core::seconds_between(now_, input.time), 0.0, 0.25);
  // A clock that went back must not silence the controller until it has caught up.
  const bool went_back = !first && input.time < now_;
  now_ = input.time;
  begun_ = true;
  out_.events.clear();

  since_decision_s_ += dt_s_;
  prompt_left_s_ -= dt_s_;
  if (prompt_left_s_ <= 0.0) out_.prompt = 0;
  if (first) show(input.phase, PromptTrigger::phase_start);
  follow(input);
  take_reports(input);
  ask(input);
  run_prompts(input);

  if (input.phase == Phase::exposure) in_step_s_ += dt_s_;
  if (first || went_back || now_ >= next_decision_) {
    decide(input);
    since_decision_s_ = 0.0;
    next_decision_ = {now_.ns + core::at_seconds(decision_s).ns};
  }
  if (input.phase != Phase::exposure) {
    // Phases without steering ask for their own lowest intensity; a pause keeps what is there.
    out_.why = Why::none;
    if (is_paused(input.phase))
      out_.intensity = input.intensity;
    else if (place_of(input.phase) == Place::safe_place)
      out_.intensity = 0.0F;
    else
      out_.intensity = programme_.plan(input.phase).intensity.low;
  }

  const auto most = ramp_per_s * static_cast<float>(dt_s_);
  out_.calm_feedback = moved_towards(out_.calm_feedback, guide_on_ ? 1.0F : 0.0F, most);
  out_.gaze_lead = moved_towards(out_.gaze_lead, lead_on_ ? 1.0F : 0.0F, most);
  if (out_.calm_feedback > 0.0F) {
    out_.guide_breaths_per_min = programme_.adaptive.guide_breaths_per_min;
    const float turned = out_.breath_phase + static_cast<float>(dt_s_) * out_.guide_breaths_per_min / 60.0F;
    out_.breath_phase = turned - std::floor(turned);
  } else {
    out_.guide_breaths_per_min = 0.0F;
    out_.breath_phase = 0.0F;  // the guide always begins with breathing in
  }
  return out_;
}

void Controller::follow(const ControllerInput& input) {
  if (input.phase != phase_) {
    const bool other_phase = unpaused(input.phase) != unpaused(phase_);
    const bool new_start = input.phase == Phase::neutral && place_of(phase_) == Place::safe_place;
    phase_ = input.phase;
    out_.question = 0;
    out_.question_kind = telemetry::ReportKind::none;
    therapist_holds_ = false;
    if (new_start) {
      out_.suds.reset();
      out_.comfort.reset();
      out_.unanswered = 0;
      since_suds_s_ = 1e9;
    }
    if (other_phase) {
      std::fill(prompt_shown_.begin(), prompt_shown_.end(), false);
      for (std::size_t i = 0; i < next_question_s_.size(); ++i) {
        next_question_s_[i] = programme_.questions[i].first_after_s;
      }
      calm_enough_s_ = above_ceiling_s_ = averted_s_ = 0.0;
      reports_above_ceiling_ = 0;
      was_high_ = false;
      lead_on_ = false;
      if (phase_ == Phase::exposure) {
        out_.step = 0;
        in_step_s_ = 0.0;
      }
    }
    if (other_phase || is_paused(phase_)) show(phase_, PromptTrigger::phase_start);
    next_decision_ = now_;
  }
  for (const auto& event : input.events) {
    if (!event.accepted() || input.phase != Phase::exposure) continue;
    if (event.event == Event::hold) therapist_holds_ = true;
    if (event.event == Event::resume) therapist_holds_ = false;
    if (event.event == Event::step_up && out_.step + 1U < programme_.ladder.size()) {
      move_to_step(static_cast<std::uint16_t>(out_.step + 1), PromptTrigger::step_up);
    }
    if (event.event == Event::step_down && out_.step > 0) {
      move_to_step(static_cast<std::uint16_t>(out_.step - 1), PromptTrigger::step_down);
    }
  }
}

void Controller::take_reports(const ControllerInput& input) {
  since_suds_s_ += dt_s_;
  for (const auto& report : input.reports) {
    const bool suds = report.kind == telemetry::ReportKind::suds;
    const float highest = report.kind == telemetry::ReportKind::comfort ? 10.0F : 100.0F;
    if (report.kind == telemetry::ReportKind::none || !(report.value >= 0.0F && report.value <= highest))
      continue;
    if (report.kind == out_.question_kind) {
      out_.question = 0;
      out_.question_kind = telemetry::ReportKind::none;
    }
    out_.unanswered = 0;
    if (report.kind == telemetry::ReportKind::comfort) out_.comfort = report.value;
    if (!suds) continue;
    out_.suds = report.value;
    since_suds_s_ = 0.0;
    reports_above_ceiling_ = report.value >= programme_.limits.suds_ceiling ? reports_above_ceiling_ + 1 : 0;
    const bool high = report.value > 100.0F * programme_.adaptive.down_above;
    if (high && input.phase == Phase::exposure && programme_.adaptive.step && out_.step > 0) {
      move_to_step(static_cast<std::uint16_t>(out_.step - 1), PromptTrigger::step_down);
    }
    next_decision_ = now_;
  }
}

void Controller::ask(const ControllerInput& input) {
  if (out_.question != 0) {
    const auto& open = programme_.questions[out_.question - 1U];
    if (core::seconds_between(out_.asked, now_) < open.answer_within_s) return;
    ++out_.unanswered;
    out_.question = 0;
    out_.question_kind = telemetry::ReportKind::none;
  }
  for (std::size_t i = 0; i < next_question_s_.size(); ++i) {
    const auto& question = programme_.questions[i];
    if (question.phase != input.phase || input.time_in_phase_s < next_question_s_[i]) continue;
    next_question_s_[i] = question.every_s > 0.0 ? input.time_in_phase_s + question.every_s : 1e12;
    out_.question = static_cast<std::uint16_t>(i + 1);
    out_.question_kind = question.kind;
    out_.asked = now_;
    return;
  }
}

void Controller::show(Phase phase, PromptTrigger trigger) {
  const auto& prompts = programme_.prompts;
  const auto fits = [&](const Prompt& prompt) {
    return prompt.when == trigger && same_phase(prompt.phase, phase);
  };
  const auto fitting = std::count_if(prompts.begin(), prompts.end(), fits);
  if (fitting == 0) return;
  // Several prompts for one occasion take turns, so that nobody hears the same words again and again.
  auto turn = rotation_++ % fitting;
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    if (!fits(prompts[i]) || turn-- != 0) continue;
    out_.prompt = static_cast<std::uint16_t>(i + 1);
    prompt_left_s_ = prompts[i].show_s;
    return;
  }
}

void Controller::run_prompts(const ControllerInput& input) {
  if (is_paused(input.phase)) return;
  for (std::size_t i = 0; i < prompt_shown_.size(); ++i) {
    const auto& prompt = programme_.prompts[i];
    if (prompt.when != PromptTrigger::after || prompt.phase != input.phase || prompt_shown_[i]) continue;
    if (input.time_in_phase_s < prompt.after_s) continue;
    prompt_shown_[i] = true;
    out_.prompt = static_cast<std::uint16_t>(i + 1);
    prompt_left_s_ = prompt.show_s;
  }
}

void Controller::move_to_step(std::uint16_t step, PromptTrigger occasion) {
  out_.step = step;
  in_step_s_ = 0.0;
  show(Phase::exposure, occasion);
  next_decision_ = now_;
}

void Controller::decide(const ControllerInput& input) {
  if (input.phase == Phase::exposure) decide_exposure(input);
  decide_feedback(input);
  judge_phase(input);
}

void Controller::decide_exposure(const ControllerInput& input) {
  const auto& adaptive = programme_.adaptive;
  const auto* step = &programme_.ladder[out_.step];
  const bool informed = usable(input.belief);
  const float mean = informed ? input.belief.mean : 0.5F;

  float change = input.wanted_change.value_or(rule_of_thumb(mean, adaptive.target));
  if (!std::isfinite(change)) change = 0.0F;
  change = std::clamp(change, -1.0F, 1.0F);
  out_.why = change > 0.1F ? Why::raising : change < -0.1F ? Why::easing : Why::holding;

  // Around the network or the rule: programme, therapist, uncertainty, and last what the patient says.
  if (!adaptive.intensity) {
    change = step->intensity.high > input.intensity ? 1.0F : 0.0F;
    out_.why = Why::not_adaptive;
  }
  if (therapist_holds_) {
    change = 0.0F;
    out_.why = Why::therapist_holds;
  }
  if (change > 0.0F) {
    const float room = informed ? input.ceiling - (mean + 1.645F * input.belief.deviation) : 0.0F;
    change *= std::clamp(room / room_to_ceiling, 0.0F, 1.0F);
    if (room <= 0.0F) out_.why = Why::uncertain;
  }
  if (near_overwhelm(input)) {
    change = -1.0F;
    out_.why = Why::near_overwhelm;
  }
  if (out_.suds && *out_.suds > 100.0F * adaptive.down_above && since_suds_s_ < report_counts_s) {
    change = -1.0F;
    out_.why = Why::distress_reported;
  }

  const bool at_top = input.intensity >= step->intensity.high - touching;
  const bool at_bottom = input.intensity <= step->intensity.low + touching;
  if (change > 0.0F && at_top && adaptive.intensity) {
    if (out_.step + 1U == programme_.ladder.size()) {
      out_.why = Why::top_of_ladder;
    } else if (!adaptive.step || in_step_s_ < step->hold_s || mean > adaptive.up_at_most) {
      out_.why = Why::step_held;
    } else {
      move_to_step(static_cast<std::uint16_t>(out_.step + 1), PromptTrigger::step_up);
    }
  } else if (change < 0.0F && at_bottom && out_.step > 0 && adaptive.step && !therapist_holds_) {
    move_to_step(static_cast<std::uint16_t>(out_.step - 1), PromptTrigger::step_down);
  }
  step = &programme_.ladder[out_.step];
  const float wish = input.intensity + change * change_per_s * adaptive.pace * static_cast<float>(decision_s);
  out_.intensity = std::clamp(wish, step->intensity.low, step->intensity.high);
}

bool Controller::near_overwhelm(const ControllerInput& input) const {
  return usable(input.belief) && input.belief.mean > programme_.adaptive.down_above;
}

void Controller::decide_feedback(const ControllerInput& input) {
  const auto& adaptive = programme_.adaptive;
  const bool exposing = input.phase == Phase::exposure || input.phase == Phase::paused_exposure;
  if (exposing && usable(input.belief)) {
    const float mean = input.belief.mean;
    if (mean >= adaptive.guide_on_above && !was_high_) {
      was_high_ = true;
      show(Phase::exposure, PromptTrigger::high_distress);
    } else if (mean <= adaptive.guide_off_below && was_high_) {
      was_high_ = false;
      show(Phase::exposure, PromptTrigger::eased);
    }
  }
  // On outside of exposure it calms; within it, it is for those near overwhelm only, since it costs learning.
  const bool calming = input.phase == Phase::recovery || input.phase == Phase::safe_place;
  guide_on_ = adaptive.calm_feedback && (calming || (exposing && was_high_));

  if (input.phase != Phase::exposure || !adaptive.gaze_lead || !input.attention) {
    lead_on_ = false;
    averted_s_ = 0.0;
    return;
  }
  averted_s_ = *input.attention < averted_below ? averted_s_ + since_decision_s_ : 0.0;
  // Somebody near overwhelm is not led back to what frightens them.
  if (averted_s_ >= averted_limit_s && !was_high_) lead_on_ = true;
  if (*input.attention > engaged_above || was_high_) lead_on_ = false;
}

void Controller::judge_phase(const ControllerInput& input) {
  if (input.phase != Phase::neutral && input.phase != Phase::exposure && input.phase != Phase::recovery)
    return;
  const auto& plan = programme_.plan(input.phase);
  const bool informed = usable(input.belief);

  if (input.phase != Phase::recovery) {
    above_ceiling_s_ =
        informed && input.belief.mean > input.ceiling ? above_ceiling_s_ + since_decision_s_ : 0.0;
    if (above_ceiling_s_ >= above_ceiling_limit_s || reports_above_ceiling_ >= 2) {
      out_.events.push_back(Event::ceiling_passed);
      return;
    }
  }

  bool met = false;
  if (plan.leave && informed) {
    // One deviation above the mean: not knowing is not the same as being calm.
    const bool low = input.belief.mean + input.belief.deviation <= plan.leave->distress_at_most;
    const bool far_enough = input.phase != Phase::exposure || out_.step + 1U == programme_.ladder.size();
    calm_enough_s_ = low && far_enough ? calm_enough_s_ + since_decision_s_ : 0.0;
    met = calm_enough_s_ >= plan.leave->held_s && input.time_in_phase_s >= plan.minimum_s;
  }
  if (!met && !input.phase_time_over) return;

  if (input.phase == Phase::neutral) {
    const auto& enter = programme_.plan(Phase::exposure).enter;
    const bool felt = informed && enter && input.belief.mean > enter->distress_at_most;
    const bool said = out_.suds && enter && *out_.suds > 100.0F * enter->distress_at_most;
    if (felt || said) {
      out_.events.push_back(Event::entry_refused);
      return;
    }
  }
  out_.events.push_back(met ? Event::criterion_met : Event::time_over);
}

}  // namespace attune::treatment
