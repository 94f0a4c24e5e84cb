#include <cstdio>
#include <filesystem>

#include "attune/core/files.hpp"
#include "attune/learn/windows.hpp"
#include "cli/interruption.hpp"
#include "cli/train.hpp"
#include "cli/train/training_plots.hpp"

namespace attune::cli {
namespace fs = std::filesystem;

namespace {

struct StateOptions : TrainOptions {
  std::string curves;  ///< empty: beside the model
  std::size_t search = 0;
  std::string trials;  ///< file of the search; empty: beside the model
  std::vector<std::string> evaluations;
};

/// A file that goes with the model: FILE, and what is put behind its name.
fs::path beside(const StateOptions& options, const std::string& ending) {
  return fs::path(options.output).replace_extension("").string() + ending;
}

std::string protocol_of(std::size_t parts, bool searched) {
  char protocol[1536];
  std::snprintf(
      protocol, sizeof protocol,
      "Windows of %.0f s; %zu a visit of people with one label, spread evenly over it, one every 10 s of "
      "virtual patients, so that length is not told. A visit's windows share its label. Standardised by the "
      "training people's mean and deviation and the person's own start, missing features 0. People of each "
      "set are put into %zu parts. This network validates on one part, which chose its epoch, and learnt "
      "from "
      "the others. The figures are of %zu more networks, each judged on one part, its epoch chosen by "
      "another "
      "and taught by the rest: nobody is judged by what learnt from them or was chosen by them.%s",
      learn::window_s, windows_a_visit, parts, parts,
      searched
          ? " Each network's settings are those, of all that were tried, which served the people best who "
            "chose its epoch."
          : "");
  return protocol;
}

core::Result<void> write_plots(const StateOptions& options, const learn::MonitorFigures& figures,
                               learn::CardText& text) {
  const fs::path losses = options.curves.empty() ? beside(options, ".svg") : fs::path(options.curves);
  if (auto written = core::write_whole(losses, draw_losses(figures.epochs, figures.best_epoch)); !written)
    return written;
  const auto calibration = beside(options, "_calibration.svg");
  if (auto written = core::write_whole(calibration, draw_calibration(figures.calibration)); !written)
    return written;
  text.plots = {{"losses", losses.filename().string()}, {"calibration", calibration.filename().string()}};
  return {};
}

std::string names_of(state::SensorSet sensors) {
  std::string names;
  for (std::size_t i = 0; i < state::sensor_count; ++i) {
    const auto sensor = static_cast<state::Sensor>(i);
    if ((sensors & state::only(sensor)) == 0) continue;
    names += (names.empty() ? "" : " + ") + std::string(state::name_of(sensor));
  }
  return names;
}

void print_figures(const learn::MonitorFigures& figures) {
  if (figures.interrupted) std::printf("stopped after %zu epochs; ", figures.epochs.back().epoch);
  std::printf("epoch %zu%s is kept: the best on %zu people who validate\n", figures.best_epoch,
              figures.best_epoch == 0 ? ", the line that it began at," : "", figures.validation_names.size());
  std::printf("root mean squared error on windows of %zu people kept apart (0..1 scale):\n", figures.people);
  std::printf("  the model                       %.4f\n", figures.model);
  std::printf("  the same set's mean             %.4f\n", figures.set_constant);
  std::printf("  the training visits' mean       %.4f\n", figures.constant);
  std::printf("  the visit's length alone        %.4f\n", figures.length_alone);
  std::printf("  (the model's mean over a visit  %.4f)\n", figures.model_visits);
  for (const auto& set : figures.sets) {
    std::printf("  %-15s model %.4f, its mean %.4f (%zu people)\n", set.set.c_str(), set.model,
                set.set_constant, set.people);
  }
  std::printf("what an estimate is worth to the belief, as the deviation of a measurement:\n");
  for (const auto& of : figures.sensors) {
    std::printf("  %-28s %.3f (%zu people)\n", names_of(of.sensors).c_str(), of.observation_sd, of.people);
  }
  for (const double nominal : {0.5, 0.8, 0.95}) {
    if (const auto* interval = figures.calibration.at(nominal)) {
      std::printf("intervals of %2.0f %% hold %.1f %% of the labels and are +-%.3f wide\n", 100.0 * nominal,
                  100.0 * interval->coverage, interval->half_width);
    }
  }
  if (figures.skill() <= 0.0) std::printf("on people it has never seen it is no better than a constant\n");
}

core::Result<void> tell_evaluations(const StateOptions& options, learn::CardText& text) {
  for (const auto& file : options.evaluations) {
    auto evaluation = evaluation_in(file, options.data.front());
    if (!evaluation) return evaluation.error();
    text.evaluations.push_back(std::move(*evaluation));
  }
  return {};
}

std::string command_of(const StateOptions& options) {
  char drop[48];
  std::snprintf(drop, sizeof drop, " --drop %g", options.settings.drop_group);
  std::string command = "attune train state" + words_of(options) + drop;
  if (options.search > 0) command += " --search " + std::to_string(options.search);
  if (!options.trials.empty()) command += " --trials " + options.trials;
  for (const auto& file : options.evaluations) command += " --evaluation " + file;
  if (!options.curves.empty()) command += " --curves " + options.curves;
  return command;
}

core::Result<int> train_state(const StateOptions& options) {
  // Before the long work: a name or a file that is none shows at once.
  if (auto checked = check_output(options); !checked) return checked.error();
  learn::CardText evaluated;
  if (auto told = tell_evaluations(options, evaluated); !told) return told.error();
  auto material = gather(options);
  if (!material) return material.error();
  material->text.evaluations = std::move(evaluated.evaluations);
  if (!options.json) print_sets(material->text);
  const Interruption interruption;
  auto training = training_of(options);
  if (options.search > 0) {
    const auto file = options.trials.empty() ? beside(options, "_trials.csv") : fs::path(options.trials);
    const auto searched = search(material->samples, training, options.search, file, options.json);
    if (!searched) return searched.error();
    training.settings = searched->kept;
    training.judged_settings = searched->judged;
    material->text.searched = searched->trials;
  }
  const auto trained = learn::train_monitor(material->samples, training);
  if (!trained) return trained.error();
  material->text.protocol = protocol_of(training.parts, options.search > 0);
  material->text.command = command_of(options);
  if (auto written = write_plots(options, trained->figures, material->text); !written) return written.error();
  if (const auto written = learn::write_monitor(options.output, *trained, training, material->text); !written)
    return written.error();
  if (options.json) {
    if (const auto printed = print_card(options.output); !printed) return printed.error();
    return 0;
  }
  print_figures(trained->figures);
  std::printf("%s: written with its card\n", options.output.c_str());
  return 0;
}

}  // namespace

void add_train_state(Command& train) {
  auto command = train.add_subcommand("state", "Train the state monitor: 100 features to anxiety");
  static StateOptions o;
  command.add_option("--data", o.data, "A folder that holds public sets, or 'sim' for virtual patients")
      .required()
      .times(1);
  command.add_option("--curves", o.curves, "Where the loss curves are drawn; FILE.svg unless given");
  command
      .add_option("--drop", o.settings.drop_group,
                  "Chance that a group of features is hidden from a sample, and again that a sensor is")
      .within(0.0, 0.95)
      .shows_default();
  command
      .add_option("--search", o.search,
                  "Try so many settings first, the given ones among them, and train with the best")
      .within(1, 100000);
  command.add_option("--trials", o.trials,
                     "Where a search writes its trials and goes on from; FILE_trials.csv unless given");
  command.add_option("--evaluation", o.evaluations,
                     "What 'attune evaluate state --json' printed, for the card; may be given again");
  add_training(command, o);
  command.on_run("attune train state --data ../shared/data -o models/state_monitor.pt",
                 [] { return train_state(o); });
}

}  // namespace attune::cli
