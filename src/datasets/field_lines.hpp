#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a text file of numbers is made of, before anything is a number.
namespace attune::datasets {

/// How cells are written.
struct FieldFormat {
  char separator = ',';  ///< ' ' stands for any run of blanks
  bool decimal_comma = false;
};

/// Text without its byte-order mark; UTF-16 narrowed to bytes.
class NarrowText {
 public:
  explicit NarrowText(std::string_view text) : view_(text) {}
  explicit NarrowText(std::string text) : own_(std::move(text)), owned_(true) {}
  [[nodiscard]] std::string_view view() const { return owned_ ? std::string_view(own_) : view_; }

 private:
  std::string own_;
  std::string_view view_;
  bool owned_ = false;
};
[[nodiscard]] NarrowText without_byte_order_mark(std::string_view text);

/// Line by line, without ends (LF, CRLF, CR, CRCRLF) and blanks around; '\0' counts as a blank.
class FieldLines {
 public:
  explicit FieldLines(std::string_view text) : rest_(text) {}
  [[nodiscard]] std::optional<std::string_view> next();
  [[nodiscard]] int number() const { return number_; }  ///< of the last line, from 1

 private:
  std::string_view rest_;
  int number_ = 0;
};

/// Cells of a line, trimmed and unquoted, trailing empty ones kept.
void split_fields(std::string_view line, const FieldFormat& format, std::vector<std::string_view>& cells);

/// Judged by the first lines that are no comment.
[[nodiscard]] FieldFormat guess_format(std::string_view text);

}  // namespace attune::datasets
