#include "cli/simulate/exposure_protocol.hpp"

#include "cli/simulate/simulated_session.hpp"

namespace attune::cli {

namespace {

constexpr double baseline_s = 10.0;
constexpr double first_question_s = 70.0;  // by then some exposure has been felt, and the answer tells of it
constexpr double ask_every_s = 180.0;
constexpr float lowest = 0.1F, highest = 1.0F;

treatment::Question suds_question(const treatment::Programme& programme, treatment::Phase phase) {
  treatment::Question question;
  for (const auto& asked : programme.questions) {
    if (asked.kind == telemetry::ReportKind::suds) question.text = asked.text;
  }
  question.phase = phase;
  return question;
}

}  // namespace

treatment::Programme exposure_protocol(const treatment::Programme& programme) {
  if (programme.kind != "exposure" || programme.order != treatment::Order::ladder) return programme;
  auto protocol = programme;
  auto& [baseline, exposure, recovery] = protocol.phases;
  baseline.limit_s = baseline.minimum_s = baseline_s;
  baseline.intensity = {lowest, lowest};
  baseline.leave.reset();
  exposure.limit_s = exposure.minimum_s = 2.0 * simulated_session_s;
  exposure.intensity = {lowest, highest};
  exposure.enter.reset();
  exposure.leave.reset();

  protocol.ladder.front().intensity.low = lowest;
  protocol.ladder.back().intensity.high = highest;
  for (auto& step : protocol.ladder) {
    step.limit_s.reset();
    step.go_on.clear();
    step.variants = {0};
  }

  auto during = suds_question(programme, treatment::Phase::exposure);
  during.first_after_s = first_question_s - baseline_s;
  during.every_s = ask_every_s;
  protocol.questions = {during};
  protocol.note = "20 minutes of exposure, as virtual patients are judged in";
  return protocol;
}

}  // namespace attune::cli
