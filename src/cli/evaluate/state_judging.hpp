#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "attune/learn/evaluation/predictor.hpp"
#include "cli/examples/state_examples.hpp"

namespace attune::cli {

/// What is held against a question.
struct Entrant {
  std::string name;
  std::function<std::unique_ptr<learn::Predictor>()> make;
  enum class Kind {
    network,   ///< learns by LibTorch, which has one thread
    peer,      ///< reads the same features
    shortcut,  ///< sees neither behaviour nor body
  } kind = Kind::peer;
};

/// The monitor's network first, then its peers, then the shortcuts, of which every one is judged everywhere:
/// where one cannot know anything, it must score like that.
[[nodiscard]] std::vector<Entrant> entrants(const StateQuestion& question);

struct Row {
  std::string name;
  learn::Figure figure;
  std::map<std::string, std::size_t> choices;  ///< how many folds chose each
};

/// All of `entrants`, in their order: networks on this thread, the others on a second one. Of the networks,
/// how far they are is shown. Nothing is known of a figure where the judged are all of one class. Errors: as
/// `learn::ask_all`.
[[nodiscard]] core::Result<std::vector<Row>> judge(const StateQuestion& question, std::uint64_t seed);

}  // namespace attune::cli
