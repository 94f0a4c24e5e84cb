#pragma once

#include <string>
#include <vector>

#include "cli/simulate/simulated_session.hpp"

namespace attune::cli {

/// One course as it is drawn.
struct TitledCourse {
  std::string title, note;
  std::vector<CoursePoint> course;
};

/// Courses side by side, as SVG: anxiety as it was, as it was believed with its 90 % band, exposure and
/// feedback over minutes, and the answers as dots.
[[nodiscard]] std::string draw_courses(const std::vector<TitledCourse>& courses);

}  // namespace attune::cli
