#include <cmath>
#include <limits>
#include <set>

#include "attune/treatment/governor.hpp"
#include "treatment/reading/parts.hpp"
#include "treatment/reading/world_parameters.hpp"

namespace attune::treatment::reading {

using telemetry::Activity;

namespace {

constexpr float edge = 1e-6F;  // what two decimals of a file may differ by

std::optional<float> bound(core::ConfigTable& table, const std::string& key, double unit) {
  if (!table.has(key)) return std::nullopt;
  return static_cast<float>(table.number(key, 0.0, 100.0) / unit);
}

/// Activities that know by themselves when they are over.
bool comes_to_an_end(Activity activity) {
  return activity != Activity::exposure && activity != Activity::gaze_training &&
         activity != Activity::work && activity != Activity::rest;
}

WayOn read_way(core::ConfigTable& table, const Programme& programme, Activity activity) {
  WayOn way;
  way.distress_at_most = bound(table, "suds_at_most", 100.0);
  way.distress_at_least = bound(table, "suds_at_least", 100.0);
  way.expectancy_at_most = bound(table, "expectancy_at_most", 1.0);
  way.belief_at_most = bound(table, "belief_at_most", 1.0);
  way.urge_at_most = bound(table, "urge_at_most", 1.0);
  if (table.has("after_s")) way.after_s = table.number("after_s", 0.0, longest_phase_s);
  way.done = table.flag_or("done", false);
  way.held_s = table.number_or("held_s", 0.0, 0.0, 600.0);
  const bool says_something = way.distress_at_most || way.distress_at_least || way.expectancy_at_most ||
                              way.belief_at_most || way.urge_at_most || way.after_s || way.done;
  if (!says_something) table.problem("held_s", "holds for no condition: at least one must be there");
  if (way.done && !comes_to_an_end(activity)) table.problem("done", "never comes with this activity");
  if (table.has("to")) {
    way.to = step_named(table, "to", programme.ladder);
    if (programme.order == Order::ladder) table.problem("to", "belongs to order = \"sequence\"");
  }
  table.finish();
  return way;
}

void read_variants(core::ConfigTable& table, Step& step) {
  if (table.has("variants")) {
    const auto values = table.numbers("variants", 0.0, 4.0);
    step.variants.clear();
    for (const double value : values) {
      if (value != std::floor(value)) table.problem("variants", "must hold whole numbers from 0 to 4");
      step.variants.push_back(static_cast<std::uint8_t>(value));
    }
    if (step.variants.empty() || step.variants.size() > 16) {
      table.problem("variants", "must be 1 to 16");
      step.variants = {0};
    }
  }
  step.vary_s = table.number_or("vary_s", step.vary_s, 20.0, longest_phase_s);
}

void read_parameters(core::ConfigTable& table, Step& step, const std::optional<WorldParameters>& world) {
  auto parameters = table.table_or_none("parameters");
  if (!parameters) return;
  constexpr double any = std::numeric_limits<double>::max();
  for (const auto& name : parameters->keys()) {
    if (parameters->is_number(name)) {
      step.parameters.push_back({name, parameters->number(name, -any, any)});
    } else {
      step.parameters.push_back({name, parameters->text(name)});
    }
    if (world) world->check(*parameters, name);
  }
}

/// @param below  the step before, whose intensity is known; none for the first
void check_intensity(core::ConfigTable& table, const Step& step, const Programme& programme,
                     const Step* below) {
  const auto& exposure = programme.phases[1].intensity;
  if (step.intensity.high > exposure.high + edge)
    table.problem("intensity", "goes above the exposure's highest");
  if (step.intensity.low < exposure.low - edge)
    table.problem("intensity", "goes below the exposure's lowest");
  if (forbids_exposure(step.activity) && step.intensity.high > 0.0F) {
    table.problem("intensity",
                  "must be [0.0, 0.0]: gaze training and dot-probe pull the eyes where exposure must not");
  }
  if (programme.order == Order::sequence) return;
  if (!shows_exposure(step.activity) && step.activity != Activity::none)
    table.problem("activity", "stands on no ladder, which is one of exposure: use order = \"sequence\"");
  if (below == nullptr) return;
  if (step.intensity.high <= below->intensity.high)
    table.problem("intensity", "is no harder than the step before");
  if (step.intensity.low > below->intensity.high + edge)
    table.problem("intensity", "leaves a gap to the step before");
}

Step read_step(core::ConfigTable& table, const Programme& programme, const Step* below) {
  Step step;
  step.id = name_or_none(table, "id");
  step.title = both_languages(table, "title_en", "title_zh", programme.feared);
  if (table.has("activity")) {
    const auto chosen = table.text("activity");
    step.activity = choice(table, "activity", chosen, activity_names);
    // Of an activity that is none, nothing more is asked: one mistake is told once.
    if (name_of(step.activity) != chosen) step.activity = Activity::none;
  }
  const bool exposes = step.activity == Activity::exposure || step.activity == Activity::experiment;
  const float lowest = forbids_exposure(step.activity) ? 0.0F : programme.phases[1].intensity.low;
  step.intensity = {lowest, lowest};
  if (exposes || table.has("intensity"))
    step.intensity = range(table, "intensity", programme.limits.intensity);
  step.hold_s = programme.order == Order::ladder ? table.number("hold_s", 0.0, longest_phase_s)
                                                 : table.number_or("hold_s", 0.0, 0.0, longest_phase_s);
  if (table.has("limit_s")) {
    step.limit_s = table.number("limit_s", 5.0, longest_phase_s);
    if (!table.has_mistake("hold_s") && *step.limit_s < step.hold_s)
      table.problem("limit_s", "is shorter than hold_s");
  }
  read_variants(table, step);
  if (!table.has_mistake("intensity")) check_intensity(table, step, programme, below);
  return step;
}

}  // namespace

void read_ladder(core::ConfigTable& root, Programme& programme, const ReadingRules& rules) {
  auto tables = root.tables("ladder");
  if (root.has("ladder") && (tables.empty() || tables.size() > 20))
    root.problem("ladder", "must have 1 to 20 steps");
  const auto world = rules.prescribed ? WorldParameters::of_world(programme.world) : std::nullopt;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const bool below_is_known = i > 0 && !tables[i - 1].has_mistake("intensity");
    auto step = read_step(tables[i], programme, below_is_known ? &programme.ladder.back() : nullptr);
    if (!step.id.empty() && !ids.insert(step.id).second)
      tables[i].problem("id", "'" + step.id + "' is there twice");
    const bool must_end = programme.order == Order::sequence && !root.has_mistake("order");
    if (must_end && !step.limit_s && i + 1 < tables.size())
      tables[i].problem("limit_s", "is missing: a step of a sequence must end");
    read_parameters(tables[i], step, world);
    programme.ladder.push_back(std::move(step));
  }
  // A way on may lead to a step further down.
  for (std::size_t i = 0; i < tables.size(); ++i) {
    auto ways = tables[i].tables_or_none("go_on");
    if (ways.size() > most_ways_on) tables[i].problem("go_on", "holds more than 8 ways");
    for (auto& way : ways)
      programme.ladder[i].go_on.push_back(read_way(way, programme, programme.ladder[i].activity));
    tables[i].finish();
  }
}

}  // namespace attune::treatment::reading

namespace attune::treatment {

std::string_view name_of(telemetry::Activity activity) {
  for (const auto& entry : reading::activity_names) {
    if (entry.value == activity) return entry.name;
  }
  return "none";
}

}  // namespace attune::treatment
