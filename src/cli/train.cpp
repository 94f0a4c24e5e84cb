#include "cli/train.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <sstream>

#include "attune/core/files.hpp"
#include "attune/learn/windows.hpp"
#include "cli/examples/public_sets.hpp"
#include "cli/examples/virtual_visits.hpp"
#include "cli/interruption.hpp"

namespace attune::cli {
namespace fs = std::filesystem;

namespace {

constexpr const char* virtual_word = "sim";

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> words;
  std::istringstream stream(list);
  for (std::string word; std::getline(stream, word, ',');) words.push_back(word);
  return words;
}

core::Result<std::vector<int>> classes_in(const std::string& list) {
  std::vector<int> classes;
  for (const auto& word : split(list)) {
    if (word.size() != 1 || word[0] < '0' || word[0] > '3')
      return core::bad_input("--vreed-aroused: '" + word + "' is none of VREED's classes, 0 to 3");
    classes.push_back(word[0] - '0');
  }
  return classes;
}

core::Result<void> add_virtual(const TrainOptions& options, Material& material) {
  VirtualVisits visits;
  visits.patients = options.patients;
  visits.seed = options.seed;
  Progress progress("virtual patients", static_cast<double>(visits.patients));
  const auto data = virtual_visits(visits, [&](std::size_t done) { progress.at(static_cast<double>(done)); });
  if (!data) return data.error();
  const auto people = data->people().size();
  material.samples.append(*data);
  material.text.sets.push_back({virtual_word, "Apache-2.0",
                                "true anxiety of a virtual patient of plant A or B, 0..1", people, people,
                                data->size(), visits.patients - people});
  return {};
}

core::Result<void> add_people(const std::string& folder, const TrainOptions& options, Material& material) {
  const auto aroused = classes_in(options.vreed_aroused);
  if (!aroused) return aroused.error();
  std::optional<Progress> progress;
  std::string shown;
  const auto sets = read_public_sets(folder, split(options.sets), {windows_a_visit, *aroused},
                                     [&](const std::string& set, std::size_t done, std::size_t all) {
                                       if (set != shown) progress.emplace(set, static_cast<double>(all));
                                       shown = set;
                                       progress->at(static_cast<double>(done));
                                     });
  if (!sets) return sets.error();
  for (const auto& set : *sets) {
    material.samples.append(set.data);
    material.text.sets.push_back(set.used);
  }
  return {};
}

bool is_virtual(const std::string& data) { return data == virtual_word; }

}  // namespace

core::Result<Material> gather(const TrainOptions& options) {
  Material material;
  for (const auto& data : options.data) {
    auto added = is_virtual(data) ? add_virtual(options, material) : add_people(data, options, material);
    if (!added) return added.error();
  }
  const bool all_virtual = std::all_of(options.data.begin(), options.data.end(), is_virtual);
  material.text.trained_on = all_virtual ? learn::Population::virtual_patients : learn::Population::people;
  return material;
}

core::Result<void> check_output(const TrainOptions& options) {
  const fs::path model(options.output);
  if (model.extension() != ".pt") return core::bad_input(options.output + ": a model's name must end in .pt");
  return core::can_be_written(model);
}

void add_fitting(Command& command, TrainOptions& options) {
  command.add_option("-o,--output", options.output, "The model, FILE.pt; its card becomes FILE.json")
      .required();
  command
      .add_option("--epochs", options.settings.epochs,
                  "Passes over the training data at most; the best by validation is kept")
      .within(std::uint64_t{1}, std::uint64_t{1'000'000})
      .shows_default();
  command.add_option("--batch", options.settings.batch, "Samples in a step").within(1, 65536).shows_default();
  command.add_option("--lr", options.settings.learning_rate, "Adam's learning rate")
      .above_zero()
      .shows_default();
  command
      .add_option("--decay", options.settings.weight_decay, "How fast weights decay (AdamW); 0: plain Adam")
      .within(0.0, 100.0)
      .shows_default();
  command.add_option("--seed", options.seed, "Decides weights, order and who validates")
      .within(std::uint64_t{0}, std::uint64_t{1'000'000'000})
      .shows_default();
  command.add_option("--patients", options.patients, "Virtual patients that it learns from (--data sim)")
      .within(2, 100000)
      .shows_default();
  command.add_flag("--json", options.json, "Print the card, with all figures, for machines");
}

void add_training(Command& command, TrainOptions& options) {
  command
      .add_option(
          "--sets", options.sets,
          "Which sets of the folder, such as wait,cafe,stress-predict,ceap,vreed; all that a clinic's "
          "model may be made from unless given")
      .times(1);
  command.add_option(
      "--vreed-aroused", options.vreed_aroused,
      "Which of VREED's classes 0 to 3 are of high arousal, such as 0,1: the set does not say");
  add_fitting(command, options);
}

std::string words_of(const TrainOptions& options) {
  std::string words;
  for (const auto& data : options.data) words += " --data " + data;
  if (!options.sets.empty()) words += " --sets " + options.sets;
  if (!options.vreed_aroused.empty()) words += " --vreed-aroused " + options.vreed_aroused;
  const auto& settings = options.settings;
  char numbers[256];
  std::snprintf(numbers, sizeof numbers, " --epochs %zu --batch %zu --lr %g --decay %g --seed %llu",
                settings.epochs, settings.batch, settings.learning_rate, settings.weight_decay,
                static_cast<unsigned long long>(options.seed));
  words += " -o " + options.output + numbers;
  if (std::any_of(options.data.begin(), options.data.end(), is_virtual))
    words += " --patients " + std::to_string(options.patients);
  return words;
}

learn::TrainingOptions training_of(const TrainOptions& options) {
  learn::TrainingOptions training;
  training.settings = options.settings;
  training.seed = options.seed;
  training.stop = Interruption::asked;
  if (options.json) {
    auto progress = std::make_shared<Progress>("epochs", static_cast<double>(options.settings.epochs));
    training.on_epoch = [progress](const learn::EpochLoss& loss) {
      progress->at(static_cast<double>(loss.epoch));
    };
  } else {
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

core::Result<void> print_card(const std::string& model) {
  const auto card = core::read_text(std::filesystem::path(model).replace_extension(".json"));
  if (!card) return card.error();
  std::printf("%s", card->c_str());
  return {};
}

void add_train(Command& app) {
  auto command =
      app.add_subcommand("train", "Train one of the two networks and write it with its model card");
  command.choose_subcommand("attune train state --data ../shared/data -o models/state_monitor.pt");
  add_train_state(command);
  add_train_treatment(command);
}

}  // namespace attune::cli
