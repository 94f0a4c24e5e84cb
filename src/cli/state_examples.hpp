#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/evaluation/judge.hpp"

namespace attune::cli {

/// How a set is judged.
enum class Protocol {
  strict,     ///< where no shortcut helps: docs/models.md has the table
  published,  ///< as papers do: one person left out, everything else as it comes
};

/// One question that a set is asked, with the examples that answer it.
struct StateQuestion {
  std::string key;   ///< of its figure in JSON: "auc", "first_150_s"
  std::string what;  ///< in words
  std::vector<learn::Example> examples;
  learn::LeaveOut leave = learn::LeaveOut::person;
  learn::Metric metric = learn::Metric::stratified_auc;
  bool prior_known = false;  ///< what the person said before may be used: `Example::prior`
};

/// A public set, read and played through the feature extractor.
struct StateSet {
  std::vector<StateQuestion> questions;
  std::vector<std::string> notes;  ///< what was left out, and how many
};

/// Called with how much is done and how much there is.
using Done = std::function<void(std::size_t, std::size_t)>;

// One function a set, each in the file of its name. `root` holds the sets' folders.
core::Result<StateSet> wait_examples(const std::filesystem::path& root, Protocol protocol, const Done& done);
core::Result<StateSet> cafe_examples(const std::filesystem::path& root, Protocol protocol, const Done& done);
core::Result<StateSet> ceap_examples(const std::filesystem::path& root, Protocol protocol, const Done& done);
core::Result<StateSet> vreed_examples(const std::filesystem::path& root, Protocol protocol, const Done& done);
core::Result<StateSet> wrist_examples(const std::filesystem::path& root, Protocol protocol, const Done& done);

}  // namespace attune::cli
