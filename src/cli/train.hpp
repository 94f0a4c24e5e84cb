#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "attune/learn/card.hpp"
#include "attune/learn/search.hpp"
#include "attune/learn/training.hpp"
#include "cli/command.hpp"

/// What `attune train state` and `attune train treatment` share.
namespace attune::cli {

struct TrainOptions {
  std::vector<std::string> data;
  std::string sets;           ///< words of public sets, with commas between; empty: those that ship
  std::string vreed_aroused;  ///< VREED's classes of high arousal, with commas between
  std::string output;
  learn::Settings settings;
  std::size_t patients = 400;
  std::uint64_t seed = 1;
  bool json = false;
};

/// All samples that `--data` names, and what the card says of them.
struct Material {
  learn::Dataset samples;
  learn::CardText text;
};

constexpr std::size_t windows_a_visit = 12;

/// Reads and plays what `--data` and `--sets` name. Errors: those of the sets.
[[nodiscard]] core::Result<Material> gather(const TrainOptions& options);

/// Whether the model can be written when the work is done: hours of training must not end at a name.
/// Errors: it does not end in .pt, its folder is not there or takes no file.
[[nodiscard]] core::Result<void> check_output(const TrainOptions& options);

/// Adds the options of how and where to, which both have.
void add_fitting(Command& command, TrainOptions& options);
/// Those, and what of `--data` is learnt from.
void add_training(Command& command, TrainOptions& options);

/// The rest of a command line that makes the same file again: data, output and numbers.
[[nodiscard]] std::string words_of(const TrainOptions& options);

/// Settings, seed, a line an epoch unless the output is for machines, and Ctrl-C (`Interruption`).
[[nodiscard]] learn::TrainingOptions training_of(const TrainOptions& options);

/// `--search`: tries settings with a progress bar and, unless `quiet`, says what was found.
/// @param training  the first setting and the seed. @param file  of the trials. Errors: failed, when it was
/// told to stop; those of `learn::search_settings`.
[[nodiscard]] core::Result<learn::Searched> search(const learn::Dataset& samples,
                                                   const learn::TrainingOptions& training, std::size_t trials,
                                                   const std::filesystem::path& file, bool quiet);

/// What a card tells of an evaluation: its command and figures, as JSON. @param file  what
/// `attune evaluate state --json` printed. @param data  what is trained on. Errors: it is something else.
[[nodiscard]] core::Result<std::string> evaluation_in(const std::filesystem::path& file,
                                                      const std::string& data);

void print_sets(const learn::CardText& text);

/// Prints the card of a model: its figures for machines. Errors: it cannot be read.
[[nodiscard]] core::Result<void> print_card(const std::string& model);

void add_train_state(Command& train);
void add_train_treatment(Command& train);

}  // namespace attune::cli
