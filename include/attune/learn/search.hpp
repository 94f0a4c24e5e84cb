#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/training.hpp"

namespace attune::learn {

struct SearchOptions {
  std::size_t trials = 30;
  std::filesystem::path file;  ///< a row a trial; a file that is there already is gone on with
  Settings first;              ///< the first trial's; the others are drawn
  std::uint64_t seed = 1;      ///< of the trials, and of all that is trained
  std::size_t parts = 5;       ///< as `TrainingOptions`
  std::function<void(std::size_t done)> on_trial;
  std::function<bool()> stop;  ///< asked after each network; a trial that is not done then is forgotten
};

/// What a search found.
struct Searched {
  Settings kept;                 ///< for the network that is kept
  std::vector<Settings> judged;  ///< for each of the judged networks
  std::size_t trials = 0;        ///< done
  bool interrupted = false;
};

/// Tries settings at random, from wide ranges on scales that fit (Bergstra & Bengio, JMLR 13, 2012), on every
/// network that `train_monitor` will train, and takes for each what served its own validation people best. A
/// judged network is thus searched inside its own training and validation people: those who judge it have no
/// part in the choice.
///
/// Trials depend on the seed and their number alone, so a search that was killed goes on as if it had not
/// been. Errors: as `train_monitor`; a file of other data or options, or that is no list of trials.
[[nodiscard]] core::Result<Searched> search_settings(const Dataset& data, const SearchOptions& options);

}  // namespace attune::learn
