#pragma once

#include <filesystem>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/core/result.hpp"

/// Text files of numbers as they come from the field.
namespace attune::datasets {

/// One column of a file of numbers.
struct NumberColumn {
  std::string name;  ///< of the header; empty without one
  std::vector<double>
      values;            ///< one a row; NaN where the cell is empty, missing, or says that nothing is known
  int bad_line = 0;      ///< first line whose cell is text that means no number; 0 when there is none
  std::string bad_text;  ///< that cell
};

/// A file of numbers, a row a sample.
///
/// Taken as they are: byte-order marks (UTF-8, and UTF-16 with one), lines that end in LF, CRLF or CR,
/// commas, semicolons, tabs or blanks between cells, decimal commas where commas divide nothing else, quotes,
/// comments after '#', no header or one of several lines, a header that comes again, rows that are too short.
/// Row numbers count rows of numbers as given, from 0: a row whose cells are empty is a row; of a file with
/// one column so is an empty line, save at the end.
struct NumberFile {
  std::string name;                   ///< of the file, for messages
  std::vector<std::string> comments;  ///< without '#'
  std::vector<NumberColumn> columns;  ///< all of the same length; at least one
  std::vector<int> lines;             ///< in the file, from 1, of each row
  std::vector<std::string> notes;     ///< what was left out or set right, and where

  [[nodiscard]] std::size_t rows() const { return lines.size(); }
  /// The first column whose name is one of `names` (letter case aside); nothing without a header.
  [[nodiscard]] const NumberColumn* find(std::initializer_list<std::string_view> names) const;
  /// "KEY=NUMBER" in a comment, as in "rate_hz=360".
  [[nodiscard]] std::optional<double> stated(std::string_view key) const;
  /// Fails, naming the line, when the column holds text that is no number.
  [[nodiscard]] core::Result<void> check(const NumberColumn& column) const;
};

/// Errors: no rows of numbers.
[[nodiscard]] core::Result<NumberFile> parse_numbers(std::string name, std::string_view text);

/// The same from a file, plain or packed on its own (`.xz`, `.gz`). Errors: also missing, damaged, over 256
/// MiB.
[[nodiscard]] core::Result<NumberFile> read_numbers(const std::filesystem::path& path);

/// A cell as a number: decimal point, exponent, sign, or a time of day or date "[YYYY-MM-DD ]h:mm:ss.s",
/// "m:ss.s" in seconds. NaN for what stands for "not known" (empty, nan, NA, null, -, ?, inf, …).
/// @return nothing for any other text.
[[nodiscard]] std::optional<double> field_number(std::string_view cell, bool decimal_comma = false);

}  // namespace attune::datasets
