#include "treatment/programme_check.hpp"

#include <algorithm>
#include <set>

#include "attune/treatment/governor.hpp"

namespace attune::treatment {

namespace {

using core::ConfigTable;

constexpr double longest_phase_s = 1800.0;
constexpr std::size_t longest_en = 160, longest_zh = 80;  // characters a panel holds without scrolling

template <typename Value>
struct Named {
  std::string_view name;
  Value value;
};

constexpr Named<Phase> phase_names[] = {
    {"waiting", Phase::waiting},   {"neutral", Phase::neutral},       {"exposure", Phase::exposure},
    {"recovery", Phase::recovery}, {"safe_place", Phase::safe_place}, {"paused", Phase::paused_exposure},
    {"ended", Phase::ended},
};
constexpr Named<PromptTrigger> trigger_names[] = {
    {"phase_start", PromptTrigger::phase_start},
    {"after", PromptTrigger::after},
    {"step_up", PromptTrigger::step_up},
    {"step_down", PromptTrigger::step_down},
    {"high_distress", PromptTrigger::high_distress},
    {"eased", PromptTrigger::eased},
};
constexpr Named<telemetry::ReportKind> question_names[] = {
    {"suds", telemetry::ReportKind::suds},
    {"comfort", telemetry::ReportKind::comfort},
    {"expectancy", telemetry::ReportKind::expectancy},
};
constexpr Named<bool Adaptive::*> adaptive_names[] = {
    {"intensity", &Adaptive::intensity},
    {"step", &Adaptive::step},
    {"calm_feedback", &Adaptive::calm_feedback},
    {"gaze_lead", &Adaptive::gaze_lead},
};
constexpr Named<int> kind_names[] = {{"exposure", 0}};
constexpr Named<int> setting_names[] = {{"clinic", 0}, {"home", 1}, {"workplace", 2}, {"education", 3}};

/// The value that a text names; with another text, a problem that lists what is possible, and the first of
/// them.
template <typename Value, std::size_t N>
Value choice(ConfigTable& table, const std::string& key, const std::string& chosen,
             const Named<Value> (&names)[N]) {
  std::string possible;
  for (const auto& entry : names) {
    if (entry.name == chosen) return entry.value;
    possible += (possible.empty() ? "" : ", ") + std::string(entry.name);
  }
  if (!chosen.empty()) table.problem(key, "is '" + chosen + "', but must be one of: " + possible);
  return names[0].value;
}
template <typename Value, std::size_t N>
Value choice(ConfigTable& table, const std::string& key, const Named<Value> (&names)[N]) {
  const bool is_there = table.has(key);
  const auto chosen = table.text(key);
  if (is_there && chosen.empty()) table.problem(key, "is empty");
  return choice(table, key, chosen, names);
}

float number(ConfigTable& table, const std::string& key, double low, double high) {
  return static_cast<float>(table.number(key, low, high));
}
float number_or(ConfigTable& table, const std::string& key, float fallback, double low, double high) {
  return table.has(key) ? number(table, key, low, high) : fallback;
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string sentence(ConfigTable& table, const std::string& key, std::size_t longest) {
  const bool is_there = table.has(key);
  auto text = table.text(key);
  if (is_there && text.empty()) table.problem(key, "is empty");
  if (characters(text) > longest) {
    table.problem(key, "has " + std::to_string(characters(text)) + " characters, more than the " +
                           std::to_string(longest) + " that a panel holds");
  }
  return text;
}

Text both_languages(ConfigTable& table, const std::string& en, const std::string& zh) {
  Text text{sentence(table, en, longest_en), sentence(table, zh, longest_zh)};
  const bool has_chinese = std::any_of(text.zh.begin(), text.zh.end(),
                                       [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
  if (!text.zh.empty() && !has_chinese) table.problem(zh, "holds no Chinese");
  return text;
}

IntensityRange range(ConfigTable& table, const std::string& key, IntensityRange within) {
  const bool is_there = table.has(key);
  const auto values = table.numbers(key, 0.0, absolute::intensity);
  if (!is_there) return within;
  if (values.size() != 2) {
    table.problem(key, "must be [lowest, highest], two numbers from 0 to 1");
    return within;
  }
  const IntensityRange result{static_cast<float>(values[0]), static_cast<float>(values[1])};
  if (result.low > result.high) table.problem(key, "has its highest below its lowest");
  if (result.low < within.low || result.high > within.high)
    table.problem(key, "leaves the range of limits.intensity");
  return result;
}

std::optional<Criterion> criterion(ConfigTable& phase, const std::string& key) {
  auto table = phase.table_or_none(key);
  if (!table) return std::nullopt;
  Criterion result;
  result.distress_at_most = number(*table, "suds_at_most", 0.0, 100.0) / 100.0F;
  result.held_s = table->number_or("held_s", 0.0, 0.0, 600.0);
  table->finish();
  return result;
}

ProgrammeLimits read_limits(ConfigTable table) {
  ProgrammeLimits limits;
  limits.intensity = range(table, "intensity", {0.0F, absolute::intensity});
  limits.rise_per_s = number(table, "rise_per_s", 0.001, absolute::rise_per_s + 1e-6);
  limits.fall_per_s = number(table, "fall_per_s", 0.02, absolute::fall_per_s);
  limits.ceiling = number(table, "ceiling_suds", 30.0, 100.0 * absolute::ceiling + 1e-4) / 100.0F;
  limits.suds_ceiling = number(table, "reported_suds_ceiling", 30.0, absolute::suds_ceiling);
  limits.heart_rate_bpm =
      number_or(table, "heart_rate_bpm", limits.heart_rate_bpm, 90.0, absolute::heart_rate_bpm);
  limits.comfort_at_least = number_or(table, "comfort_at_least", limits.comfort_at_least, 2.0, 10.0);
  table.finish();
  return limits;
}

Adaptive read_adaptive(ConfigTable table, const ProgrammeLimits& limits) {
  Adaptive adaptive;
  for (const auto& entry : adaptive_names) adaptive.*entry.value = false;
  for (const auto& name : table.texts("may_change")) {
    bool known = false;
    for (const auto& entry : adaptive_names) {
      if (entry.name != name) continue;
      adaptive.*entry.value = true;
      known = true;
    }
    if (!known) {
      table.problem("may_change",
                    "holds '" + name + "', but knows only: intensity, step, calm_feedback, gaze_lead");
    }
  }
  adaptive.target = number_or(table, "target_suds", 65.0F, 20.0, 80.0) / 100.0F;
  adaptive.up_at_most = number_or(table, "up_at_most_suds", 70.0F, 20.0, 90.0) / 100.0F;
  adaptive.down_above = number_or(table, "down_above_suds", 80.0F, 20.0, 95.0) / 100.0F;
  adaptive.guide_on_above = number_or(table, "guide_on_above_suds", 75.0F, 20.0, 95.0) / 100.0F;
  adaptive.guide_off_below = number_or(table, "guide_off_below_suds", 60.0F, 10.0, 90.0) / 100.0F;
  adaptive.guide_breaths_per_min = number_or(table, "guide_breaths_per_min", 6.0F, 4.0, 12.0);
  if (adaptive.target >= adaptive.down_above) table.problem("target_suds", "is not below down_above_suds");
  if (adaptive.down_above > limits.ceiling) table.problem("down_above_suds", "is above limits.ceiling_suds");
  if (adaptive.guide_off_below >= adaptive.guide_on_above) {
    table.problem("guide_off_below_suds", "is not below guide_on_above_suds");
  }
  table.finish();
  return adaptive;
}

void read_phases(ConfigTable& root, Programme& programme) {
  constexpr Phase order[] = {Phase::neutral, Phase::exposure, Phase::recovery};
  auto tables = root.tables("phases");
  if (root.has("phases") && tables.size() != 3) {
    root.problem("phases", "must be three, in this order: neutral, exposure, recovery");
  }
  for (std::size_t i = 0; i < tables.size(); ++i) {
    auto& table = tables[i];
    PhasePlan plan;
    plan.phase = choice(table, "phase", phase_names);
    if (i < 3 && plan.phase != order[i] && table.has("phase")) {
      table.problem("phase",
                    "must be '" + std::string(name_of(order[i])) + "' here: neutral, exposure, recovery");
    }
    plan.limit_s = table.number("limit_s", 5.0, longest_phase_s);
    plan.minimum_s = table.number_or("minimum_s", 0.0, 0.0, longest_phase_s);
    if (plan.minimum_s > plan.limit_s) table.problem("minimum_s", "is longer than limit_s");
    plan.intensity = range(table, "intensity", programme.limits.intensity);
    plan.enter = criterion(table, "enter");
    plan.leave = criterion(table, "leave");
    if (plan.enter && plan.phase != Phase::exposure) table.problem("enter", "belongs to the exposure only");
    table.finish();
    if (i < 3) programme.phases[i] = plan;
  }
  const auto& exposure = programme.phases[1].intensity;
  if (tables.size() == 3) {
    for (const std::size_t i : {std::size_t{0}, std::size_t{2}}) {
      // A recovery that may be as strong as the exposure would be none.
      if (programme.phases[i].intensity.high > exposure.low + 1e-6F &&
          programme.phases[i].intensity.high > 0.1F) {
        tables[i].problem("intensity", "reaches above the lowest of the exposure");
      }
    }
  }
}

void read_ladder(ConfigTable& root, Programme& programme) {
  const auto& exposure = programme.phases[1].intensity;
  auto tables = root.tables("ladder");
  if (root.has("ladder") && (tables.empty() || tables.size() > 20))
    root.problem("ladder", "must have 1 to 20 steps");
  for (auto& table : tables) {
    Step step;
    step.title = both_languages(table, "title_en", "title_zh");
    step.intensity = range(table, "intensity", programme.limits.intensity);
    step.hold_s = table.number("hold_s", 0.0, longest_phase_s);
    if (step.intensity.high > exposure.high + 1e-6F)
      table.problem("intensity", "goes above the exposure's highest");
    if (step.intensity.low < exposure.low - 1e-6F)
      table.problem("intensity", "goes below the exposure's lowest");
    if (!programme.ladder.empty()) {
      const auto& below = programme.ladder.back().intensity;
      if (step.intensity.high <= below.high) table.problem("intensity", "is no harder than the step before");
      if (step.intensity.low > below.high + 1e-6F)
        table.problem("intensity", "leaves a gap to the step before");
    }
    table.finish();
    programme.ladder.push_back(std::move(step));
  }
}

void read_prompts(ConfigTable& root, Programme& programme) {
  std::set<std::string> ids;
  for (auto& table : root.tables("prompts")) {
    Prompt prompt;
    prompt.id = sentence(table, "id", 40);
    if (!prompt.id.empty() && !ids.insert(prompt.id).second)
      table.problem("id", "'" + prompt.id + "' is there twice");
    prompt.phase = choice(table, "phase", phase_names);
    prompt.when = choice(table, "when", trigger_names);
    if (prompt.when == PromptTrigger::after) prompt.after_s = table.number("after_s", 0.0, longest_phase_s);
    const bool of_exposure = prompt.when != PromptTrigger::phase_start && prompt.when != PromptTrigger::after;
    if (of_exposure && prompt.phase != Phase::exposure) table.problem("when", "happens in the exposure only");
    prompt.show_s = table.number_or("show_s", 8.0, 2.0, 120.0);
    prompt.text = both_languages(table, "en", "zh");
    table.finish();
    programme.prompts.push_back(std::move(prompt));
  }
}

void read_questions(ConfigTable& root, Programme& programme) {
  bool asks_suds = false;
  auto tables = root.tables("questions");
  for (auto& table : tables) {
    Question question;
    question.kind = choice(table, "kind", question_names);
    question.phase = choice(table, "phase", phase_names);
    if (question.phase != Phase::neutral && question.phase != Phase::exposure &&
        question.phase != Phase::recovery) {
      table.problem("phase", "must be neutral, exposure or recovery");
    }
    question.first_after_s = table.number("first_after_s", 0.0, longest_phase_s);
    question.every_s = table.number_or("every_s", 0.0, 0.0, longest_phase_s);
    question.answer_within_s = table.number_or("answer_within_s", 45.0, 10.0, 180.0);
    if (question.every_s > 0.0 && question.every_s <= question.answer_within_s) {
      table.problem("every_s", "is not longer than answer_within_s");
    }
    question.text = both_languages(table, "en", "zh");
    table.finish();
    asks_suds |= question.kind == telemetry::ReportKind::suds && question.phase == Phase::exposure &&
                 question.every_s > 0.0 && question.every_s <= 300.0;
    programme.questions.push_back(std::move(question));
  }
  if (!tables.empty() && !asks_suds) {
    root.problem("questions", "must ask for suds in the exposure at least every 300 s");
  }
}

}  // namespace

std::string_view name_of(Phase phase) {
  for (const auto& entry : phase_names) {
    if (entry.value == phase) return entry.name;
  }
  return is_paused(phase) ? "paused" : "unknown";
}

Programme read_programme(core::ConfigFile& file) {
  auto& root = file.root();
  Programme programme;
  programme.file_text = file.text();
  programme.id = root.text("id");
  const auto id_fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  if (root.has("id") &&
      (programme.id.empty() || !std::all_of(programme.id.begin(), programme.id.end(), id_fits))) {
    root.problem("id", "must be lower-case letters, digits and hyphens");
  }
  programme.title = both_languages(root, "title_en", "title_zh");
  choice(root, "kind", kind_names);
  programme.kind = root.text_or("kind", "");
  choice(root, "setting", setting_names);
  programme.setting = root.text_or("setting", "");
  programme.world = sentence(root, "world", 40);
  programme.sources = root.texts("sources");
  if (root.has("sources") && programme.sources.empty()) root.problem("sources", "names no clinical source");
  programme.limits = read_limits(root.table("limits"));
  programme.adaptive = read_adaptive(root.table("adaptive"), programme.limits);
  read_phases(root, programme);
  read_ladder(root, programme);
  read_prompts(root, programme);
  read_questions(root, programme);
  root.finish();
  return programme;
}

}  // namespace attune::treatment
