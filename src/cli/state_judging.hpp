#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "attune/learn/evaluation/predictor.hpp"
#include "cli/state_examples.hpp"

namespace attune::cli {

/// What is held against a question.
struct Entrant {
  std::string name;
  std::function<std::unique_ptr<learn::Predictor>()> make;
  bool shortcut = false;  ///< sees neither behaviour nor body
};

/// The monitor's network first, then its peers, then the shortcuts, of which every one is judged everywhere:
/// where one cannot know anything, it must score like that.
[[nodiscard]] std::vector<Entrant> entrants(const StateQuestion& question);

struct Row {
  std::string name;
  learn::Figure figure;
  std::map<std::string, std::size_t> choices;  ///< how many folds chose each
};

/// @return nothing known of the figure where the judged are all of one class.
[[nodiscard]] core::Result<Row> judge(const StateQuestion& question, const Entrant& entrant,
                                      std::uint64_t seed);

}  // namespace attune::cli
