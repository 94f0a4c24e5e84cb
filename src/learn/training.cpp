#include "attune/learn/training.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "learn/figures_of.hpp"
#include "learn/lessons.hpp"
#include "learn/levelling.hpp"
#include "learn/network_files.hpp"

namespace attune::learn {

namespace {

/// The networks of all lessons, trained side by side.
struct Class {
  std::vector<Fitted> fitted;
  bool interrupted = false;
};

core::Result<Class> teach(const std::vector<Lesson>& lessons, const TrainingOptions& options) {
  std::vector<std::unique_ptr<Fit>> networks;
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    const bool own = i > 0 && !options.judged_settings.empty();
    const auto& settings = own ? options.judged_settings.at(i - 1) : options.settings;
    auto network = Fit::start(lessons[i].training_rows, lessons[i].validation_rows,
                              plan_of(lessons[i], settings, options.seed));
    if (!network) return network.error();
    networks.push_back(std::move(*network));
  }
  Class result;
  const auto goes_on = [](const auto& network) { return !network->finished(); };
  while (!result.interrupted && std::any_of(networks.begin(), networks.end(), goes_on)) {
    for (const auto& network : networks) {
      if (network->finished()) continue;
      const auto losses = network->pass();
      if (!losses) return losses.error();
      if (network == networks.front() && options.on_epoch) options.on_epoch(*losses);
    }
    result.interrupted = options.stop && options.stop();
  }
  result.interrupted = std::any_of(networks.begin(), networks.end(), goes_on);
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    auto fitted = networks[i]->fitted();
    if (auto levelled = level(lessons[i], fitted.bytes); !levelled) return levelled.error();
    result.fitted.push_back(std::move(fitted));
  }
  return result;
}

core::Result<state::MonitorWeights> weights_of(const Fitted& fitted) {
  const auto network = open_network(fitted.bytes, "the trained model", monitor_shape);
  if (!network) return network.error();
  return monitor_weights(**network, state::MonitorNoise());
}

/// What the judged networks say of their people, and what that makes estimates worth.
core::Result<MonitorFigures> measure(const std::vector<Lesson>& lessons, const std::vector<Fitted>& fitted) {
  std::vector<state::MonitorWeights> weights;
  std::vector<Judged> judged;
  for (std::size_t i = 1; i < lessons.size(); ++i) {
    const auto of_network = weights_of(fitted[i]);
    if (!of_network) return of_network.error();
    const auto said = judge(state::StateMonitor(*of_network), lessons[i], weights.size());
    judged.insert(judged.end(), said.begin(), said.end());
    weights.push_back(*of_network);
  }
  number_visits(judged);
  auto figures = figures_of(judged);
  std::vector<state::StateMonitor> monitors;
  for (auto& of_network : weights) {
    of_network.noise = figures.noise();
    monitors.emplace_back(of_network);
  }
  figures.calibration = calibration_of(judged, monitors);
  return figures;
}

std::vector<std::string> people_of(const Samples& samples) {
  std::vector<std::string> names;
  for (const auto* sample : samples) names.push_back(sample->person);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

/// Embeddings and wishes of the people whose part is one of those chosen.
template <typename Chosen>
Rows rows_of_parts(std::span<const TreatmentExample> examples, std::size_t parts, Chosen chosen) {
  Rows rows{treatment_shape.inputs, {}, {}, {}};
  for (const auto& example : examples) {
    if (!chosen(example.person % parts)) continue;
    rows.inputs.insert(rows.inputs.end(), example.embedding.begin(), example.embedding.end());
    rows.labels.push_back(example.wanted);
    rows.weights.push_back(1.0F);
  }
  return rows;
}

double mean_of(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Root mean square of answer − wanted.
template <typename Answer>
double error_of(const Rows& rows, Answer answer) {
  double squares = 0.0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    squares += std::pow(answer(rows.inputs.data() + i * rows.width) - static_cast<double>(rows.labels[i]), 2);
  }
  return std::sqrt(squares / static_cast<double>(rows.size()));
}

}  // namespace

core::Result<TrainedMonitor> train_monitor(const Dataset& data, const TrainingOptions& options) {
  if (auto labels = check_labels(data); !labels) return labels.error();
  const auto lessons = lessons_of(data, options.parts, options.seed);
  if (!lessons) return lessons.error();
  auto networks = teach(*lessons, options);
  if (!networks) return networks.error();
  auto figures = measure(*lessons, networks->fitted);
  if (!figures) return figures.error();
  auto& kept = networks->fitted.front();
  figures->training_people = people_of(lessons->front().training).size();
  figures->training_samples = lessons->front().training_rows.size();
  figures->validation_names = people_of(lessons->front().validation);
  figures->best_epoch = kept.best.epoch;
  figures->epochs = std::move(kept.epochs);
  figures->interrupted = networks->interrupted;
  return TrainedMonitor{{std::move(kept.bytes)}, std::move(*figures)};
}

core::Result<TrainedTreatment> train_treatment(std::span<const TreatmentExample> examples,
                                               const TrainingOptions& options) {
  constexpr std::size_t choosing = 0, judging = 1;
  for (const auto& example : examples) {
    if (!(example.wanted >= -1.0F && example.wanted <= 1.0F))
      return core::bad_input("a wanted change is " + std::to_string(example.wanted) + ", outside -1..1");
  }
  const auto part = [&](auto chosen) { return rows_of_parts(examples, options.parts, chosen); };
  const auto training = part([](std::size_t p) { return p != choosing && p != judging; });
  const auto validation = part([](std::size_t p) { return p == choosing; });
  const auto judged = part([](std::size_t p) { return p == judging; });
  if (training.size() == 0 || validation.size() == 0 || judged.size() == 0)
    return core::bad_input(
        "there are too few people to learn from some, choose by others and judge by others");

  auto fitted = fit(training, validation, {treatment_shape, {}, options.settings, options.seed, {}, {}},
                    options.on_epoch, options.stop);
  if (!fitted) return fitted.error();
  const auto network = open_network(fitted->bytes, "the trained model", treatment_shape);
  if (!network) return network.error();
  TrainedTreatment trained;
  trained.weights = treatment_weights(**network);
  trained.epochs = std::move(fitted->epochs);
  trained.best_epoch = fitted->best.epoch;
  trained.interrupted = trained.epochs.size() < options.settings.epochs;
  trained.error_rms = error_of(
      judged, [&](const float* row) { return static_cast<double>((*network)->forward(row, nullptr)); });
  trained.error_mean = error_of(judged, [mean = mean_of(training.labels)](const float*) { return mean; });
  trained.bytes = std::move(fitted->bytes);
  return trained;
}

}  // namespace attune::learn
