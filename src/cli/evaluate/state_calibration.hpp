#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cli/evaluate/calibration_plot.hpp"
#include "cli/examples/state_examples.hpp"

namespace attune::cli {

/// The belief's intervals over a set's courses, of people left out.
[[nodiscard]] core::Result<learn::BeliefCalibration> calibration_of(const StateCourses& courses,
                                                                    std::uint64_t seed);

void print(const StateCourses& courses, const learn::BeliefCalibration& calibration);
[[nodiscard]] nlohmann::ordered_json to_json(const StateCourses& courses,
                                             const learn::BeliefCalibration& calibration);
[[nodiscard]] CalibrationPlot plot_of(const StateCourses& courses,
                                      const learn::BeliefCalibration& calibration);

}  // namespace attune::cli
