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

/// Courses side by side, as SVG: anxiety as it was and as it was believed, with the belief's 90 % band and
/// the answers as dots, 0..100 as SUDS; exposure in per cent, and when the breathing guide was shown.
/// @param title      what they are of.
/// @param length_s  how long the sessions are at most, s.
[[nodiscard]] std::string draw_courses(const std::vector<TitledCourse>& courses, const std::string& title,
                                       double length_s);

}  // namespace attune::cli
