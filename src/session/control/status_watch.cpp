#include "session/control/status_watch.hpp"

#include <cmath>

namespace attune::session::control {

namespace {

constexpr float body_doubted_below = 0.3F;  // trust: of true bodies few fall under it

}  // namespace

std::optional<Status> StatusWatch::look(const telemetry::Frame& frame, const Pipeline& pipeline) {
  for (const auto& report : pipeline.last_reports()) {
    if (report.kind == telemetry::ReportKind::suds) suds_ = {report.value, report.answered};
  }
  if (last_ && core::seconds_between(*last_, frame.time) < every_s) return std::nullopt;
  last_ = frame.time;

  const auto& decision = pipeline.last_decision();
  const auto& shown = decision.directive;
  Status status;
  status.time = frame.time;
  status.phase = pipeline.phase();
  status.place = shown.place;
  status.stimulus_hidden = shown.stimulus_hidden;
  status.worn = frame.headset.worn;
  status.focused = frame.headset.focused;
  status.head_tracked = frame.head.valid() && frame.head.tracked;
  status.state_mean = decision.x_mean;
  status.state_deviation = std::sqrt(decision.x_variance);
  status.ceiling = pipeline.ceiling();
  status.asked_ceiling = pipeline.asked_ceiling();
  status.intensity = shown.stimulus_hidden ? 0.0F : shown.intensity;
  status.step = decision.step;
  status.steps = static_cast<std::uint16_t>(pipeline.programme().ladder.size());
  status.activity = shown.activity;
  status.suds = suds_;
  status.hold = pipeline.hold();
  status.why = static_cast<treatment::Why>(decision.reason);
  status.question = shown.question;
  status.prompt = shown.prompt;
  status.sensors = sensors_in(frame);
  status.body_doubted = pipeline.body_trust().value_or(1.0F) < body_doubted_below;
  status.therapist_silence_s = frame.therapist_silence_s;
  return status;
}

}  // namespace attune::session::control
