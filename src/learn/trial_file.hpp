#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/training.hpp"

namespace attune::learn {

/// One set of settings, and how every network did with it.
struct Trial {
  Settings settings;
  std::vector<double> errors;       ///< least mean squared error in validation; infinite: it went astray
  std::vector<std::size_t> epochs;  ///< in which that was

  friend bool operator==(const Trial&, const Trial&) = default;
};

/// The trials of a search as rows of a CSV file, so that a search can be looked at and gone on with. A row
/// that a kill cut short is forgotten.
class TrialFile {
 public:
  /// @param search    what the trials are of: those of anything else are refused.
  /// @param networks  number of them.
  /// Errors (naming file and row): of another search, not a list of trials, cannot be read or written.
  [[nodiscard]] static core::Result<TrialFile> open(const std::filesystem::path& path,
                                                    const std::string& search, std::size_t networks);

  [[nodiscard]] const std::vector<Trial>& trials() const { return trials_; }
  /// The row is on the disk, or with the system at least, when this returns. Errors: it cannot be written.
  [[nodiscard]] core::Result<void> append(const Trial& trial);

 private:
  TrialFile(std::filesystem::path path, std::string search, std::size_t networks);
  [[nodiscard]] core::Result<void> read(const std::string& text);

  std::filesystem::path path_;
  std::string search_;
  std::size_t networks_;
  std::vector<Trial> trials_;
};

}  // namespace attune::learn
