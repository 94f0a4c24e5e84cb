#pragma once

#include <vector>

#include "attune/learn/evaluation/example.hpp"

namespace attune::learn {

/// How good answers are, by what they are judged by later: pairs of a stratum, or of more than two classes
/// the right ones, all classes alike. For choices inside a fold.
[[nodiscard]] double worth(Selection asked, const std::vector<std::vector<double>>& answers,
                           std::size_t classes);

}  // namespace attune::learn
