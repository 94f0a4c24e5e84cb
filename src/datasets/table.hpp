#pragma once

#include <glm/vec3.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/core/result.hpp"

namespace attune::datasets {

/// A comma-separated file as the public sets write them: byte-order mark, CRLF, trailing commas, quoted
/// fields, vectors
/// `(x, y, z)` whose commas divide nothing, a header that comes again where the log was begun anew.
class Table {
 public:
  Table(Table&&) = default;  // the rows point into the text
  Table& operator=(Table&&) = default;
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  struct Row {
    int line = 0;  ///< in the file, from 1
    std::vector<std::string_view> fields;
  };

  /// @param name     how the file is named in errors.
  /// @param text     the whole file.
  /// @param columns  expected names of the first columns, in order; empty accepts any.
  /// Errors: empty, a column missing or named otherwise, a row with too few fields other than the last.
  [[nodiscard]] static core::Result<Table> parse(std::string name, std::string text,
                                                 const std::vector<std::string>& columns);

  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] const std::vector<std::string>& notes() const {
    return notes_;
  }  ///< what was left out and why
  [[nodiscard]] const std::string& name() const { return name_; }

  /// A field as a finite number.
  [[nodiscard]] static std::optional<double> number(std::string_view field);
  /// A field "(x, y, z)" of finite numbers.
  [[nodiscard]] static std::optional<glm::vec3> vector(std::string_view field);
  /// "FILE:LINE: column 'NAME' is 'TEXT', not WHAT".
  [[nodiscard]] core::Error wrong(const Row& row, std::size_t column, std::string_view what) const;

 private:
  Table() = default;

  std::string name_;
  std::vector<char> text_;  // a vector keeps its place when moved, a short string does not
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
  std::vector<std::string> notes_;
};

}  // namespace attune::datasets
