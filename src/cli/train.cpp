#include <cstdio>
#include <nlohmann/json.hpp>

#include "attune/learn/card.hpp"
#include "attune/learn/windows.hpp"
#include "cli/command.hpp"
#include "cli/public_visits.hpp"
#include "cli/virtual_visits.hpp"

namespace attune::cli {

namespace {

constexpr std::size_t windows_a_visit = 12;

struct TrainOptions {
  std::vector<std::string> data;
  std::string output, monitor;
  std::size_t epochs = 10, batch = 32, patients = 240;
  double rate = 1e-3;
  std::uint64_t seed = 1;
  bool json = false;
};

/// All samples that `--data` names, and what the card says of them.
struct Material {
  learn::Dataset samples;
  learn::CardText text;
};

core::Result<void> add_virtual(const TrainOptions& options, Material& material) {
  VirtualVisits visits;
  visits.patients = options.patients;
  visits.seed = options.seed;
  Progress progress("virtual patients", static_cast<double>(visits.patients));
  const auto data = virtual_visits(visits, [&](std::size_t done) { progress.at(static_cast<double>(done)); });
  if (!data) return data.error();
  const auto people = data->people().size();
  material.samples.append(*data);
  material.text.sets.push_back({"sim", "Apache-2.0", "true anxiety of a virtual patient of plant A, 0..1",
                                people, people, data->size(), visits.patients - people});
  return {};
}

core::Result<void> add_people(const std::string& folder, Material& material) {
  std::optional<Progress> progress;
  const auto visits = public_visits(folder, windows_a_visit, [&](std::size_t done, std::size_t all) {
    if (!progress) progress.emplace("visits", static_cast<double>(all));
    progress->at(static_cast<double>(done));
  });
  if (!visits) return visits.error();
  material.samples.append(visits->data);
  material.text.sets.insert(material.text.sets.end(), visits->sets.begin(), visits->sets.end());
  return {};
}

core::Result<Material> gather(const TrainOptions& options) {
  Material material;
  bool all_virtual = true;
  for (const auto& data : options.data) {
    all_virtual = all_virtual && data == "sim";
    if (auto added = data == "sim" ? add_virtual(options, material) : add_people(data, material); !added) {
      return added.error();
    }
  }
  material.text.trained_on = all_virtual ? learn::Population::virtual_patients : learn::Population::people;
  return material;
}

/// The command that makes the same file again.
std::string command_of(const std::string& what, const TrainOptions& options) {
  std::string command = "attune train " + what;
  if (!options.monitor.empty()) command += " --monitor " + options.monitor;
  for (const auto& data : options.data) command += " --data " + data;
  char numbers[160];
  std::snprintf(numbers, sizeof numbers, " -o %s --epochs %zu --batch %zu --lr %g --seed %llu",
                options.output.c_str(), options.epochs, options.batch, options.rate,
                static_cast<unsigned long long>(options.seed));
  command += numbers;
  for (const auto& data : options.data) {
    if (data == "sim") command += " --patients " + std::to_string(options.patients);
  }
  return command;
}

learn::TrainingOptions training_of(const TrainOptions& options) {
  learn::TrainingOptions training;
  training.epochs = options.epochs;
  training.batch = options.batch;
  training.learning_rate = options.rate;
  training.seed = options.seed;
  if (!options.json) {
    training.on_epoch = [](const learn::EpochLoss& loss) {
      std::printf("epoch %2zu: mean squared error %.5f in training, %.5f in validation\n", loss.epoch,
                  loss.training, loss.validation);
      std::fflush(stdout);
    };
  }
  return training;
}

void print_sets(const learn::CardText& text) {
  for (const auto& set : text.sets) {
    std::printf(
        "%s (%s): %zu people, %zu visits, %zu samples; %zu left out (no label, or shorter than %.0f s)\n",
        set.name.c_str(), set.licence.c_str(), set.people, set.visits, set.samples, set.visits_left_out,
        learn::window_s);
  }
}

void print_figures(const learn::MonitorFigures& figures, const TrainOptions& options) {
  if (options.json) {
    const nlohmann::ordered_json out{{"model", figures.model},
                                     {"constant", figures.constant},
                                     {"set_constant", figures.set_constant},
                                     {"length_alone", figures.length_alone},
                                     {"model_visits", figures.model_visits},
                                     {"observation_sd", figures.observation_sd},
                                     {"observation_sd", figures.observation_sd},
                                     {"training_people", figures.training_people},
                                     {"validation_people", figures.validation_people},
                                     {"file", options.output}};
    std::printf("%s\n", out.dump(2).c_str());
    return;
  }
  std::printf("root mean squared error on windows of %zu people kept apart (0..1 scale):\n",
              figures.validation_people);
  std::printf("  the model                       %.4f\n", figures.model);
  std::printf("  the training visits' mean       %.4f\n", figures.constant);
  std::printf("  the same set's mean             %.4f\n", figures.set_constant);
  std::printf("  the visit's length alone        %.4f\n", figures.length_alone);
  std::printf("  (the model's mean over a visit  %.4f)\n", figures.model_visits);
  std::printf("the belief takes its estimate as a measurement of deviation %.3f%s\n", figures.observation_sd,
              figures.model < figures.constant
                  ? ""
                  : ": on people it has never seen it is no better than a constant");
  std::printf("%s: written with its card\n", options.output.c_str());
}

core::Result<int> train_state(const TrainOptions& options) {
  auto material = gather(options);
  if (!material) return material.error();
  if (!options.json) print_sets(material->text);
  const auto training = training_of(options);
  const auto trained = learn::train_monitor(material->samples, training);
  if (!trained) return trained.error();
  char protocol[512];
  std::snprintf(
      protocol, sizeof protocol,
      "Windows of %.0f s; %zu a visit of people, spread evenly over it, one every 10 s of virtual patients, "
      "so "
      "that length is not told. A visit's windows share its label. Standardised by the training people's "
      "mean "
      "and deviation, missing features 0. A quarter of each set's people validate and are never trained on.",
      learn::window_s, windows_a_visit);
  material->text.protocol = protocol;
  material->text.command = command_of("state", options);
  if (const auto written = learn::write_monitor(options.output, *trained, training, material->text);
      !written) {
    return written.error();
  }
  print_figures(trained->figures, options);
  return 0;
}

core::Result<int> train_treatment(const TrainOptions& options) {
  const auto monitor = learn::load_monitor(options.monitor);
  if (!monitor) return monitor.error();
  auto material = gather(options);
  if (!material) return material.error();
  if (!options.json) print_sets(material->text);
  const auto training = training_of(options);
  const auto trained = learn::train_treatment(material->samples, monitor->weights, training);
  if (!trained) return trained.error();
  material->text.protocol =
      "Imitates the rule clip(1.5 (0.65 - x), -1, 1), x the monitor's estimate, from the monitor's embedding "
      "of each "
      "sample; the labels are not used. A quarter of each set's people validate and are never trained on.";
  material->text.command = command_of("treatment", options);
  if (const auto written =
          learn::write_treatment(options.output, *trained, training, material->text, monitor->card);
      !written) {
    return written.error();
  }
  if (options.json) {
    std::printf("%s\n", nlohmann::ordered_json{{"agreement_rmse", trained->agreement_rmse},
                                               {"monitor", monitor->card.hash},
                                               {"file", options.output}}
                            .dump(2)
                            .c_str());
  } else {
    std::printf(
        "%s: written with its card; it departs from its rule by %.4f (root mean square, people kept apart)\n",
        options.output.c_str(), trained->agreement_rmse);
  }
  return 0;
}

/// What both kinds of training share.
void add_training(Command& command, TrainOptions& options) {
  command.add_option("-o,--output", options.output, "The model, FILE.pt; its card becomes FILE.json")
      .required();
  command.add_option("--epochs", options.epochs, "Passes over the training data")
      .within(1, 10000)
      .shows_default();
  command.add_option("--batch", options.batch, "Samples in a step").within(1, 65536).shows_default();
  command.add_option("--lr", options.rate, "Adam's learning rate").above_zero().shows_default();
  command.add_option("--seed", options.seed, "Decides weights, order and who validates")
      .within(std::uint64_t{0}, std::uint64_t{1'000'000'000})
      .shows_default();
  command.add_option("--patients", options.patients, "Virtual patients, where --data is sim")
      .within(2, 100000)
      .shows_default();
  command.add_flag("--json", options.json, "Print the figures for machines");
}

void add_state(Command& train) {
  auto command = train.add_subcommand("state", "Train the state monitor: 100 features to anxiety");
  static TrainOptions o;
  command.add_option("--data", o.data, "A folder that holds vr-cafe, vr-wait or both, or 'sim'")
      .required()
      .times(1);
  add_training(command, o);
  command.on_run("attune train state --data ../shared/data -o models/state_monitor.pt",
                 [] { return train_state(o); });
}

void add_treatment(Command& train) {
  auto command = train.add_subcommand("treatment", "Train the treatment model behind a monitor");
  static TrainOptions o;
  o.data = {"sim"};
  command.add_option("--monitor", o.monitor, "The monitor whose embedding it reads, FILE.pt").required();
  command.add_option("--data", o.data, "As for state; may be given again").shows_default();
  add_training(command, o);
  command.on_run("attune train treatment --monitor models/state_monitor.pt -o models/treatment.pt",
                 [] { return train_treatment(o); });
}

}  // namespace

void add_train(Command& app) {
  auto command =
      app.add_subcommand("train", "Train one of the two networks and write it with its model card");
  command.choose_subcommand("attune train state --data ../shared/data -o models/state_monitor.pt");
  add_state(command);
  add_treatment(command);
}

}  // namespace attune::cli
