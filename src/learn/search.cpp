#include "attune/learn/search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <optional>
#include <random>

#include "attune/core/files.hpp"
#include "learn/lessons.hpp"
#include "learn/trial_file.hpp"

namespace attune::learn {

namespace {

/// Three digits are enough, and read well in a command.
double rounded(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3g", number);
  return std::strtod(text.data(), nullptr);
}

double log_uniform(double from, double to, std::mt19937_64& random) {
  return rounded(std::exp(std::uniform_real_distribution<double>(std::log(from), std::log(to))(random)));
}

template <std::size_t N>
std::size_t one_of(const std::array<std::size_t, N>& values, std::mt19937_64& random) {
  return values[std::uniform_int_distribution<std::size_t>(0, N - 1)(random)];
}

/// @param number  of the trial, above 0.
Settings draw(std::uint64_t seed, std::size_t number) {
  std::seed_seq words{seed, static_cast<std::uint64_t>(number)};
  std::mt19937_64 random(words);
  Settings settings;
  settings.learning_rate = log_uniform(1e-4, 1e-2, random);
  // Decay is rate · decay a step: over some hundred steps of 1e-3, below 0.1 hardly anything.
  settings.weight_decay = random() % 4 == 0 ? 0.0 : log_uniform(0.03, 30.0, random);
  settings.drop_group = rounded(std::uniform_real_distribution<double>(0.0, 0.5)(random));
  settings.epochs = one_of(std::array<std::size_t, 4>{5, 10, 20, 40}, random);
  settings.batch = one_of(std::array<std::size_t, 4>{16, 32, 64, 128}, random);
  return settings;
}

/// Names data and options, so that rows of another search are known.
std::string name_of(const Dataset& data, const SearchOptions& options) {
  std::string bytes;
  const auto add = [&](const auto& value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  for (const auto& sample : data) {
    for (std::size_t i = 0; i < state::feature_count; ++i) {
      add(sample.features.present[i] ? sample.features.value[i] : 0.0F);
      add(sample.features.present[i]);
      add(sample.own.mean(i));
      add(sample.own.known_s(i));
    }
    add(sample.label);
    add(sample.weight);
    bytes += sample.set + "/" + sample.person + "/" + sample.visit + "\n";
  }
  const auto& first = options.first;
  for (const double number : {first.learning_rate, first.weight_decay, first.drop_group}) add(number);
  for (const std::size_t number : {first.epochs, first.batch, options.parts}) add(number);
  add(options.seed);
  return core::hash_hex(bytes).substr(0, 16);
}

/// Nothing when it was told to stop.
core::Result<std::optional<Trial>> run(const std::vector<Lesson>& lessons, const Settings& settings,
                                       const SearchOptions& options) {
  Trial trial{settings, {}, {}};
  for (const auto& lesson : lessons) {
    const auto fitted = fit(lesson.training_rows, lesson.validation_rows,
                            plan_of(lesson, settings, options.seed), {}, options.stop);
    if (options.stop && options.stop()) return std::optional<Trial>();
    if (!fitted && fitted.error().kind != core::Error::Kind::bad_input) return fitted.error();
    // A rate at which a network goes astray is an answer as well.
    trial.errors.push_back(fitted ? fitted->best.validation : std::numeric_limits<double>::infinity());
    trial.epochs.push_back(fitted ? fitted->best.epoch : 0);
  }
  return std::optional(trial);
}

const Settings& best_for(std::size_t network, const std::vector<Trial>& trials) {
  return std::min_element(
             trials.begin(), trials.end(),
             [&](const Trial& a, const Trial& b) { return a.errors[network] < b.errors[network]; })
      ->settings;
}

}  // namespace

core::Result<Searched> search_settings(const Dataset& data, const SearchOptions& options) {
  if (auto labels = check_labels(data); !labels) return labels.error();
  const auto lessons = lessons_of(data, options.parts, options.seed);
  if (!lessons) return lessons.error();
  auto file = TrialFile::open(options.file, name_of(data, options), lessons->size());
  if (!file) return file.error();
  Searched searched;
  while (file->trials().size() < options.trials && !searched.interrupted) {
    const auto number = file->trials().size();
    if (options.on_trial) options.on_trial(number);
    const auto trial = run(*lessons, number == 0 ? options.first : draw(options.seed, number), options);
    if (!trial) return trial.error();
    searched.interrupted = !trial->has_value();
    if (searched.interrupted) break;
    if (auto written = file->append(**trial); !written) return written.error();
  }
  searched.trials = std::min(file->trials().size(), options.trials);
  if (options.on_trial) options.on_trial(searched.trials);
  if (searched.interrupted) return searched;
  // A file of a longer search knows more than was asked for: the same command must give the same model.
  const std::vector<Trial> asked(file->trials().begin(),
                                 file->trials().begin() + static_cast<std::ptrdiff_t>(searched.trials));
  searched.kept = best_for(0, asked);
  for (std::size_t network = 1; network < lessons->size(); ++network)
    searched.judged.push_back(best_for(network, asked));
  return searched;
}

}  // namespace attune::learn
