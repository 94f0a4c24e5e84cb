#pragma once

#include <optional>
#include <string_view>

#include "report/words.hpp"

namespace attune::report {

/// Both languages of a sentence that a session says of itself and that is no code of a table: what the
/// headset does, what was asked and answered, why a step was left, why a session ended. Nothing for other
/// words.
[[nodiscard]] std::optional<Words> said_words(std::string_view words);

}  // namespace attune::report
