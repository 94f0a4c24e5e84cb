#include <algorithm>

#include "treatment/reading/parts.hpp"

namespace attune::treatment::reading {

namespace {

using telemetry::Activity;

bool has_step_of(const Programme& programme, Activity activity) {
  return std::any_of(programme.ladder.begin(), programme.ladder.end(),
                     [&](const Step& step) { return step.activity == activity; });
}

void read_breathing(core::ConfigTable& table, BreathingPlan& plan) {
  plan.protocol = both_languages(table, "protocol_en", "protocol_zh", {});
  plan.start_per_min = number_or(table, "start_per_min", plan.start_per_min, 4.0, 8.0);
  if (table.has("search_per_min")) {
    const auto values = table.numbers("search_per_min", 4.0, 8.0);
    if (values.size() != 2 || values[0] >= values[1]) {
      table.problem("search_per_min", "must be [lowest, highest], two rates from 4 to 8");
    } else {
      plan.search_per_min = {static_cast<float>(values[0]), static_cast<float>(values[1])};
      if (plan.start_per_min < values[0] || plan.start_per_min > values[1])
        table.problem("start_per_min", "is outside of search_per_min");
    }
  }
  plan.by_per_min = number_or(table, "by_per_min", plan.by_per_min, 0.25, 1.0);
  plan.each_s = table.number_or("each_s", plan.each_s, 60.0, 300.0);
  plan.biofeedback = table.flag_or("biofeedback", plan.biofeedback);
}

void read_dot_probe(core::ConfigTable& table, DotProbePlan& plan) {
  plan.trials = static_cast<std::uint16_t>(count_or(table, "trials", plan.trials, 16, 320));
  if (plan.trials % 8 != 0)
    table.problem("trials", "must be a multiple of 8, so that sides and places balance");
  plan.neutral_share = number_or(table, "neutral_share", plan.neutral_share, 0.0, 0.5);
  const auto seconds = [&](const char* key, double& value, double low_ms, double high_ms) {
    value = table.number_or(key, value * 1000.0, low_ms, high_ms) / 1000.0;
  };
  seconds("fixation_ms", plan.fixation_s, 200.0, 2000.0);
  seconds("cue_ms", plan.cue_s, 100.0, 2000.0);
  seconds("answer_within_ms", plan.answer_within_s, 500.0, 5000.0);
  seconds("pause_ms", plan.pause_s, 200.0, 3000.0);
  plan.seed = static_cast<std::uint32_t>(count_or(table, "seed", 1, 0, 1'000'000'000));
}

void read_grounding(core::ConfigTable& table, GroundingPlan& plan) {
  if (table.has("counts")) {
    const auto values = table.numbers("counts", 1.0, 9.0);
    if (values.size() != plan.counts.size()) {
      table.problem("counts", "must be five: to see, touch, hear, smell, taste");
    } else {
      std::transform(values.begin(), values.end(), plan.counts.begin(),
                     [](double value) { return static_cast<std::uint8_t>(value); });
    }
  }
  plan.dwell_s = table.number_or("dwell_s", plan.dwell_s, 0.5, 5.0);
  plan.each_limit_s = table.number_or("each_limit_s", plan.each_limit_s, 10.0, 300.0);
}

}  // namespace

void read_practices(core::ConfigTable& root, Programme& programme) {
  auto& plans = programme.practices;
  const auto part = [&](const char* key, auto read) {
    auto table = root.table_or_none(key);
    if (!table) return;
    read(*table);
    table->finish();
  };
  part("breathing", [&](auto& table) { read_breathing(table, plans.breathing); });
  if (has_step_of(programme, Activity::breathing) && !root.has("breathing"))
    root.problem("breathing", "is missing: a step of breathing needs its protocol named");
  part("gaze_training", [&](auto& table) {
    plans.gaze_training.rise_s = table.number_or("rise_s", plans.gaze_training.rise_s, 1.0, 30.0);
    plans.gaze_training.fall_s = table.number_or("fall_s", plans.gaze_training.fall_s, 0.5, 30.0);
  });
  part("dot_probe", [&](auto& table) { read_dot_probe(table, plans.dot_probe); });
  part("grounding", [&](auto& table) { read_grounding(table, plans.grounding); });
  part("movement", [&](auto& table) {
    plans.movement.move_s = table.number_or("move_s", plans.movement.move_s, 5.0, 300.0);
  });
  part("social", [&](auto& table) {
    plans.social.look_s = table.number_or("look_s", plans.social.look_s, 5.0, 300.0);
  });
}

}  // namespace attune::treatment::reading
