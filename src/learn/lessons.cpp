#include "learn/lessons.hpp"

#include <algorithm>
#include <array>

#include "learn/network_files.hpp"

namespace attune::learn {

namespace {

constexpr std::size_t fewest_parts = 3;  // to learn from, to choose by, to be judged

/// Hides groups of features, and sensors with all their groups, each with the given chance.
Disturb hide_groups(double chance) {
  return [chance](float* row, std::mt19937_64& random) {
    std::uniform_real_distribution<double> uniform;
    std::array<bool, state::feature_group_count> group_hidden{};
    std::array<bool, state::sensor_count> sensor_hidden{};
    for (auto& hidden : group_hidden) hidden = uniform(random) < chance;
    for (auto& hidden : sensor_hidden) hidden = uniform(random) < chance;
    for (std::size_t i = 0; i < state::feature_count; ++i) {
      const auto group = state::feature_table[i].group;
      if (group_hidden[static_cast<std::size_t>(group)] ||
          sensor_hidden[static_cast<std::size_t>(state::sensor_of(group))])
        row[i] = 0.0F;
    }
  };
}

/// @param judged, validation  parts; every other part is learnt from.
core::Result<Lesson> lesson_of(const Dataset& data, const std::map<std::string, std::size_t>& part_of,
                               std::size_t judged, std::size_t validation) {
  Lesson lesson;
  for (const auto& sample : data) {
    const auto part = part_of.at(sample.person);
    (part == judged       ? lesson.judged
     : part == validation ? lesson.validation
                          : lesson.training)
        .push_back(&sample);
  }
  lesson.standardisation = standardisation_of(lesson.training);
  const auto& scale = lesson.standardisation.scale;
  if (std::none_of(scale.begin(), scale.end(), [](float s) { return s > 0.0F; }))
    return core::bad_input("no feature varies over the training people");
  lesson.training_rows = rows_of(lesson.training, lesson.standardisation);
  lesson.validation_rows = rows_of(lesson.validation, lesson.standardisation);
  return lesson;
}

}  // namespace

core::Result<std::vector<Lesson>> lessons_of(const Dataset& data, std::size_t parts, std::uint64_t seed) {
  parts = std::min(parts, data.people().size());
  if (parts < fewest_parts)
    return core::bad_input(
        "there are too few people to learn from some, choose by others and judge by others");
  const auto part_of = data.parts_by_people(parts, seed);
  const auto nobody = parts;
  std::vector<Lesson> lessons;
  for (std::size_t i = 0; i <= parts; ++i) {
    auto lesson = i == 0 ? lesson_of(data, part_of, nobody, 0) : lesson_of(data, part_of, i - 1, i % parts);
    if (!lesson) return lesson.error();
    lessons.push_back(std::move(*lesson));
  }
  return lessons;
}

FitPlan plan_of(const Lesson& lesson, const Settings& settings, std::uint64_t seed) {
  return {monitor_shape, scales_of(lesson.standardisation), settings, seed, hide_groups(settings.drop_group)};
}

core::Result<void> check_labels(const Dataset& data) {
  bool varies = false;
  for (const auto& sample : data) {
    varies = varies || sample.label != data[0].label;
    if (sample.label >= 0.0F && sample.label <= 1.0F) continue;
    return core::bad_input("the label of " + sample.person + " " + sample.visit + " is " +
                           std::to_string(sample.label) + ", outside 0..1");
  }
  if (!data.empty() && !varies) return core::bad_input("all samples have the same label");
  return {};
}

}  // namespace attune::learn
