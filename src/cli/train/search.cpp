#include <cstdio>

#include "cli/interruption.hpp"
#include "cli/train.hpp"

namespace attune::cli {

core::Result<learn::Searched> search(const learn::Dataset& samples, const learn::TrainingOptions& training,
                                     std::size_t trials, const std::filesystem::path& file, bool quiet) {
  Progress progress("settings tried", static_cast<double>(trials));
  learn::SearchOptions options;
  options.trials = trials;
  options.file = file;
  options.first = training.settings;
  options.seed = training.seed;
  options.parts = training.parts;
  options.stop = Interruption::asked;
  options.on_trial = [&](std::size_t done) { progress.at(static_cast<double>(done)); };
  auto searched = learn::search_settings(samples, options);
  if (!searched) return searched;
  if (searched->interrupted) {
    return core::failed("stopped after " + std::to_string(searched->trials) + " of " +
                        std::to_string(trials) + " settings: the same command goes on from " + file.string());
  }
  if (quiet) return searched;
  const auto& kept = searched->kept;
  std::printf(
      "of %zu settings (%s) the best on the people who validate: --epochs %zu --batch %zu --lr %g --decay %g "
      "--drop %g\n",
      searched->trials, file.string().c_str(), kept.epochs, kept.batch, kept.learning_rate, kept.weight_decay,
      kept.drop_group);
  return searched;
}

}  // namespace attune::cli
