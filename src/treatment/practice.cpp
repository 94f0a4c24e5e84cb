#include "attune/treatment/practice.hpp"

#include <algorithm>

#include "attune/treatment/activities/ratings.hpp"

namespace attune::treatment {

using telemetry::Activity;

Practice::Practice(const Programme& programme)
    : programme_(programme),
      pacer_(programme.practices.breathing),
      gaze_reward_(programme.practices.gaze_training),
      probe_(programme.practices.dot_probe),
      grounding_(programme.practices.grounding),
      movement_(programme.practices.movement),
      social_(programme.practices.social),
      answered_(programme.questions.size(), false) {}

void Practice::reset() {
  pacer_.reset();
  gaze_reward_.reset();
  probe_.reset();
  grounding_.reset();
  movement_.reset();
  social_.reset();
  card_ = {};
  thought_ = {};
  out_ = {};
}

void Practice::enter(std::uint16_t step) {
  step_ = step;
  out_ = {};
  std::fill(answered_.begin(), answered_.end(), false);
  begins_in_frames_ = 2;  // the frame in which the step was left may still be before its own `push`
}

/// What is measured in a step begins anew with it; what was found of the breath and the gaze goes on.
void Practice::begin_activity() {
  switch (programme_.ladder[step_].activity) {
    case Activity::dot_probe:
      probe_.reset();
      break;
    case Activity::grounding:
      grounding_.reset();
      break;
    case Activity::movement:
      movement_.reset();
      break;
    case Activity::social:
      social_.reset();
      break;
    default:
      break;
  }
}

const PracticeOutput& Practice::push(const PracticeInput& input) {
  out_ = {};
  if (begins_in_frames_ > 0) {
    if (--begins_in_frames_ > 0) return out_;
    begin_activity();
  }
  switch (programme_.ladder[step_].activity) {
    case Activity::breathing:
      pacer_.push(input.time, input.dt_s, input.vitals);
      out_.breaths_per_min = pacer_.breaths_per_min();
      out_.gaze_reward = pacer_.feedback();
      out_.done = pacer_.done();
      break;
    case Activity::gaze_training:
      out_.gaze_reward = gaze_reward_.push(input.dt_s, input.look);
      break;
    case Activity::dot_probe:
      out_.probe = probe_.push(input.time, input.hands, input.is_asked);
      out_.done = probe_.done();
      break;
    case Activity::grounding:
      grounding_.push(input.dt_s, input.look, input.hands);
      out_.gaze_reward = grounding_.share();
      out_.part = grounding_.part();
      out_.done = grounding_.done();
      break;
    case Activity::movement:
      movement_.push(input.dt_s, input.head, input.hands);
      out_.done = movement_.done();
      break;
    case Activity::social:
      out_.leads_to_people = social_.push(input.dt_s, input.look);
      out_.done = social_.done();
      break;
    case Activity::thought_record:
    case Activity::experiment:
      out_.done = all_answered();
      break;
    default:
      break;
  }
  return out_;
}

bool Practice::all_answered() const {
  bool any = false;
  for (std::size_t i = 0; i < answered_.size(); ++i) {
    if (programme_.questions[i].step != step_) continue;
    any = true;
    if (!answered_[i]) return false;
  }
  return any;
}

void Practice::take_answer(std::uint16_t question, const telemetry::SelfReport& report, bool in_step) {
  if (question != 0) {
    answered_[question - 1U] = true;
    treatment::take_answer(card_, programme_.questions[question - 1U].card, report.value);
  }
  if (!in_step) return;
  const auto activity = programme_.ladder[step_].activity;
  const bool weighs_it = activity == Activity::thought_record || activity == Activity::experiment;
  // How true a thought feels is of the thought wherever it is asked; distress is, where it is weighed.
  if (weighs_it || report.kind == telemetry::ReportKind::belief)
    treatment::take_answer(thought_, report.kind, report.value);
}

PracticeResult Practice::result() const {
  return {card_,
          thought_,
          pacer_.result(),
          gaze_reward_.result(),
          probe_.result(),
          grounding_.result(),
          movement_.result(),
          social_.result()};
}

}  // namespace attune::treatment
