#include "datasets/field_lines.hpp"

#include <algorithm>

#include "attune/datasets/number_file.hpp"

namespace attune::datasets {

namespace {

constexpr int lines_to_judge = 200;

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\0'; }

std::string_view trimmed(std::string_view text, bool tabs) {
  const auto drop = [&](char c) { return blank(c) && (tabs || c != '\t'); };
  while (!text.empty() && drop(text.front())) text.remove_prefix(1);
  while (!text.empty() && drop(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view unquoted(std::string_view text) {
  for (const char quote : {'"', '\''}) {
    if (text.size() >= 2 && text.front() == quote && text.back() == quote) {
      return trimmed(text.substr(1, text.size() - 2), true);
    }
  }
  return text;
}

std::string narrowed(std::string_view wide, bool big_endian) {
  std::string text;
  text.reserve(wide.size() / 2);
  for (std::size_t i = 0; i + 1 < wide.size(); i += 2) {
    const char low = wide[i + (big_endian ? 1 : 0)], high = wide[i + (big_endian ? 0 : 1)];
    text.push_back(high == 0 ? low : '?');
  }
  return text;
}

/// Numbers among the cells of the lines that are judged, and how many cells the lines have.
struct Census {
  std::size_t lines = 0, numbers = 0, others = 0;
  std::size_t header_cells = 0, cells = 0;  // of the first line, and of the last
  bool even = true;                         // the rows all have as many cells
};

Census census(std::string_view text, const FieldFormat& format) {
  Census result;
  FieldLines lines(text);
  std::vector<std::string_view> cells;
  while (result.lines < lines_to_judge) {
    const auto line = lines.next();
    if (!line) break;
    if (line->empty() || line->starts_with('#')) continue;
    split_fields(*line, format, cells);
    if (result.lines == 0) {
      result.header_cells = cells.size();
    } else {
      result.even = result.even && (result.lines == 1 || cells.size() == result.cells);
      result.cells = cells.size();
      for (const auto cell : cells)
        ++(field_number(cell, format.decimal_comma) ? result.numbers : result.others);
    }
    ++result.lines;
  }
  return result;
}

bool holds(std::string_view text, char wanted) {
  FieldLines lines(text);
  for (int seen = 0; seen < lines_to_judge;) {
    const auto line = lines.next();
    if (!line) break;
    if (line->empty() || line->starts_with('#')) continue;
    if (line->find(wanted) != std::string_view::npos) return true;
    ++seen;
  }
  return false;
}

}  // namespace

NarrowText without_byte_order_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) return NarrowText(text.substr(3));
  if (text.starts_with("\xFF\xFE")) return NarrowText(narrowed(text.substr(2), false));
  if (text.starts_with("\xFE\xFF")) return NarrowText(narrowed(text.substr(2), true));
  return NarrowText(text);
}

std::optional<std::string_view> FieldLines::next() {
  if (rest_.empty()) return std::nullopt;
  const auto end = std::min(rest_.find_first_of("\r\n"), rest_.size());
  const auto line = rest_.substr(0, end);
  rest_.remove_prefix(end);
  // CRCRLF is what a file becomes whose line ends were translated twice.
  std::size_t returns = 0;
  while (returns < 2 && returns < rest_.size() && rest_[returns] == '\r') ++returns;
  if (returns < rest_.size() && rest_[returns] == '\n') {
    rest_.remove_prefix(returns + 1);
  } else if (returns > 0) {
    rest_.remove_prefix(1);
  }
  ++number_;
  return trimmed(line, false);
}

void split_fields(std::string_view line, const FieldFormat& format, std::vector<std::string_view>& cells) {
  cells.clear();
  if (format.separator == ' ') {
    while (!line.empty()) {
      const auto end = std::min(line.find_first_of(" \t"), line.size());
      if (end > 0) cells.push_back(unquoted(line.substr(0, end)));
      line.remove_prefix(std::min(end + 1, line.size()));
    }
    if (cells.empty()) cells.emplace_back();
    return;
  }
  std::size_t start = 0;
  char quote = '\0';
  for (std::size_t i = 0; i <= line.size(); ++i) {
    const char c = i < line.size() ? line[i] : format.separator;
    if (i < line.size() && c == '"') quote = quote == c ? '\0' : c;
    if (i < line.size() && (c != format.separator || quote != '\0')) continue;
    cells.push_back(unquoted(trimmed(line.substr(start, i - start), format.separator != '\t')));
    start = i + 1;
  }
}

FieldFormat guess_format(std::string_view text) {
  if (holds(text, ';')) return {';', holds(text, ',')};
  if (holds(text, '\t')) return {'\t', holds(text, ',')};
  if (holds(text, ',')) {
    // "0,004,1,25" under a header of two names, or "1,25" under one: every comma that should divide comes
    // double.
    const auto divided = census(text, {',', false});
    if (divided.lines > 1 && divided.even && divided.cells == 2 * divided.header_cells) {
      return divided.header_cells == 1 ? FieldFormat{'\t', true} : FieldFormat{',', false};
    }
    const auto spaced = census(text, {' ', true});
    if (spaced.lines > 1 && spaced.others == 0 && spaced.even && spaced.cells > 1 && divided.others > 0)
      return {' ', true};
    return {',', false};
  }
  if (holds(text, ' ')) return {' ', false};
  return {',', false};
}

}  // namespace attune::datasets
