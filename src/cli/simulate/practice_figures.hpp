#pragma once

#include <optional>
#include <vector>

#include "attune/treatment/activities/probe_score.hpp"
#include "attune/treatment/practice_result.hpp"
#include "cli/simulate/outcome_figures.hpp"

namespace attune::cli {

/// One thing that comes of a programme's practices.
struct PracticeMeasure {
  const char* name;                                               ///< as in the JSON
  const char* title;                                              ///< as in the table, with its unit
  std::optional<double> (*of)(const treatment::PracticeResult&);  ///< none: it was not measured
};

/// A measure over people.
struct PracticeFigure {
  const PracticeMeasure* measure = nullptr;
  Figure figure;
  std::size_t people = 0;  ///< of whom it was measured
};

/// What was measured of anybody, in a fixed order; what nobody's session has is left out.
[[nodiscard]] std::vector<PracticeFigure> practice_figures(
    const std::vector<treatment::PracticeResult>& results);

/// How far the dot-probe's index tells these people apart. Nothing where fewer than three have one.
[[nodiscard]] std::optional<treatment::SplitHalf> split_half_of(
    const std::vector<treatment::PracticeResult>& results);

}  // namespace attune::cli
