#include <algorithm>
#include <cstdio>

#include "attune/learn/model.hpp"
#include "cli/interruption.hpp"
#include "cli/simulate/ablation.hpp"
#include "cli/train.hpp"
#include "cli/train/treatment_lessons.hpp"

namespace attune::cli {

namespace {

struct TreatmentOptions : TrainOptions {
  std::string monitor;
  std::size_t rounds = 3;
};

/// How high people are taken on the whole is the programme's: the network tells who should be taken higher or
/// lower than that, and when.
std::vector<learn::TreatmentExample> around_their_mean(std::vector<learn::TreatmentExample> examples) {
  double sum = 0.0;
  for (const auto& example : examples) sum += static_cast<double>(example.wanted);
  const auto mean = static_cast<float>(sum / static_cast<double>(std::max<std::size_t>(1, examples.size())));
  for (auto& example : examples) example.wanted = std::clamp(example.wanted - mean, -1.0F, 1.0F);
  return examples;
}

/// What the rounds until now taught.
struct Taught {
  learn::TrainedTreatment network;
  std::size_t rounds = 0;
};

/// Rounds of sessions, each steered by what the rounds before taught.
core::Result<Taught> learn_from_the_oracle(const TreatmentOptions& options,
                                           const state::MonitorWeights& monitor,
                                           const learn::TrainingOptions& training) {
  std::vector<learn::TreatmentExample> examples;
  const state::TreatmentNetwork::Weights untaught{};
  auto steers = without(Ablation::treatment, std::make_shared<session::FoldedNetworks>(monitor, untaught));
  Taught taught;
  for (std::size_t round = 0; round < options.rounds && !taught.network.interrupted; ++round) {
    TreatmentLessons lessons;
    lessons.patients = options.patients / 2;
    lessons.seed = options.seed * 1000 + round;
    lessons.first_person = round * options.patients;
    {
      Progress progress("sessions of round " + std::to_string(round + 1),
                        static_cast<double>(2 * lessons.patients));
      const auto more = treatment_lessons(lessons, steers,
                                          [&](std::size_t done) { progress.at(static_cast<double>(done)); });
      if (!more) return more.error();
      examples.insert(examples.end(), more->begin(), more->end());
    }
    auto trained = learn::train_treatment(around_their_mean(examples), training);
    if (!trained) return trained.error();
    trained->interrupted = trained->interrupted || (Interruption::asked() && round + 1 < options.rounds);
    steers = std::make_shared<session::FoldedNetworks>(monitor, trained->weights);
    taught = {std::move(*trained), round + 1};
  }
  return taught;
}

/// @param rounds  that were gone through.
learn::CardText card_text(const TreatmentOptions& options, std::size_t rounds) {
  learn::CardText text;
  const auto people = rounds * options.patients;
  text.sets.push_back({"sim", "Apache-2.0",
                       "by how much the oracle, which sees the true state, would have another intensity than "
                       "belief and answers",
                       people, people, 0, 0});
  text.protocol =
      "Imitates the oracles of plants A and B from the monitor's embedding alone, every 5 s of sessions of "
      "20 "
      "minutes that the product itself steers: by how much they would have another intensity than belief and "
      "answers ask for, less the mean of that over all, which is the programme's to choose. In the first "
      "round "
      "without a treatment network, then with what the rounds before taught (DAgger; Ross, Gordon & Bagnell "
      "2011). Every other patient wears nothing but the headset. A fifth of the people choose the epoch, a "
      "fifth judge, the others teach.";
  char numbers[256];
  std::snprintf(numbers, sizeof numbers,
                " --rounds %zu --patients %zu --epochs %zu --batch %zu --lr %g --seed %llu", options.rounds,
                options.patients, options.settings.epochs, options.settings.batch,
                options.settings.learning_rate, static_cast<unsigned long long>(options.seed));
  text.command = "attune train treatment --monitor " + options.monitor + " -o " + options.output + numbers;
  return text;
}

core::Result<int> train_treatment(const TreatmentOptions& options) {
  if (auto checked = check_output(options); !checked) return checked.error();
  const auto monitor = learn::load_monitor(options.monitor);
  if (!monitor) return monitor.error();
  const Interruption interruption;
  const auto training = training_of(options);
  const auto taught = learn_from_the_oracle(options, monitor->weights, training);
  if (!taught) return taught.error();
  const auto& trained = taught->network;
  const auto text = card_text(options, taught->rounds);
  if (const auto written = learn::write_treatment(options.output, trained, training, text, monitor->card);
      !written) {
    return written.error();
  }
  if (options.json) {
    if (const auto printed = print_card(options.output); !printed) return printed.error();
    return 0;
  }
  if (trained.interrupted) std::printf("stopped in round %zu of %zu; ", taught->rounds, options.rounds);
  std::printf(
      "%s: written with its card; it departs from the oracle by %.3f, its mean by %.3f (root mean square, "
      "people "
      "kept apart)\n",
      options.output.c_str(), trained.error_rms, trained.error_mean);
  return 0;
}

}  // namespace

void add_train_treatment(Command& train) {
  auto command = train.add_subcommand("treatment", "Train the treatment model behind a monitor");
  static TreatmentOptions o;
  o.patients = 80;
  command.add_option("--monitor", o.monitor, "The monitor whose embedding it reads, FILE.pt").required();
  command
      .add_option("--rounds", o.rounds, "Rounds of virtual sessions, each steered by what was learnt before")
      .within(1, 20)
      .shows_default();
  add_fitting(command, o);
  command.on_run("attune train treatment --monitor models/state_monitor.pt -o models/treatment.pt",
                 [] { return train_treatment(o); });
}

}  // namespace attune::cli
