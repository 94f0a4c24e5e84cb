#pragma once

#include <optional>
#include <string_view>

namespace attune::core {

/// So many dots may stand in one dotted name of a TOML file (`a.b.c` has two).
inline constexpr int most_dots = 16;

/// The first line with a dotted name of more than `most_dots` dots; none in any file that people write. Each
/// dot is a table in a table, which the parser bounds for brackets and braces only: of tens of thousands it
/// would exhaust the stack. Dots in texts and comments do not count.
[[nodiscard]] std::optional<int> line_of_endless_name(std::string_view toml);

}  // namespace attune::core
