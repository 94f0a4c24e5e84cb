#include "treatment/programme_check.hpp"

#include <algorithm>
#include <cmath>

#include "attune/treatment/governor.hpp"
#include "treatment/reading/parts.hpp"

namespace attune::treatment {

namespace {

using core::ConfigTable;
using namespace reading;

constexpr Named<Order> order_names[] = {{"ladder", Order::ladder}, {"sequence", Order::sequence}};
constexpr Named<bool Adaptive::*> adaptive_names[] = {
    {"intensity", &Adaptive::intensity},
    {"step", &Adaptive::step},
    {"calm_feedback", &Adaptive::calm_feedback},
    {"gaze_lead", &Adaptive::gaze_lead},
};
constexpr Named<int> kind_names[] = {{"exposure", 0}, {"breathing", 1},   {"cbt", 2},        {"attention", 3},
                                     {"measure", 4},  {"mindfulness", 5}, {"safe-place", 6}, {"work", 7}};
constexpr Named<int> setting_names[] = {{"clinic", 0}, {"home", 1}, {"workplace", 2}, {"education", 3}};

std::optional<Criterion> criterion(ConfigTable& phase, const std::string& key) {
  auto table = phase.table_or_none(key);
  if (!table) return std::nullopt;
  Criterion result;
  result.distress_at_most = number(*table, "suds_at_most", 0.0, 100.0) / 100.0F;
  result.held_s = table->number_or("held_s", 0.0, 0.0, 600.0);
  table->finish();
  return result;
}

/// A limit of the code as a file writes it: 0.02, which as a float is a little less.
double as_written(float limit) { return std::round(1e4 * static_cast<double>(limit)) / 1e4; }

ProgrammeLimits read_limits(ConfigTable& table) {
  ProgrammeLimits limits;
  limits.intensity = range(table, "intensity", {0.0F, absolute::intensity});
  limits.rise_per_s = number(table, "rise_per_s", 0.001, as_written(absolute::rise_per_s));
  limits.fall_per_s = number(table, "fall_per_s", 0.02, absolute::fall_per_s);
  limits.ceiling = number(table, "ceiling_suds", 30.0, as_written(100.0F * absolute::ceiling)) / 100.0F;
  limits.suds_ceiling = number(table, "reported_suds_ceiling", 30.0, absolute::suds_ceiling);
  limits.heart_rate_bpm =
      number_or(table, "heart_rate_bpm", limits.heart_rate_bpm, 90.0, absolute::heart_rate_bpm);
  limits.comfort_at_least = number_or(table, "comfort_at_least", limits.comfort_at_least, 2.0, 10.0);
  table.finish();
  return limits;
}

/// What the values of `[adaptive]` must be to one another, where each of them is sound by itself.
void check_order(ConfigTable& table, const Adaptive& adaptive, const ConfigTable& limits_table,
                 const ProgrammeLimits& limits) {
  const auto are_sound = [&](const char* one, const char* other) {
    return !table.has_mistake(one) && !table.has_mistake(other);
  };
  if (are_sound("target_suds", "down_above_suds") && adaptive.target >= adaptive.down_above)
    table.problem("target_suds", "is not below down_above_suds");
  const bool ceiling_is_known = limits_table.has("ceiling_suds") && !limits_table.has_mistake("ceiling_suds");
  if (ceiling_is_known && adaptive.down_above > limits.ceiling)
    table.problem("down_above_suds", "is above limits.ceiling_suds");
  if (are_sound("guide_off_below_suds", "guide_on_above_suds") &&
      adaptive.guide_off_below >= adaptive.guide_on_above)
    table.problem("guide_off_below_suds", "is not below guide_on_above_suds");
}

Adaptive read_adaptive(ConfigTable table, const ConfigTable& limits_table, const ProgrammeLimits& limits) {
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
  check_order(table, adaptive, limits_table, limits);
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
    if (!table.has_mistake("limit_s") && plan.minimum_s > plan.limit_s)
      table.problem("minimum_s", "is longer than limit_s");
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
      const bool are_sound = !tables[i].has_mistake("intensity") && !tables[1].has_mistake("intensity");
      if (are_sound && programme.phases[i].intensity.high > exposure.low + 1e-6F &&
          programme.phases[i].intensity.high > 0.1F)
        tables[i].problem("intensity", "reaches above the lowest of the exposure");
    }
  }
}

}  // namespace

std::string_view name_of(Phase phase) {
  for (const auto& entry : phase_names) {
    if (entry.value == phase) return entry.name;
  }
  return is_paused(phase) ? "paused" : "unknown";
}

Programme read_programme(core::ConfigFile& file, const ReadingRules& rules) {
  auto& root = file.root();
  Programme programme;
  programme.file_text = file.text();
  if (!root.has("id")) (void)root.text("id");  // is missing
  programme.id = name_or_none(root, "id");
  programme.title = both_languages(root, "title_en", "title_zh", {});
  choice(root, "kind", kind_names);
  programme.kind = root.text_or("kind", "");
  choice(root, "setting", setting_names);
  programme.setting = root.text_or("setting", "");
  programme.world = sentence(root, "world", 40);
  programme.sources = root.texts("sources");
  if (root.has("sources") && programme.sources.empty()) root.problem("sources", "names no clinical source");
  if (root.has("order")) programme.order = choice(root, "order", order_names);
  // Of an order that is none, nothing is asked that only a ladder must have.
  if (root.has_mistake("order")) programme.order = Order::sequence;
  auto limits = root.table("limits");
  programme.limits = read_limits(limits);
  programme.limits.needs_therapist = root.flag_or("needs_therapist", false);
  programme.adaptive = read_adaptive(root.table("adaptive"), limits, programme.limits);
  if (programme.order == Order::sequence)
    programme.adaptive.step = false;  // its steps are no ladder to go up or down
  read_phases(root, programme);
  const auto card = read_card(root, programme, rules);
  read_ladder(root, programme, rules);
  read_prompts(root, programme);
  read_questions(root, programme);
  programme.questions.insert(programme.questions.end(), card.begin(), card.end());
  read_practices(root, programme);
  root.finish();
  return programme;
}

}  // namespace attune::treatment
