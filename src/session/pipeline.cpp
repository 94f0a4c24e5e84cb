#include "attune/session/pipeline.hpp"

#include <algorithm>
#include <cmath>

#include "attune/attention/areas.hpp"

namespace attune::session {

namespace {

constexpr double longest_step_s =
    0.5;  // longer than that is a hole in time, in which nothing is known to have happened
constexpr double evidence_memory_s =
    60.0;  // how long an observation counts in the report's share of the evidence
constexpr float stop_mark_tolerance_rad = 0.02F;  // about the error of an eye tracker

double information(double variance_before, double variance_after) {
  return std::max(0.0, 1.0 / variance_after - 1.0 / variance_before);
}

void hear(const telemetry::SelfReport& report, state::Belief& belief) {
  if (report.kind == telemetry::ReportKind::suds) belief.update_suds(static_cast<double>(report.value));
  if (report.kind == telemetry::ReportKind::comfort) belief.update_comfort(static_cast<double>(report.value));
}

treatment::Estimate estimate_of(const state::BeliefState& belief, double age_s) {
  return {static_cast<float>(belief.x), static_cast<float>(belief.sd_x()), age_s,
          std::isfinite(belief.x) && belief.var_x > 0};
}

treatment::DoseResponse response_of(const state::Belief& belief) {
  const auto person = belief.responsiveness();
  return {static_cast<float>(person.rest), static_cast<float>(person.reactivity * belief.state().v)};
}

}  // namespace

Pipeline::Pipeline(PipelineSpec spec)
    : spec_(std::move(spec)),
      machine_(spec_.programme),
      controller_(spec_.programme),
      governor_(spec_.programme.limits) {}

scene::Directive Pipeline::step(const telemetry::Frame& frame) {
  const double dt_s = begun_ ? std::clamp(core::seconds_between(now_, frame.time), 0.0, longest_step_s) : 0.0;
  now_ = frame.time;
  begun_ = true;
  snapshot_.reset();
  take_input(frame);
  if (started_) closed_eyes_.reset();
  eyes_closed_s_ = closed_eyes_.step(frame, dt_s);
  observe(frame, dt_s);
  estimate(frame, dt_s);
  treat(frame);
  govern(frame);
  direct(frame);
  return directive_;
}

/// What the patient and the therapist do: answers, stops, commands.
void Pipeline::take_input(const telemetry::Frame& frame) {
  if (spec_.chooses_in_scene) placement_.step(frame.time, frame.head, frame.recentred);
  machine_.begin_frame(frame.time, frame.headset, static_cast<double>(frame.therapist_silence_s));
  stop_ = started_ = resumed_ = false;

  treatment::StopInput stop{frame.time, frame.hands, false};
  if (spec_.chooses_in_scene) {
    const auto& layout = placement_.layout();
    const bool gaze_on =
        frame.gaze.source != telemetry::GazeSource::none &&
        scene::points_at_stop(layout, frame.gaze.origin_m, frame.gaze.direction, stop_mark_tolerance_rad);
    const bool head_on =
        frame.head.valid() &&
        scene::points_at_stop(layout, frame.head.position_m, frame.head.orientation * glm::vec3(0, 0, -1));
    stop.on_stop_mark = gaze_on || head_on;
  } else {
    stop.hands = {};
  }
  const auto held = stop_detector_.push(stop);
  stop_progress_ = held.progress;
  if (held.stopped || frame.patient_stop) {
    stop_ = true;
    machine_.apply(treatment::Event::patient_stop);
  }
  for (const auto& command : frame.commands) {
    const auto event = treatment::event_of(command.kind);
    stop_ = stop_ || event == treatment::Event::stop || event == treatment::Event::safe_place;
    const auto met = machine_.apply(event, command.value);
    started_ = started_ || (event == treatment::Event::start && met.accepted());
    resumed_ = resumed_ || (event == treatment::Event::resume && met.accepted());
  }

  reports_.clear();
  for (const auto& report : frame.reports) reports_.push_back(report);
  if (spec_.chooses_in_scene) {
    if (const auto answer = panel_.step(frame, placement_.layout(), question_)) reports_.push_back(*answer);
  }
}

/// Where the eyes are in the scene, and how somebody works at a desk.
void Pipeline::observe(const telemetry::Frame& frame, double dt_s) {
  look_ = {};
  const auto& gaze = frame.gaze;
  // Whoever saw another scene looked at nothing of this one.
  if (spec_.sees_scene && gaze.source != telemetry::GazeSource::none) {
    look_.known = true;
    look_.direction = gaze.direction;
    const auto hit = attention::area_hit(gaze.origin_m, gaze.direction, gaze.angular_error_rad,
                                         {frame.aois.begin(), frame.aois.end()});
    if (hit) {
      look_.area = frame.aois[*hit].id;
      look_.role = frame.aois[*hit].role;
    }
  }
  if (place_of(machine_.phase()) == treatment::Place::world)
    work_.push_heart(dt_s, frame.vitals.heart_rate_bpm);
  // The rest before the work, and the break after it, are no work that could be slow.
  if (asked_.activity == telemetry::Activity::work) work_.push(dt_s, frame.task, look_);
  exertion_.push(dt_s, asked_.activity);
}

/// Features, networks, belief: what is known of the patient now.
void Pipeline::estimate(const telemetry::Frame& frame, double dt_s) {
  const auto& shown = directive_;  // of the frame before: what the patient has been seeing, if anything
  const bool seen = frame.headset.visible && !shown.stimulus_hidden;
  const double z = seen ? static_cast<double>(shown.intensity) : 0.0;
  const double u = frame.headset.visible ? static_cast<double>(shown.calm_feedback) : 0.0;
  belief_.predict(dt_s, z, u);
  belief_age_s_ = 0.0;  // a prediction with its widening is current by itself
  const double fading = std::exp(-dt_s / evidence_memory_s);
  report_information_ *= fading;
  body_information_ *= fading;
  if (infers()) answers_alone_.predict(dt_s, z, u);  // without inference the belief is just that
  for (const auto& report : reports_) {
    const double unheard = belief_.state().var_x;
    if (infers() && report.kind == telemetry::ReportKind::suds)
      agreement_.answered(static_cast<double>(report.value) / 100.0, belief_.parameters().suds_sd,
                          belief_.state(), answers_alone_.state());
    hear(report, belief_);
    if (infers()) hear(report, answers_alone_);
    report_information_ += information(unheard, belief_.state().var_x);
  }
  model_age_s_ += dt_s;

  const bool stepped = features_.push(frame);
  if (!stepped || !spec_.networks) return;
  const double before = belief_.state().var_x;
  monitor_ = spec_.networks->infer(features_.current(), features_.own_start());
  if (monitor_->present_count > 0) {
    if (heeds_body()) {
      agreement_.read(monitor_->measured(), answers_alone_.state().x);
      belief_.update_monitor(*monitor_);
    }
    wanted_ = spec_.networks->wanted_change(monitor_->embedding);
    if (wanted_) model_age_s_ = 0.0;
  } else {
    monitor_.reset();
  }
  if (!monitor_ || !heeds_body()) wanted_.reset();  // what it wants comes from the same signs
  if (spec_.sees_scene) engaged_ = features_.engaged();
  if (engaged_ && heeds_body()) belief_.update_attention(*engaged_);
  body_information_ += information(before, belief_.state().var_x);

  auto& snapshot = snapshot_.emplace();
  snapshot.time = frame.time;
  snapshot.features = features_.current().value;
  snapshot.present = features_.current().present;
  for (const auto& part : spec_.networks->explain(features_.current(), features_.own_start())) {
    if (part.signed_share == 0.0F || !heeds_body()) continue;  // a sign that is not heeded explains nothing
    snapshot.top.push_back(
        {static_cast<std::uint16_t>(part.feature), snapshot.features[part.feature], part.signed_share});
  }
  const double evidence = report_information_ + body_information_;
  snapshot.report_share = evidence > 0 ? static_cast<float>(report_information_ / evidence) : 0.0F;
}

treatment::Estimate Pipeline::belief_estimate() const { return estimate_of(belief_.state(), belief_age_s_); }

/// Programme and controller: what is asked of the scene.
void Pipeline::treat(const telemetry::Frame& frame) {
  treatment::ControllerInput input;
  input.time = frame.time;
  input.phase = machine_.phase();
  input.time_in_phase_s = machine_.time_in_phase_s();
  input.phase_time_over = machine_.phase_time_over();
  input.events = machine_.log();
  input.reports = last_reports();
  input.belief = belief_estimate();
  input.response = response_of(belief_);
  if (const auto trust = body_trust())
    input.answers_alone = {estimate_of(answers_alone_.state(), belief_age_s_), response_of(answers_alone_),
                           *trust};
  input.ceiling = machine_.allowance().ceiling;
  input.wanted_change = wanted_;
  if (engaged_) input.attention = *engaged_ ? 1.0F : 0.0F;
  input.intensity = governor_.previous().intensity;
  input.practice.look = look_;
  input.practice.head = frame.head;
  if (spec_.chooses_in_scene || spec_.sees_scene) input.practice.hands = frame.hands;
  input.practice.vitals = frame.vitals;
  for (const auto& area : frame.aois) input.roles[static_cast<std::size_t>(area.role)] = true;
  asked_ = controller_.step(input);
  for (const auto event : asked_.events) machine_.apply(event);
}

/// The last word.
void Pipeline::govern(const telemetry::Frame& frame) {
  treatment::GovernorInput input;
  input.time = frame.time;
  input.allowed = machine_.allowance();
  input.asked_intensity = asked_.intensity;
  input.stop = stop_;
  input.therapist_start = started_;
  input.therapist_resume = resumed_;
  input.headset = frame.headset;
  input.head_valid = frame.head.valid() && frame.head.tracked;
  input.belief = belief_estimate();
  input.model_in_use = spec_.networks != nullptr;
  input.model_age_s = model_age_s_;
  input.suds = asked_.suds;
  input.comfort = asked_.comfort;
  input.unanswered = asked_.unanswered;
  if (frame.vitals.heart_rate_bpm.valid) input.heart_rate_bpm = frame.vitals.heart_rate_bpm.value;
  input.eyes_closed_s = eyes_closed_s_;
  input.therapist_silence_s = static_cast<double>(frame.therapist_silence_s);
  const auto governed = governor_.step(input);
  if (governed.to_safe_place) machine_.apply(treatment::event_of(governed.cause));
}

/// What the scene is told, and what is recorded of how it came about.
void Pipeline::direct(const telemetry::Frame& frame) {
  const auto& governed = governor_.previous();
  question_ = {};
  if (asked_.question != 0) {
    const auto& asked = spec_.programme.questions[asked_.question - 1U];
    question_ = {asked_.question_kind, asked_.asked, asked_.question,
                 static_cast<std::uint8_t>(asked.options.size())};
  }
  const bool calm_place = governed.place == treatment::Place::safe_place;

  directive_ = {};
  directive_.time = frame.time;
  directive_.place = calm_place ? scene::Place::safe_place : scene::Place::world;
  directive_.intensity = governed.intensity;
  directive_.fade = governed.fade;
  directive_.stimulus_hidden = governed.stimulus_hidden;
  directive_.calm_feedback = asked_.calm_feedback;
  directive_.breath_phase = asked_.breath_phase;
  directive_.guide_breaths_per_min = asked_.guide_breaths_per_min;
  directive_.gaze_lead = asked_.gaze_lead;
  directive_.lead_to = asked_.lead_to;
  directive_.gaze_reward = asked_.gaze_reward;
  directive_.probe = asked_.probe;
  directive_.step = asked_.step;
  directive_.activity = asked_.activity;
  directive_.variant = asked_.variant;
  directive_.prompt = asked_.prompt;
  directive_.question = panel_.shown();
  if (!spec_.chooses_in_scene || question_.kind != directive_.question.kind) {
    directive_.question = {};
    directive_.question.kind = question_.kind;
    directive_.question.asked = question_.asked;
    directive_.question.text = question_.text;
    directive_.question.options = question_.options;
    directive_.question.value = 0.5F;
  }
  directive_.question.text = asked_.question;
  directive_.stop_progress = stop_progress_;

  const auto& belief = belief_.state();
  auto& d = decision_;
  d = {};
  d.frame_index = frame.index;
  d.time = frame.time;
  d.directive = directive_;
  d.monitor_valid = monitor_.has_value();
  if (monitor_) {
    d.monitor_estimate = monitor_->estimate;
    d.monitor_sd = monitor_->sd;
  }
  d.x_mean = static_cast<float>(belief.x);
  d.x_variance = static_cast<float>(belief.var_x);
  d.v_mean = static_cast<float>(belief.v);
  d.v_variance = static_cast<float>(belief.var_v);
  d.xv_covariance = static_cast<float>(belief.cov_xv);
  d.engagement_valid = engaged_.has_value();
  d.engagement = engaged_.value_or(false) ? 1.0F : 0.0F;
  d.wanted_valid = wanted_.has_value();
  d.wanted_change = wanted_.value_or(0.0F);
  d.asked_intensity = asked_.intensity;
  d.reason = static_cast<std::uint16_t>(asked_.why);
  if (governed.hold != treatment::Hold::none) d.holds = 1U << static_cast<unsigned>(governed.hold);
  d.state = static_cast<std::uint8_t>(machine_.phase());
  d.phase = static_cast<std::uint16_t>(treatment::unpaused(machine_.phase()));
  d.step = asked_.step;
}

}  // namespace attune::session
