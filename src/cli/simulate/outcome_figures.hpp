#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "attune/sim/outcome.hpp"

namespace attune::cli {

/// One number that sessions are judged by.
struct Measure {
  const char* name;   ///< as in the JSON
  const char* title;  ///< as in the table
  double (*of)(const sim::Outcome&);
  bool of_exposure = false;  ///< says nothing where nothing is exposed to
  bool counts = false;       ///< of everybody it is so or not: the mean is a share of people
};

inline constexpr std::array measures{
    Measure{"habituation", "habituation", [](const sim::Outcome& o) { return o.habituation; }, true},
    Measure{"learning", "learning", [](const sim::Outcome& o) { return o.learning; }, true},
    Measure{"productive", "productive time", [](const sim::Outcome& o) { return o.productive; }, true},
    Measure{"minutes_above_85", "minutes above 85", [](const sim::Outcome& o) { return o.minutes_above_85; }},
    Measure{"dropouts", "drop-outs", [](const sim::Outcome& o) { return o.dropped_out ? 1.0 : 0.0; }, false,
            true},
    Measure{"steps", "steps", [](const sim::Outcome& o) { return static_cast<double>(o.steps); }, true},
    Measure{"lead_share", "gaze led", [](const sim::Outcome& o) { return o.lead_share; }},
    Measure{"feedback_share", "feedback on", [](const sim::Outcome& o) { return o.feedback_share; }},
};

/// A mean with its 95 % interval.
struct Figure {
  double mean = 0.0;
  std::optional<double> low, high;  ///< none of fewer than two values
};

/// Mean of independent values; the interval is mean ± t · s/√n (Student 1908).
[[nodiscard]] Figure figure_of(const std::vector<double>& values);
/// The share of ones among zeros and ones, with the score interval (Wilson, JASA 22 (1927) 209): it stays
/// within 0..1, and that nobody of 500 left says no more than that fewer than one in a hundred do.
[[nodiscard]] Figure share_of(const std::vector<double>& zeros_and_ones);

/// One figure a measure, in the order of `measures`.
using Figures = std::array<Figure, measures.size()>;

[[nodiscard]] Figures figures_of(const std::vector<sim::Outcome>& outcomes);
/// Of the differences one − other, person by person. Both must be of the same people in the same order.
[[nodiscard]] Figures differences_of(const std::vector<sim::Outcome>& one,
                                     const std::vector<sim::Outcome>& other);

}  // namespace attune::cli
