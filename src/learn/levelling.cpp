#include "learn/levelling.hpp"

#include <algorithm>
#include <map>

#include "learn/network_files.hpp"
#include "learn/torch_library.hpp"

namespace attune::learn {

namespace {

/// An answer and what would have been right, both without their mean over the set.
struct Pair {
  const Dataset::Sample* sample;
  double weight, answer, label;
};

struct Means {
  double weight = 0.0, answer = 0.0, label = 0.0;
  void add(const Pair& pair) {
    weight += pair.weight;
    answer += pair.weight * pair.answer;
    label += pair.weight * pair.label;
  }
};

std::vector<Pair> answers_of(const Lesson& lesson, const Samples& samples,
                             const state::StateMonitor& monitor) {
  std::vector<Pair> pairs;
  for (const auto* sample : samples) {
    if (!(sample->weight > 0.0F)) continue;
    const auto standard = monitor.standardisation().apply(sample->features, sample->own);
    const auto scale = lesson.scale_of(sample->set);
    pairs.push_back({sample, static_cast<double>(sample->weight) * scale.weight,
                     static_cast<double>(monitor.network().forward(standard)[0]),
                     static_cast<double>(sample->label) - scale.offset});
  }
  return pairs;
}

/// Least squares of label on answer through 0, shrunk by its own variance over people.
double slope_of(const std::vector<Pair>& centred) {
  double spread = 0.0, going_along = 0.0;
  for (const auto& pair : centred) {
    spread += pair.weight * pair.answer * pair.answer;
    going_along += pair.weight * pair.answer * pair.label;
  }
  if (!(spread > 0.0)) return 0.0;
  const double slope = going_along / spread;
  if (!(slope > 0.0)) return 0.0;  // also where nobody's labels differ: 0/0 below
  // A person's moments err together (Liang & Zeger, Biometrika 73, 1986).
  std::map<std::string_view, double> of_people;
  for (const auto& pair : centred)
    of_people[pair.sample->person] += pair.weight * pair.answer * (pair.label - slope * pair.answer);
  double variance = 0.0;
  for (const auto& [person, error] : of_people) variance += error * error / (spread * spread);
  return std::clamp(slope * slope * slope / (slope * slope + variance), 0.0, 1.0);
}

}  // namespace

Level level_of(const Lesson& lesson, const state::StateMonitor& monitor) {
  auto centred = answers_of(lesson, lesson.validation, monitor);
  std::map<std::string_view, Means> sets;
  for (const auto& pair : centred) sets[pair.sample->set].add(pair);
  for (auto& pair : centred) {
    const auto& of_set = sets[pair.sample->set];
    pair.answer -= of_set.answer / of_set.weight;
    pair.label -= of_set.label / of_set.weight;
  }
  Means taught;
  for (const auto& pair : answers_of(lesson, lesson.training, monitor)) taught.add(pair);
  Level result;
  result.factor = slope_of(centred);
  result.shift = (taught.label - result.factor * taught.answer) / taught.weight;
  return result;
}

core::Result<void> level(const Lesson& lesson, std::string& bytes) {
  const auto library = torch_library();
  if (!library) return library.error();
  const auto network = open_network(bytes, "the trained model", monitor_shape);
  if (!network) return network.error();
  const auto line = level_of(lesson, state::StateMonitor(monitor_weights(**network, state::MonitorNoise())));
  std::string problem;
  if ((*library)->level(bytes, monitor_shape, line.factor, line.shift, problem)) return {};
  return core::failed("the trained model cannot be levelled: " + problem);
}

}  // namespace attune::learn
