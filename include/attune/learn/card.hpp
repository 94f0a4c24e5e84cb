#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/model.hpp"
#include "attune/learn/training.hpp"

namespace attune::learn {

/// One set of data that went into a model.
struct SetUsed {
  std::string name;     ///< "vr-cafe"
  std::string licence;  ///< SPDX
  std::string label;    ///< what was learnt from it and how it was brought to 0..1
  std::size_t people = 0, visits = 0, samples = 0;
  std::size_t visits_left_out = 0;  ///< without a label, or shorter than a window
};

/// What a model card tells besides what was measured.
struct CardText {
  Population trained_on = Population::people;
  std::vector<SetUsed> sets;
  std::string command;                       ///< that makes the same file again
  std::string protocol;                      ///< in a few sentences
  std::size_t searched = 0;                  ///< settings that were tried beside these; 0: none
  std::vector<std::string> evaluations;      ///< of the same training on people left out: JSON each
  std::map<std::string, std::string> plots;  ///< "losses", "calibration": files beside the card
};

/// Whether a clinic may use what was made from data under this licence: Apache-2.0 and MIT.
[[nodiscard]] bool licence_allowed(std::string_view spdx);

/// Writes FILE.pt and, beside it, FILE.json; `research_only` when a licence is not allowed. Both are whole or
/// not there. Errors: the name does not end in .pt, a file that cannot be written.
[[nodiscard]] core::Result<void> write_monitor(const std::filesystem::path& model,
                                               const TrainedMonitor& trained, const TrainingOptions& options,
                                               const CardText& text);
/// @param monitor  card of the monitor whose embedding the model reads; its hash is named, and whom it
/// serves.
[[nodiscard]] core::Result<void> write_treatment(const std::filesystem::path& model,
                                                 const TrainedTreatment& trained,
                                                 const TrainingOptions& options, const CardText& text,
                                                 const ModelCard& monitor);

}  // namespace attune::learn
