#include "datasets/table.hpp"

#include <charconv>
#include <cmath>

namespace attune::datasets {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
  return text;
}

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> fields;
  std::size_t start = 0;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i <= line.size(); ++i) {
    const char c = i < line.size() ? line[i] : ',';
    if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == '(')
      ++depth;
    else if (!quoted && c == ')' && depth > 0)
      --depth;
    if (i == line.size() || (c == ',' && depth == 0 && !quoted)) {
      fields.push_back(unquoted(trimmed(line.substr(start, i - start))));
      start = i + 1;
    }
  }
  while (!fields.empty() && fields.back().empty()) fields.pop_back();
  return fields;
}

/// A field as an error quotes it: any file may be taken for a table, and a terminal obeys what it is sent.
std::string in_quotes(std::string_view field) {
  constexpr std::size_t longest = 40;
  std::string text("'");
  for (const char c : field.substr(0, longest)) text.push_back(c >= ' ' && c <= '~' ? c : '?');
  return text.append(field.size() > longest ? "...'" : "'");
}

}  // namespace

core::Result<Table> Table::parse(std::string name, std::string text,
                                 const std::vector<std::string>& columns) {
  Table table;
  table.name_ = std::move(name);
  table.text_.assign(text.begin(), text.end());
  std::string_view rest(table.text_.data(), table.text_.size());
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  int line_number = 0, short_line = 0;
  std::string_view header;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const auto line = trimmed(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    ++line_number;
    if (line.empty()) continue;
    const auto place = table.name_ + ":" + std::to_string(line_number);
    if (table.columns_.empty()) {
      header = line;
      for (const auto& field : split(line)) table.columns_.emplace_back(field);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto found = i < table.columns_.size() ? table.columns_[i] : std::string();
        if (found == columns[i]) continue;
        return core::bad_input(place + ": column " + std::to_string(i + 1) + " should be '" + columns[i] +
                               "' and is " + (found.empty() ? "missing" : in_quotes(found)));
      }
      continue;
    }
    if (line == header) {
      table.notes_.push_back(place + ": the log begins anew; the " + std::to_string(table.rows_.size()) +
                             " rows before are left out");
      table.rows_.clear();
      continue;
    }
    if (short_line != 0) break;
    auto fields = split(line);
    if (fields.size() < columns.size())
      short_line = line_number;
    else
      table.rows_.push_back({line_number, std::move(fields)});
  }
  if (table.columns_.empty()) return core::bad_input(table.name_ + ": is empty");
  if (short_line != 0) {
    const auto place = table.name_ + ":" + std::to_string(short_line);
    if (short_line != line_number) {
      return core::bad_input(place + ": has fewer than " + std::to_string(columns.size()) + " fields");
    }
    table.notes_.push_back(place + ": the last row is cut short and left out");
  }
  return table;
}

std::optional<double> Table::number(std::string_view field) {
  double value = 0;
  const auto [end, problem] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (problem != std::errc() || end != field.data() + field.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<glm::vec3> Table::vector(std::string_view field) {
  if (field.size() < 2 || field.front() != '(' || field.back() != ')') return std::nullopt;
  const auto parts = split(field.substr(1, field.size() - 2));
  if (parts.size() != 3) return std::nullopt;
  glm::vec3 result{0.0F};
  for (int i = 0; i < 3; ++i) {
    const auto value = number(parts[static_cast<std::size_t>(i)]);
    if (!value) return std::nullopt;
    result[i] = static_cast<float>(*value);
  }
  return result;
}

core::Error Table::wrong(const Row& row, std::size_t column, std::string_view what) const {
  const auto field = column < row.fields.size() ? row.fields[column] : std::string_view();
  return core::bad_input(name_ + ":" + std::to_string(row.line) + ": column " + in_quotes(columns_[column]) +
                         " is " + in_quotes(field) + ", not " + std::string(what));
}

}  // namespace attune::datasets
