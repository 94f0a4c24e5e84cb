#include <cstdio>

#include "attune/learn/model.hpp"
#include "cli/interruption.hpp"
#include "cli/train.hpp"

namespace attune::cli {

namespace {

struct TreatmentOptions : TrainOptions {
  std::string monitor;
};

core::Result<int> train_treatment(const TreatmentOptions& options) {
  const auto monitor = learn::load_monitor(options.monitor);
  if (!monitor) return monitor.error();
  auto material = gather(options);
  if (!material) return material.error();
  if (!options.json) print_sets(material->text);
  const Interruption interruption;
  const auto training = training_of(options);
  const auto trained = learn::train_treatment(material->samples, monitor->weights, training);
  if (!trained) return trained.error();
  material->text.protocol =
      "Imitates the rule clip(1.5 (0.65 - x), -1, 1), x the monitor's estimate, from the monitor's embedding "
      "of each sample; the labels are not used. A fifth of each set's people choose the epoch, a fifth "
      "judge, "
      "the others teach.";
  material->text.command = "attune train treatment --monitor " + options.monitor + words_of(options);
  if (const auto written =
          learn::write_treatment(options.output, *trained, training, material->text, monitor->card);
      !written) {
    return written.error();
  }
  if (options.json) {
    if (const auto printed = print_card(options.output); !printed) return printed.error();
    return 0;
  }
  std::printf(
      "%s: written with its card; it departs from its rule by %.4f (root mean square, people kept apart)\n",
      options.output.c_str(), trained->agreement_rmse);
  return 0;
}

}  // namespace

void add_train_treatment(Command& train) {
  auto command = train.add_subcommand("treatment", "Train the treatment model behind a monitor");
  static TreatmentOptions o;
  o.data = {"sim"};
  command.add_option("--monitor", o.monitor, "The monitor whose embedding it reads, FILE.pt").required();
  command.add_option("--data", o.data, "As for state; may be given again").shows_default();
  add_training(command, o);
  command.on_run("attune train treatment --monitor models/state_monitor.pt -o models/treatment.pt",
                 [] { return train_treatment(o); });
}

}  // namespace attune::cli
