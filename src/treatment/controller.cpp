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

/// An answer that can be.
bool possible(const telemetry::SelfReport& report) {
  using telemetry::ReportKind;
  constexpr float most_options = 5.0F;
  const float highest = report.kind == ReportKind::comfort  ? 10.0F
                        : report.kind == ReportKind::choice ? most_options - 1.0F
                                                            : 100.0F;
  return report.kind != ReportKind::none && report.value >= 0.0F && report.value <= highest;
}

/// What the eyes are to be led to in an exposure: what is feared, or what there is of it.
telemetry::AoiRole target_of(const std::array<bool, 5>& roles) {
  using telemetry::AoiRole;
  for (const auto role : {AoiRole::threat, AoiRole::social, AoiRole::task}) {
    if (roles[static_cast<std::size_t>(role)]) return role;
  }
  return AoiRole::threat;
}

}  // namespace

Controller::Controller(const Programme& programme)
    : programme_(programme),
      script_(programme),
      steering_(programme),
      course_(programme),
      practice_(programme) {}

ControllerOutput Controller::step(const ControllerInput& input) {
  const bool first = !begun_;
  dt_s_ = first ? 0.0 : std::clamp(core::seconds_between(now_, input.time), 0.0, 0.25);
  // A clock that went back must not silence the controller until it has caught up.
  const bool went_back = !first && input.time < now_;
  now_ = input.time;
  begun_ = true;
  out_.events.clear();
  out_.moved.reset();
  out_.left.reset();

  since_decision_s_ += dt_s_;
  script_.begin_frame(now_, dt_s_);
  if (first) script_.show(input.phase, PromptTrigger::phase_start);
  follow(input);
  take_reports(input);
  if (input.phase == Phase::exposure) course_.spend(dt_s_);
  script_.run({input.phase, input.time_in_phase_s, course_.in_step_s()});
  practise(input);

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
  feed_back(input);
  show_step();
  read_script();
  return out_;
}

void Controller::follow(const ControllerInput& input) {
  if (input.phase != phase_) enter(input.phase);
  for (const auto& event : input.events) {
    if (!event.accepted() || input.phase != Phase::exposure) continue;
    if (event.event == Event::hold) therapist_holds_ = true;
    if (event.event == Event::resume) therapist_holds_ = false;
    const auto step = course_.step();
    if (event.event == Event::step_up && step + 1U < programme_.ladder.size())
      move_to_step({step, static_cast<std::uint16_t>(step + 1), MoveCause::therapist});
    if (event.event == Event::step_down && step > 0)
      move_to_step({step, static_cast<std::uint16_t>(step - 1), MoveCause::therapist});
  }
}

void Controller::begin_session() {
  out_.suds.reset();
  out_.comfort.reset();
  script_.forget_answers();
  since_suds_s_ = 1e9;
  course_.reset();
  practice_.reset();
  steering_.begin_session();
}

void Controller::enter(Phase phase) {
  const bool other_phase = unpaused(phase) != unpaused(phase_);
  const bool new_start = phase == Phase::neutral && place_of(phase_) == Place::safe_place;
  if (other_phase && unpaused(phase_) == Phase::exposure) out_.left = course_.step();
  phase_ = phase;
  script_.close_question();
  therapist_holds_ = false;
  if (new_start) begin_session();
  if (other_phase) {
    script_.begin_phase();
    steering_.begin_phase();
    calm_enough_s_ = above_ceiling_s_ = 0.0;
    reports_above_ceiling_ = 0;
    lead_on_ = steps_over_ = false;
  }
  if (other_phase || is_paused(phase_)) script_.show(phase_, PromptTrigger::phase_start);
  if (other_phase && phase_ == Phase::exposure) {
    course_.begin();
    practice_.enter(course_.step());
    part_ = 0;
    script_.begin_step(course_.step());
  }
  next_decision_ = now_;
}

void Controller::take_reports(const ControllerInput& input) {
  since_suds_s_ += dt_s_;
  for (const auto& report : input.reports) {
    if (!possible(report)) continue;
    const bool suds = report.kind == telemetry::ReportKind::suds;
    const bool in_step = input.phase == Phase::exposure;
    practice_.take_answer(script_.answered(report.kind), report, in_step);
    if (in_step) course_.take(report);
    if (report.kind == telemetry::ReportKind::comfort) out_.comfort = report.value;
    if (suds) {
      out_.suds = report.value;
      since_suds_s_ = 0.0;
      reports_above_ceiling_ =
          report.value >= programme_.limits.suds_ceiling ? reports_above_ceiling_ + 1 : 0;
      if (in_step) steering_.hear(report.value, input.intensity);
      const auto step = course_.step();
      const bool high = report.value > 100.0F * programme_.adaptive.down_above;
      if (high && in_step && programme_.adaptive.step && step > 0)
        move_to_step({step, static_cast<std::uint16_t>(step - 1), MoveCause::report});
    }
    next_decision_ = now_;
  }
}

