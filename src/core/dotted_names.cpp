#include "core/dotted_names.hpp"

#include <algorithm>

namespace attune::core {

namespace {

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// Where the text that begins at `at` with a quotation mark ends: behind its last one, or, where that is
/// missing, at the end of the line or the file.
std::size_t end_of_text(std::string_view toml, std::size_t at) {
  const char quote = toml[at];
  const std::string_view three = quote == '"' ? "\"\"\"" : "'''";
  const bool is_long = toml.substr(at, 3) == three;
  for (std::size_t i = at + (is_long ? 3 : 1); i < toml.size(); ++i) {
    if (quote == '"' && toml[i] == '\\')
      ++i;
    else if (is_long && toml.substr(i, 3) == three)
      return i + 3;
    else if (!is_long && toml[i] == quote)
      return i + 1;
    else if (!is_long && toml[i] == '\n')
      return i;
  }
  return toml.size();
}

}  // namespace

std::optional<int> line_of_endless_name(std::string_view toml) {
  int line = 1, dots = 0;
  for (std::size_t i = 0; i < toml.size();) {
    const char c = toml[i];
    auto next = i + 1;
    if (c == '#') {
      next = std::min(toml.find('\n', i), toml.size());
    } else if (c == '"' || c == '\'') {
      next = end_of_text(toml, i);
    } else if (c == '.') {
      if (++dots > most_dots) return line;
    } else if (!is_bare(c) && c != ' ' && c != '\t') {
      dots = 0;  // a name ends here
    }
    line += static_cast<int>(std::count(toml.data() + i, toml.data() + next, '\n'));
    i = next;
  }
  return std::nullopt;
}

}  // namespace attune::core
