#include "attune/session/narrator.hpp"

#include <algorithm>

#include "attune/treatment/governor.hpp"
#include "session/anxiety_words.hpp"
#include "session/met_commands.hpp"
#include "session/practice_words.hpp"

namespace attune::session {

namespace {

using record::EventKind;
using treatment::Language;

constexpr double old_hold_s = 3.0;  // a reason to hold that was there so shortly before is no new one

/// What is rated, in words.
const char* name_of(telemetry::ReportKind kind, Language language) {
  const bool chinese = language == Language::chinese;
  switch (kind) {
    case telemetry::ReportKind::suds:
      return chinese ? "痛苦程度（SUDS 0–100）" : "distress (SUDS 0-100)";
    case telemetry::ReportKind::comfort:
      return chinese ? "舒适度（0–10）" : "comfort (0-10)";
    case telemetry::ReportKind::expectancy:
      return chinese ? "预期可能性（0–100%）" : "expectancy (0-100 %)";
    case telemetry::ReportKind::belief:
      return chinese ? "对想法的相信程度（0–100%）" : "belief in the thought (0-100 %)";
    case telemetry::ReportKind::urge:
      return chinese ? "冲动程度（0–100）" : "urge (0-100)";
    case telemetry::ReportKind::choice:
      return chinese ? "选择（选项序号）" : "choice (number of the option)";
    case telemetry::ReportKind::none:
      break;
  }
  return "";
}

/// An answer with what it answers.
FixedText answer_words(const telemetry::SelfReport& report, Language language) {
  const bool chinese = language == Language::chinese;
  const bool counted = report.kind == telemetry::ReportKind::choice;  // people count options from 1
  FixedText text;
  text.add(chinese ? "回答：%.3g，%s" : "answered: %.3g, %s",
           static_cast<double>(report.value) + (counted ? 1.0 : 0.0), name_of(report.kind, language));
  return text;
}

/// A command, with the answer of the session machine where no phase that is entered tells it.
FixedText command_words(const telemetry::Command& command, treatment::Reason reason, treatment::Middle middle,
                        Language language) {
  using treatment::Reason;
  const bool raises = command.kind == telemetry::CommandKind::raise_ceiling;
  FixedText text;
  if (raises)
    text.add(language == Language::chinese ? "提高上限至 %.0f SUDS" : "raise the ceiling to %.0f SUDS",
             100.0 * static_cast<double>(std::min(command.value, treatment::absolute::ceiling)));
  else
    text.add_text(treatment::text(treatment::event_of(command.kind), language));
  if (reason == Reason::none || !(raises || reason == Reason::not_possible_now)) return text;
  text.add_text(": ");
  text.add_text(treatment::text(reason, middle, language));
  return text;
}

EventKind kind_of(const treatment::LoggedEvent& met) {
  if (met.event == treatment::Event::patient_stop || met.event == treatment::Event::stop ||
      met.event == treatment::Event::safe_place) {
    return EventKind::stopped;
  }
  return met.to != met.from ? EventKind::phase_entered : EventKind::command;
}

FixedText cause_words(treatment::MoveCause cause, Language language) {
  using treatment::MoveCause;
  const bool chinese = language == Language::chinese;
  FixedText text;
  switch (cause) {
    case MoveCause::steering:
      text.add_text(chinese ? "根据来访者的承受能力调整级别" : "as the patient can take it");
      break;
    case MoveCause::report:
      text.add_text(chinese ? "退回一级：来访者报告痛苦程度高"
                            : "a step down: the patient reported high distress");
      break;
    case MoveCause::way:
      text.add_text(chinese ? "已达到本级目标" : "what this step is for has been reached");
      break;
    case MoveCause::limit:
      text.add_text(chinese ? "本级时间已到" : "the time for this step is over");
      break;
    case MoveCause::therapist:
      break;
  }
  return text;
}

/// The move is the machine saying that the patient is likely anxious.
bool says_anxious(const treatment::StepMove& move, const std::vector<treatment::Step>& steps) {
  if (move.cause != treatment::MoveCause::way || move.from >= steps.size()) return false;
  const auto& ways = steps[move.from].go_on;
  return move.way < ways.size() && ways[move.way].distress_at_least.has_value();
}

}  // namespace

void Narrator::add(core::SessionTime time, EventKind kind, std::string_view text,
                   std::initializer_list<double> values) {
  events_.push_back(record::make_event(time, kind, text, values));
}

std::span<const record::Event> Narrator::tell(const telemetry::Frame& frame, const Pipeline& pipeline) {
  events_.clear();
  if (const auto& snapshot = pipeline.last_snapshot()) signs_ = snapshot;
  tell_commands(frame, pipeline);
  tell_steps(frame.time, pipeline);
  tell_hold(frame.time, pipeline);
  tell_questions(frame.time, pipeline);
  return {events_.begin(), events_.size()};
}

void Narrator::tell_commands(const telemetry::Frame& frame, const Pipeline& pipeline) {
  const auto middle = pipeline.programme().middle();
  const auto reasons = reasons_of(frame, pipeline.last_events());
  for (std::size_t i = 0; i < frame.commands.size(); ++i) {
    const auto& command = frame.commands[i];
    add(frame.time, EventKind::command, command_words(command, reasons[i], middle, language_).view(),
        {static_cast<double>(command.kind), static_cast<double>(command.value)});
  }
  for (const auto& met : pipeline.last_events()) {
    if (!met.accepted() || (met.from == met.to && kind_of(met) != EventKind::stopped)) continue;
    FixedText sentence;
    sentence.add_text(treatment::text(met.to, middle, language_));
    sentence.add_text(": ");
    sentence.add_text(treatment::text(met.reason, middle, language_));
    add(frame.time, kind_of(met), sentence.view(), {static_cast<double>(met.to)});
  }
}

void Narrator::tell_steps(core::SessionTime time, const Pipeline& pipeline) {
  const auto& ladder = pipeline.programme().ladder;
  const auto& asked = pipeline.last_asked();
  if (asked.left && *asked.left < ladder.size()) tell_practice(time, ladder[*asked.left].activity, pipeline);
  if (asked.moved && asked.moved->cause != treatment::MoveCause::therapist) {
    const auto& move = *asked.moved;
    const double from = move.from, to = move.to, cause = static_cast<double>(move.cause);
    const auto* signs = pipeline.heeds_body() && signs_ ? &*signs_ : nullptr;
    const auto why = says_anxious(move, ladder) ? anxiety_words(likely_anxiety(pipeline.last_decision()),
                                                                signs, pipeline.work_signs(), language_)
                                                : cause_words(move.cause, language_);
    add(time, EventKind::step_left, why.view(), {from, to, cause});
  }
  const bool in_steps = treatment::unpaused(pipeline.phase()) == treatment::Phase::exposure;
  const auto step = pipeline.last_decision().step;
  if (!in_steps || step >= ladder.size()) {
    step_.reset();
    return;
  }
  if (step_ == step) return;
  step_ = step;
  add(time, EventKind::step_entered, ladder[step].title.in(language_), {static_cast<double>(step)});
}

/// What came of what was practised.
void Narrator::tell_practice(core::SessionTime time, telemetry::Activity activity, const Pipeline& pipeline) {
  const auto result = pipeline.practice_result();
  const auto words = practice_words(activity, result, pipeline.programme(), language_);
  if (words.view().empty()) return;
  const double code = static_cast<double>(activity);
  if (const auto figure = practice_figure(activity, result))
    add(time, EventKind::practice, words.view(), {code, *figure});
  else
    add(time, EventKind::practice, words.view(), {code});
}

void Narrator::tell_hold(core::SessionTime time, const Pipeline& pipeline) {
  const auto hold = pipeline.hold();
  // That a phase allows no rise is the phase's nature, and no news.
  if (hold == treatment::Hold::none || hold == treatment::Hold::phase) return;
  // Networks that nobody has asked yet, since nothing is known of the patient, have not fallen silent.
  if (hold == treatment::Hold::model_stale && !(signs_ && signs_->present.any())) return;
  // Nor is one that comes and goes, as near a bound.
  auto& last = last_held_[static_cast<std::size_t>(hold)];
  const bool is_news = !last || core::seconds_between(*last, time) > old_hold_s;
  last = time;
  if (is_news) add(time, EventKind::held, treatment::text(hold, language_), {static_cast<double>(hold)});
}

void Narrator::tell_questions(core::SessionTime time, const Pipeline& pipeline) {
  const auto& directive = pipeline.last_decision().directive;
  if (directive.prompt != prompt_) {
    prompt_ = directive.prompt;
    if (prompt_ != 0)
      add(time, EventKind::prompt_shown, pipeline.programme().prompts[prompt_ - 1U].text.in(language_));
  }
  const auto& question = directive.question;
  if (question.kind != telemetry::ReportKind::none && question.asked != asked_) {
    asked_ = question.asked;
    FixedText sentence;
    sentence.add(language_ == Language::chinese ? "提问：%s" : "asked: %s",
                 name_of(question.kind, language_));
    add(time, EventKind::question_asked, sentence.view(), {static_cast<double>(question.kind)});
  }
  for (const auto& report : pipeline.last_reports()) {
    add(time, EventKind::question_answered, answer_words(report, language_).view(),
        {static_cast<double>(report.kind), static_cast<double>(report.value)});
  }
  const auto card = pipeline.practice_result().card;
  const bool complete = card.before && card.after;
  if (complete && !card_told_) {
    add(time, EventKind::practice, card_words(card, pipeline.programme(), language_).view(),
        {static_cast<double>(telemetry::Activity::exposure), static_cast<double>(*card.before),
         static_cast<double>(*card.after)});
  }
  card_told_ = complete;
}

void name_codes(record::Meta& meta, const treatment::Programme& programme, Language language) {
  for (int i = 0; i < treatment::phase_count; ++i) {
    const std::string name(treatment::text(static_cast<treatment::Phase>(i), programme.middle(), language));
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