/// What the patient does in the step.
void Controller::practise(const ControllerInput& input) {
  if (input.phase != Phase::exposure) {
    practice_.rest();
    return;
  }
  auto practice = input.practice;
  practice.time = now_;
  practice.dt_s = dt_s_;
  practice.is_asked = script_.lines().question != 0;
  const auto& out = practice_.push(practice);
  if (out.part != part_ && out.part != 0) script_.begin_part(out.part);
  part_ = out.part;
}

void Controller::move_to_step(const StepMove& move) {
  course_.count(move);
  course_.enter(move.to);
  practice_.enter(move.to);
  part_ = 0;
  out_.moved = move;
  out_.left = move.from;
  if (programme_.order == Order::ladder)
    script_.show(Phase::exposure, move.to > move.from ? PromptTrigger::step_up : PromptTrigger::step_down);
  script_.begin_step(move.to);
  next_decision_ = now_;
}

void Controller::decide(const ControllerInput& input) {
  steer(input);
  if (input.phase == Phase::exposure) go_on(input);
  judge_phase(input);
}

void Controller::steer(const ControllerInput& input) {
  const auto step = course_.step();
  const auto steered =
      steering_.decide({input.phase, input.belief, input.response, input.answers_alone, input.ceiling,
                        input.wanted_change, input.attention, input.intensity, step, course_.in_step_s(),
                        out_.suds, since_suds_s_, therapist_holds_, since_decision_s_});
  out_.dose = steered.dose;
  if (input.phase == Phase::exposure) {
    out_.intensity = steered.intensity;
    out_.why = shows_exposure(programme_.ladder[step].activity) ? steered.why : Why::practising;
  }
  if (steered.step_change != 0)
    move_to_step({step, static_cast<std::uint16_t>(step + steered.step_change), MoveCause::steering});
  if (steered.told_moment) script_.show(Phase::exposure, *steered.told_moment);
  guide_on_ = steered.guide_on;
  lead_on_ = steered.lead_on;
}

/// Takes the step's own way on, if one is met.
void Controller::go_on(const ControllerInput& input) {
  const auto move = course_.decide(
      {since_decision_s_, input.belief, out_.suds, since_suds_s_, practice_.out().done, therapist_holds_});
  steps_over_ = move && move->ends;
  if (!move || move->ends) return;
  if (programme_.order == Order::ladder && !programme_.adaptive.step) return;
  const bool harder =
      programme_.ladder[move->to].intensity.high > programme_.ladder[move->from].intensity.high;
  const bool bears_it = usable(input.belief) && input.belief.mean <= programme_.adaptive.up_at_most;
  if (!harder || bears_it) move_to_step(*move);
}

void Controller::feed_back(const ControllerInput& input) {
  const auto& practice = practice_.out();
  const bool guided = guide_on_ || practice.breaths_per_min.has_value();
  const auto most = ramp_per_s * static_cast<float>(dt_s_);
  out_.calm_feedback = moved_towards(out_.calm_feedback, guided ? 1.0F : 0.0F, most);
  if (out_.calm_feedback > 0.0F) {
    out_.guide_breaths_per_min = practice.breaths_per_min.value_or(
        practice_.resonance_breaths_per_min().value_or(programme_.adaptive.guide_breaths_per_min));
    const float turned = out_.breath_phase + static_cast<float>(dt_s_) * out_.guide_breaths_per_min / 60.0F;
    out_.breath_phase = turned - std::floor(turned);
  } else {
    out_.guide_breaths_per_min = 0.0F;
    out_.breath_phase = 0.0F;  // the guide always begins with breathing in
  }

  const auto activity = programme_.ladder[course_.step()].activity;
  const bool to_people = activity == telemetry::Activity::social;
  // A practice has its own use for the eyes.
  const bool leads = to_people ? practice.leads_to_people : lead_on_ && shows_exposure(activity);
  out_.gaze_lead = moved_towards(out_.gaze_lead, leads ? 1.0F : 0.0F, most);
  if (leads) out_.lead_to = to_people ? telemetry::AoiRole::social : target_of(input.roles);
  if (out_.gaze_lead <= 0.0F) out_.lead_to = telemetry::AoiRole::neutral;
  out_.gaze_reward = practice.gaze_reward;
  out_.probe = practice.probe;
}

void Controller::show_step() {
  out_.step = course_.step();
  out_.variant = course_.variant();
  out_.activity =
      unpaused(phase_) == Phase::exposure ? programme_.ladder[out_.step].activity : telemetry::Activity::none;
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
    const bool far_enough = input.phase != Phase::exposure || course_.step() + 1U == programme_.ladder.size();
    calm_enough_s_ = low && far_enough ? calm_enough_s_ + since_decision_s_ : 0.0;
    met = calm_enough_s_ >= plan.leave->held_s && input.time_in_phase_s >= plan.minimum_s;
  }
  met = met || (steps_over_ && input.time_in_phase_s >= plan.minimum_s);
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
