#include "attune/learn/training.hpp"

#include <algorithm>
#include <cmath>

#include "attune/treatment/controller.hpp"
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

/// The treatment model's lesson: the monitor's embeddings, and what the rule answers to its estimate.
Rows rule_over(const Samples& samples, const state::StateMonitor& reader) {
  Rows rows{treatment_shape.inputs, {}, {}, {}};
  for (const auto* sample : samples) {
    const auto output = reader.infer(sample->features, sample->own);
    rows.inputs.insert(rows.inputs.end(), output.embedding.begin(), output.embedding.end());
    rows.labels.push_back(treatment::rule_of_thumb(output.estimate));
    rows.weights.push_back(1.0F);
  }
  return rows;
}

double departure(const Rows& rows, TorchNetwork& network) {
  double squares = 0.0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const float answer = network.forward(rows.inputs.data() + i * rows.width, nullptr);
    squares += std::pow(static_cast<double>(answer - rows.labels[i]), 2);
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

core::Result<TrainedTreatment> train_treatment(const Dataset& data, const state::MonitorWeights& monitor,
                                               const TrainingOptions& options) {
  const auto lessons = lessons_of(data, options.parts, options.seed);
  if (!lessons) return lessons.error();
  const auto& people = (*lessons)[1];  // the first lesson leaves nobody to be judged
  const state::StateMonitor reader(monitor);
  const auto training = rule_over(people.training, reader), validation = rule_over(people.validation, reader);
  auto fitted = fit(training, validation, {treatment_shape, {}, options.settings, options.seed, {}},
                    options.on_epoch, options.stop);
  if (!fitted) return fitted.error();
  const auto network = open_network(fitted->bytes, "the trained model", treatment_shape);
  if (!network) return network.error();
  return TrainedTreatment{{std::move(fitted->bytes)},
                          std::move(fitted->epochs),
                          fitted->best.epoch,
                          departure(rule_over(people.judged, reader), **network)};
}

}  // namespace attune::learn
