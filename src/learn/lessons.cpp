#include "learn/lessons.hpp"

#include <algorithm>
#include <array>

#include "learn/network_files.hpp"
#include "learn/ridge.hpp"

namespace attune::learn {

namespace {

constexpr std::size_t fewest_parts = 3;  // to learn from, to choose by, to be judged
constexpr double least_variance = 0.01;  // of a set's labels: a tenth of the scale

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

/// Where each set's labels lie, and how often its samples count: by the inverse of their variance, so that
/// coarse labels (a task is on or not) do not drown fine ones (a questionnaire of twenty items).
std::map<std::string, SetScale> set_scales(const Samples& training) {
  struct Sums {
    double weight = 0.0, label = 0.0, squares = 0.0;
    [[nodiscard]] double mean() const { return label / weight; }
    [[nodiscard]] double variance() const { return squares / weight - mean() * mean(); }
  };
  std::map<std::string, Sums> sums;
  for (const auto* sample : training) {
    const auto weight = static_cast<double>(sample->weight), label = static_cast<double>(sample->label);
    if (!(weight > 0.0)) continue;
    auto& of_set = sums[sample->set];
    of_set.weight += weight;
    of_set.label += weight * label;
    of_set.squares += weight * label * label;
  }
  double mean_of_sets = 0.0, weight = 0.0, scaled = 0.0;
  for (const auto& [set, of_set] : sums) {
    mean_of_sets += of_set.mean() / static_cast<double>(sums.size());
    weight += of_set.weight;
    scaled += of_set.weight / std::max(of_set.variance(), least_variance);
  }
  std::map<std::string, SetScale> scales;
  for (const auto& [set, of_set] : sums) {
    scales[set] = {of_set.mean() - mean_of_sets,
                   weight / scaled / std::max(of_set.variance(), least_variance)};
  }
  return scales;
}

Rows lesson_rows(const Samples& samples, const Lesson& lesson) {
  auto rows = rows_of(samples, lesson.standardisation);
  std::size_t row = 0;
  for (const auto* sample : samples) {
    if (!(sample->weight > 0.0F)) continue;
    const auto scale = lesson.scale_of(sample->set);
    rows.labels[row] -= static_cast<float>(scale.offset);
    rows.weights[row] *= static_cast<float>(scale.weight);
    ++row;
  }
  return rows;
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
  lesson.set_scales = set_scales(lesson.training);
  lesson.training_rows = lesson_rows(lesson.training, lesson);
  lesson.validation_rows = lesson_rows(lesson.validation, lesson);
  const auto line = ridge_line(lesson.training_rows);
  lesson.line.assign(line.begin(), line.end());
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
  return {monitor_shape, scales_of(lesson.standardisation), settings,
          seed,          hide_groups(settings.drop_group),  lesson.line};
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
