#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/evaluation/calibration.hpp"
#include "attune/learn/evaluation/judge.hpp"

namespace attune::cli {

/// How a set is judged.
enum class Protocol {
  strict,     ///< where no shortcut helps: docs/evaluation.md has the table
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
  /// Where set: examples before it are learnt from, and those from there on are judged.
  std::optional<std::size_t> tested_from = std::nullopt;

  [[nodiscard]] std::size_t judged() const { return examples.size() - tested_from.value_or(0); }
};

/// Whole stays, for the belief to go through.
struct StateCourses {
  std::string what;  ///< in words: what is believed, and when it is judged
  std::vector<learn::Course> all;
  learn::LeaveOut leave = learn::LeaveOut::person;
  bool yes_or_no = false;                                 ///< the truth is 0 or 1
  std::optional<std::size_t> tested_from = std::nullopt;  ///< as in `StateQuestion`
};

/// A public set, read and played through the feature extractor.
struct StateSet {
  std::vector<StateQuestion> questions;
  StateCourses courses;            ///< empty where nothing is believed: whoever wants no calibration
  std::vector<std::string> notes;  ///< what was left out, and how many
};

/// Called with how much is done and how much there is.
using Done = std::function<void(std::size_t, std::size_t)>;

/// One set's people to learn from and others to judge: the questions of both, the judged ones behind the
/// others. Judged people whose name others have already get another (`notes` say so). Errors: somebody is in
/// both, by whatever name, which more than half of the examples being the same shows.
core::Result<StateSet> learn_from_and_judge(StateSet learnt, StateSet judged);

// What papers ask.

/// Every question once more, with each person's features standardised over all of that person's (unlabelled)
/// data: "auc" becomes "auc_own" beside itself.
void ask_standardised_too(StateSet& set);
/// The same question, answered yes or no.
StateQuestion as_balanced_accuracy(StateQuestion question);

// One function a set. `folder` is the set's own. Errors name the file that is missing or wrong; nobody in the
// folder is one.
core::Result<StateSet> wait_examples(const std::filesystem::path& folder, Protocol protocol,
                                     const Done& done);
core::Result<StateSet> cafe_examples(const std::filesystem::path& folder, Protocol protocol,
                                     const Done& done);
core::Result<StateSet> ceap_examples(const std::filesystem::path& folder, Protocol protocol,
                                     const Done& done);
core::Result<StateSet> vreed_examples(const std::filesystem::path& folder, Protocol protocol,
                                      const Done& done);
core::Result<StateSet> wrist_examples(const std::filesystem::path& folder, Protocol protocol,
                                      const Done& done);

}  // namespace attune::cli
