#include <algorithm>
#include <charconv>
#include <cmath>

#include "attune/treatment/questionnaire.hpp"

namespace attune::treatment {

namespace {

std::string trimmed(const std::string& text, const char* blanks = " \r\n") {
  const auto first = text.find_first_not_of(blanks);
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t from = text.compare(0, 3, "\xEF\xBB\xBF") == 0 ? 3 : 0;  // a byte-order mark
  while (from < text.size()) {
    const auto end = std::min(text.find('\n', from), text.size());
    lines.push_back(trimmed(text.substr(from, end - from)));
    from = end + 1;
  }
  return lines;
}

/// What stands in a cell, without blanks around it and the quotation marks that some spreadsheets write.
std::string cell_in(const std::string& text) {
  const char* blanks = " \t\r\n";
  const auto cell = trimmed(text, blanks);
  const bool is_quoted = cell.size() >= 2 && cell.front() == '"' && cell.back() == '"';
  return is_quoted ? trimmed(cell.substr(1, cell.size() - 2), blanks) : cell;
}

std::vector<std::string> cells_of(const std::string& line) {
  char between = ',';
  for (const char other : {';', '\t'}) {
    if (line.find(',') == std::string::npos && line.find(other) != std::string::npos) between = other;
  }
  std::vector<std::string> cells;
  std::size_t from = 0;
  for (auto at = line.find(between); at != std::string::npos; at = line.find(between, from)) {
    cells.push_back(cell_in(line.substr(from, at - from)));
    from = at + 1;
  }
  cells.push_back(cell_in(line.substr(from)));
  return cells;
}

std::optional<double> number_in(const std::string& cell) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// As people write it: 3, not 3.000000.
std::string shown(double value) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return error == std::errc{} ? std::string(buffer, end) : "?";
}

/// A cell as a message can repeat it: short, and without what a terminal would obey.
std::string repeated(const std::string& cell) {
  constexpr std::size_t longest = 24;
  std::size_t end = cell.size();
  if (end > longest) {
    for (end = longest; end > 0 && (static_cast<unsigned char>(cell[end]) & 0xC0U) == 0x80U;) --end;
  }
  std::string result;
  for (const char c : std::string_view(cell).substr(0, end))
    result.push_back(static_cast<unsigned char>(c) < 0x20U || c == 0x7F ? '?' : c);
  return end < cell.size() ? result.append("…") : result;
}

/// What is wrong with an answer; empty when nothing is.
std::string mistake_in(const Questionnaire& questionnaire, const std::string& cell) {
  const auto value = number_in(cell);
  const auto range = shown(questionnaire.lowest) + " to " + shown(questionnaire.highest);
  if (!value) {
    return std::string(1, '\'').append(repeated(cell)) + "' is no number, must be " + range +
           " (empty: left out)";
  }
  if (*value < questionnaire.lowest || *value > questionnaire.highest) {
    return repeated(cell) + " is out of range, must be " + range;
  }
  if (questionnaire.whole_numbers && *value != std::floor(*value)) {
    return repeated(cell) + " is between two marks, must be a whole number, " + range;
  }
  return {};
}

}  // namespace

core::Result<Answers> parse_answers(const Questionnaire& questionnaire, const std::string& text,
                                    const std::string& name) {
  const auto lines = lines_of(text);
  const auto row = name + ": row 1: ";
  if (lines.empty()) return core::bad_input(row + "is missing: the file is empty");
  if (text.find('\0') != std::string::npos)
    return core::bad_input(row + "holds a byte 0, as a spreadsheet or UTF-16 does: save it as CSV in UTF-8");
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (!lines[i].empty()) {
      return core::bad_input(name + ": row " + std::to_string(i + 1) +
                             ": is one too many, the answers are a single row");
    }
  }
  const auto cells = cells_of(lines.front());
  const auto item = [](std::size_t number) { return "item " + std::to_string(number) + ": "; };
  const auto expected = static_cast<std::size_t>(questionnaire.item_count);
  const auto has =
      questionnaire.id + " has " + std::to_string(expected) + ", the row has " + std::to_string(cells.size());
  if (cells.size() > expected) return core::bad_input(row + item(expected + 1) + "is one too many: " + has);
  if (cells.size() < expected) {
    return core::bad_input(row + item(cells.size() + 1) + "is missing: " + has +
                           " (leave the cell of an unanswered item empty)");
  }
  Answers answers;
  for (const auto& cell : cells) {
    if (cell.empty()) {
      answers.emplace_back();
      continue;
    }
    if (const auto mistake = mistake_in(questionnaire, cell); !mistake.empty())
      return core::bad_input(row + item(answers.size() + 1).append(mistake));
    answers.emplace_back(number_in(cell));
  }
  return answers;
}

}  // namespace attune::treatment
