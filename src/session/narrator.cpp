#include "attune/session/narrator.hpp"

#include <cstdio>

namespace attune::session {

namespace {

using record::EventKind;
using treatment::Language;

/// What is rated, in words.
const char* name_of(telemetry::ReportKind kind) {
  switch (kind) {
    case telemetry::ReportKind::suds:
      return "distress (SUDS 0-100)";
    case telemetry::ReportKind::comfort:
      return "comfort (0-10)";
    case telemetry::ReportKind::expectancy:
      return "expectancy (0-100 %)";
    case telemetry::ReportKind::belief:
      return "belief in the thought (0-100 %)";
    case telemetry::ReportKind::urge:
      return "urge (0-100)";
    case telemetry::ReportKind::choice:
      return "choice (number of the option)";
    case telemetry::ReportKind::none:
      break;
  }
  return "";
}

EventKind kind_of(const treatment::LoggedEvent& met) {
  if (met.event == treatment::Event::patient_stop || met.event == treatment::Event::stop ||
      met.event == treatment::Event::safe_place) {
    return EventKind::stopped;
  }
  return met.to != met.from ? EventKind::phase_entered : EventKind::command;
}

/// One or two texts of any length in one buffer, cut where it ends.
struct Sentence {
  std::array<char, 480> text{};
  std::string_view view;
  Sentence(std::string_view first, const char* between, std::string_view second) {
    const int n = std::snprintf(text.data(), text.size(), "%.*s%s%.*s", static_cast<int>(first.size()),
                                first.data(), between, static_cast<int>(second.size()), second.data());
    view = {text.data(), std::min(static_cast<std::size_t>(std::max(n, 0)), text.size() - 1)};
  }
};

}  // namespace

void Narrator::add(core::SessionTime time, EventKind kind, std::string_view text,
                   std::initializer_list<double> values) {
  events_.push_back(record::make_event(time, kind, text, values));
}

std::span<const record::Event> Narrator::tell(const telemetry::Frame& frame, const Pipeline& pipeline) {
  events_.clear();
  const auto& decision = pipeline.last_decision();
  const auto& programme = pipeline.programme();

  for (const auto& command : frame.commands) {
    add(frame.time, EventKind::command, treatment::text(treatment::event_of(command.kind), language_),
        {static_cast<double>(command.kind), static_cast<double>(command.value)});
  }
  for (const auto& met : pipeline.last_events()) {
    if (!met.accepted() || (met.from == met.to && kind_of(met) != EventKind::stopped)) continue;
    add(frame.time, kind_of(met),
        Sentence(treatment::text(met.to, language_), ": ", treatment::text(met.reason, language_)).view,
        {static_cast<double>(met.to)});
  }
  if (decision.step != step_ && decision.step < programme.ladder.size()) {
    step_ = decision.step;
    add(frame.time, EventKind::step_entered, programme.ladder[step_].title.in(language_),
        {static_cast<double>(step_)});
  }
  if (pipeline.hold() != hold_) {
    hold_ = pipeline.hold();
    // That a phase allows no rise is the phase's nature, and no news.
    if (hold_ != treatment::Hold::none && hold_ != treatment::Hold::phase) {
      add(frame.time, EventKind::held, treatment::text(hold_, language_), {static_cast<double>(hold_)});
    }
  }
  if (decision.directive.prompt != prompt_) {
    prompt_ = decision.directive.prompt;
    if (prompt_ != 0)
      add(frame.time, EventKind::prompt_shown, programme.prompts[prompt_ - 1U].text.in(language_));
  }
  const auto& question = decision.directive.question;
  if (question.kind != telemetry::ReportKind::none && question.asked != asked_) {
    asked_ = question.asked;
    add(frame.time, EventKind::question_asked, Sentence("asked: ", "", name_of(question.kind)).view,
        {static_cast<double>(question.kind)});
  }
  for (const auto& report : pipeline.last_reports()) {
    std::array<char, 32> value{};
    std::snprintf(value.data(), value.size(), "answered: %.0f, ", static_cast<double>(report.value));
    add(frame.time, EventKind::question_answered, Sentence(value.data(), "", name_of(report.kind)).view,
        {static_cast<double>(report.kind), static_cast<double>(report.value)});
  }
  return {events_.begin(), events_.size()};
}

void name_codes(record::Meta& meta, const treatment::Programme& programme, Language language) {
  for (int i = 0; i < treatment::phase_count; ++i) {
    const std::string name(treatment::text(static_cast<treatment::Phase>(i), language));
    meta.states.add(static_cast<std::uint32_t>(i), name);
    meta.phases.add(static_cast<std::uint32_t>(i), name);
  }
  for (int i = 1; i < treatment::hold_count; ++i) {
    meta.holds.add(static_cast<std::uint32_t>(i),
                   std::string(treatment::text(static_cast<treatment::Hold>(i), language)));
  }
  for (int i = 0; i < treatment::why_count; ++i) {
    meta.reasons.add(static_cast<std::uint32_t>(i),
                     std::string(treatment::text(static_cast<treatment::Why>(i), language)));
  }
  for (std::uint32_t i = 0; i < state::feature_count; ++i) {
    const auto& feature = state::feature_table[i];
    meta.features.add(i, std::string(language == Language::chinese ? feature.words_zh : feature.words_en));
  }
  for (std::uint32_t i = 0; i < programme.prompts.size(); ++i) {
    meta.prompts.add(i + 1, programme.prompts[i].text.in(language));
  }
}

}  // namespace attune::session
