#include <set>

#include "treatment/reading/parts.hpp"

namespace attune::treatment::reading {

namespace {

using telemetry::ReportKind;

constexpr Named<PromptTrigger> trigger_names[] = {
    {"phase_start", PromptTrigger::phase_start},
    {"step_start", PromptTrigger::step_start},
    {"after", PromptTrigger::after},
    {"part", PromptTrigger::part},
    {"step_up", PromptTrigger::step_up},
    {"step_down", PromptTrigger::step_down},
    {"high_distress", PromptTrigger::high_distress},
    {"eased", PromptTrigger::eased},
};
constexpr Named<ReportKind> question_names[] = {
    {"suds", ReportKind::suds},     {"comfort", ReportKind::comfort}, {"expectancy", ReportKind::expectancy},
    {"belief", ReportKind::belief}, {"urge", ReportKind::urge},       {"choice", ReportKind::choice},
};

/// The phase of a prompt or question; what belongs to a step belongs to the middle phase.
Phase phase_of(core::ConfigTable& table, bool has_step) {
  if (!has_step || table.has("phase")) {
    const auto phase = choice(table, "phase", phase_names);
    if (has_step && phase != Phase::exposure) table.problem("phase", "must be exposure: it has a step");
    return phase;
  }
  return Phase::exposure;
}

Prompt read_prompt(core::ConfigTable& table, const Programme& programme) {
  Prompt prompt;
  prompt.id = sentence(table, "id", 40);
  prompt.step = step_named(table, "step", programme.ladder);
  const bool has_step = table.has("step");
  prompt.phase = phase_of(table, has_step);
  prompt.when = choice(table, "when", trigger_names);
  if (prompt.when == PromptTrigger::after) prompt.after_s = table.number("after_s", 0.0, longest_phase_s);
  if (prompt.when == PromptTrigger::part)
    prompt.part = static_cast<std::uint8_t>(table.number("part", 1.0, 5.0));
  const bool of_a_step = prompt.when == PromptTrigger::step_start || prompt.when == PromptTrigger::part;
  if (of_a_step && !has_step) table.problem("when", "needs a step");
  if (prompt.when == PromptTrigger::phase_start && has_step)
    table.problem("when", "must be step_start for the prompt of a step");
  const bool of_exposure =
      !of_a_step && prompt.when != PromptTrigger::phase_start && prompt.when != PromptTrigger::after;
  if (of_exposure && prompt.phase != Phase::exposure) table.problem("when", "happens in the exposure only");
  prompt.show_s = table.number_or("show_s", 8.0, 2.0, 120.0);
  prompt.text = both_languages(table, "en", "zh", programme.feared);
  table.finish();
  return prompt;
}

Question read_question(core::ConfigTable& table, const Programme& programme) {
  Question question;
  question.kind = choice(table, "kind", question_names);
  question.step = step_named(table, "step", programme.ladder);
  question.phase = phase_of(table, table.has("step"));
  if (question.phase != Phase::neutral && question.phase != Phase::exposure &&
      question.phase != Phase::recovery) {
    table.problem("phase", "must be neutral, exposure or recovery");
  }
  question.first_after_s = table.number("first_after_s", 0.0, longest_phase_s);
  question.every_s = table.number_or("every_s", 0.0, 0.0, longest_phase_s);
  question.answer_within_s = table.number_or("answer_within_s", 45.0, 10.0, 180.0);
  const bool is_asked_again = question.every_s > 0.0;
  if (is_asked_again && !table.has_mistake("answer_within_s") && question.every_s <= question.answer_within_s)
    table.problem("every_s", "is not longer than answer_within_s");
  question.text = both_languages(table, "en", "zh", programme.feared);
  if (question.kind == ReportKind::choice) question.options = options(table);
  table.finish();
  return question;
}

}  // namespace

void read_prompts(core::ConfigTable& root, Programme& programme) {
  std::set<std::string> ids;
  for (auto& table : root.tables("prompts")) {
    auto prompt = read_prompt(table, programme);
    if (!prompt.id.empty() && !ids.insert(prompt.id).second)
      table.problem("id", "'" + prompt.id + "' is there twice");
    programme.prompts.push_back(std::move(prompt));
  }
}

void read_questions(core::ConfigTable& root, Programme& programme) {
  bool asks_suds = false;
  auto tables = root.tables("questions");
  for (auto& table : tables) {
    const auto& question = programme.questions.emplace_back(read_question(table, programme));
    asks_suds |= question.kind == ReportKind::suds && question.phase == Phase::exposure && !question.step &&
                 question.every_s > 0.0 && question.every_s <= 300.0;
  }
  if (!tables.empty() && !asks_suds) {
    root.problem("questions", "must ask for suds in the exposure at least every 300 s");
  }
}

}  // namespace attune::treatment::reading
