#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/core/result.hpp"

namespace attune::cli {

/// One signal of a file, on an even grid of samples.
struct SignalFile {
  double rate_hz = 0.0;
  std::size_t rows = 0;            ///< of the file
  std::vector<double> values;      ///< a slot of the grid each; NaN where the file has none
  std::vector<std::int64_t> row;   ///< of each slot; −1 where the file has none
  std::vector<std::string> notes;  ///< what was set right

  /// The row nearest to a position on the grid.
  [[nodiscard]] std::int64_t row_near(double slot) const;
  [[nodiscard]] double duration_s() const { return static_cast<double>(values.size()) / rate_hz; }
};

/// Reads a signal and its time stamps, if it has any. The signal's column is the first named in `names`, else
/// the first that is no time; without a header, a first column that only rises is the time of the second.
/// @param rate_hz  as the user gave it; else the file's own "rate_hz=", its name's "_360hz", or its time
/// stamps tell. Errors: no numbers, text where a number should be (with the row), no rate to be had or one
/// outside `least_hz` … 10000.
[[nodiscard]] core::Result<SignalFile> read_signal(const std::string& path,
                                                   std::initializer_list<std::string_view> names,
                                                   std::optional<double> rate_hz, double least_hz);

}  // namespace attune::cli
