#include "cli/simulate/exposure_protocol.hpp"

#include <algorithm>

#include "cli/simulate/simulated_session.hpp"

namespace attune::cli {

namespace {

treatment::Question suds_question(const treatment::Programme& programme, treatment::Phase phase) {
  treatment::Question question;
  for (const auto& asked : programme.questions) {
    if (asked.kind == telemetry::ReportKind::suds) question.text = asked.text;
  }
  question.phase = phase;
  return question;
}

/// By the protocol; else it runs as it is.
bool is_judged(const treatment::Programme& programme) {
  return programme.kind == "exposure" && programme.order == treatment::Order::ladder;
}

}  // namespace

double simulated_length_s(const treatment::Programme& programme) {
  constexpr double farewell_s = 10.0;
  return is_judged(programme) ? simulated_session_s
                              : std::max(simulated_session_s, programme.duration_s() + farewell_s);
}

treatment::Programme exposure_protocol(const treatment::Programme& programme) {
  if (!is_judged(programme)) return programme;
  auto judged = programme;
  auto& [baseline, exposure, recovery] = judged.phases;
  baseline.limit_s = baseline.minimum_s = protocol::baseline_s;
  baseline.intensity = {protocol::lowest, protocol::lowest};
  baseline.leave.reset();
  exposure.limit_s = exposure.minimum_s = 2.0 * simulated_session_s;
  exposure.intensity = {protocol::lowest, protocol::highest};
  exposure.enter.reset();
  exposure.leave.reset();

  judged.ladder.front().intensity.low = protocol::lowest;
  judged.ladder.back().intensity.high = protocol::highest;
  for (auto& step : judged.ladder) {
    step.limit_s.reset();
    step.go_on.clear();
    step.variants.resize(1);  // that with which the session begins
  }

  auto during = suds_question(programme, treatment::Phase::exposure);
  during.first_after_s = protocol::first_question_s - protocol::baseline_s;
  during.every_s = protocol::ask_every_s;
  judged.questions = {during};
  judged.note = "20 minutes of exposure, as virtual patients are judged in";
  return judged;
}

}  // namespace attune::cli
