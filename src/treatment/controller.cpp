#include "attune/treatment/controller.hpp"

#include <algorithm>
#include <cmath>

namespace attune::treatment {

namespace {

constexpr double decision_s = 1.0;  // virtual-patient protocol: controllers are asked once a second
constexpr double above_ceiling_limit_s = 60.0;  // easing has had its time: exposure ends through recovery
constexpr float ramp_per_s = 0.5F;              // calm feedback and gaze lead come and go in two seconds

float moved_towards(float value, float goal, float most) {
  return value + std::clamp(goal - value, -most, most);
}

}  // namespace

Controller::Controller(const Programme& programme)
    : programme_(programme), script_(programme), steering_(programme) {}

ControllerOutput Controller::step(const ControllerInput& input) {
  const bool first = !begun_;
  dt_s_ = first ? 0.0 : std::clamp(core::seconds_between(now_, input.time), 0.0, 0.25);
  // A clock that went back must not silence the controller until it has caught up.
  const bool went_back = !first && input.time < now_;
  now_ = input.time;
  begun_ = true;
  out_.events.clear();

  since_decision_s_ += dt_s_;
  script_.begin_frame(now_, dt_s_);
  if (first) script_.show(input.phase, PromptTrigger::phase_start);
  follow(input);
  take_reports(input);
  script_.run(input.phase, input.time_in_phase_s);

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
  feed_back();
  read_script();
  return out_;
}

void Controller::follow(const ControllerInput& input) {
  if (input.phase != phase_) enter(input.phase);
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

void Controller::enter(Phase phase) {
  const bool other_phase = unpaused(phase) != unpaused(phase_);
  const bool new_start = phase == Phase::neutral && place_of(phase_) == Place::safe_place;
  phase_ = phase;
  script_.close_question();
  therapist_holds_ = false;
  if (new_start) {
    out_.suds.reset();
    out_.comfort.reset();
    script_.forget_answers();
    since_suds_s_ = 1e9;
  }
  if (other_phase) {
    script_.begin_phase();
    steering_.begin_phase();
    calm_enough_s_ = above_ceiling_s_ = 0.0;
    reports_above_ceiling_ = 0;
    lead_on_ = false;
    if (phase_ == Phase::exposure) {
      out_.step = 0;
      in_step_s_ = 0.0;
    }
  }
  if (other_phase || is_paused(phase_)) script_.show(phase_, PromptTrigger::phase_start);
  next_decision_ = now_;
}

void Controller::take_reports(const ControllerInput& input) {
  since_suds_s_ += dt_s_;
  for (const auto& report : input.reports) {
    const bool suds = report.kind == telemetry::ReportKind::suds;
    const float highest = report.kind == telemetry::ReportKind::comfort ? 10.0F : 100.0F;
    if (report.kind == telemetry::ReportKind::none || !(report.value >= 0.0F && report.value <= highest))
      continue;
    script_.answered(report.kind);
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

void Controller::move_to_step(std::uint16_t step, PromptTrigger occasion) {
  out_.step = step;
  in_step_s_ = 0.0;
  script_.show(Phase::exposure, occasion);
  next_decision_ = now_;
}

void Controller::decide(const ControllerInput& input) {
  const auto steered = steering_.decide({input.phase, input.belief, input.ceiling, input.wanted_change,
                                         input.attention, input.intensity, out_.step, in_step_s_, out_.suds,
                                         since_suds_s_, therapist_holds_, since_decision_s_});
  if (input.phase == Phase::exposure) {
    out_.intensity = steered.intensity;
    out_.why = steered.why;
  }
  if (steered.step_change != 0) {
    move_to_step(static_cast<std::uint16_t>(out_.step + steered.step_change),
                 steered.step_change > 0 ? PromptTrigger::step_up : PromptTrigger::step_down);
  }
  if (steered.told_moment) script_.show(Phase::exposure, *steered.told_moment);
  guide_on_ = steered.guide_on;
  lead_on_ = steered.lead_on;
  judge_phase(input);
}

void Controller::feed_back() {
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
}

void Controller::read_script() {
  const auto& lines = script_.lines();
  out_.prompt = lines.prompt;
  out_.question = lines.question;
  out_.question_kind = lines.question_kind;
  out_.asked = lines.asked;
  out_.unanswered = lines.unanswered;
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
