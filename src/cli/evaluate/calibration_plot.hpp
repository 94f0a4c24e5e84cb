#pragma once

#include <string>
#include <utility>
#include <vector>

namespace attune::cli {

/// How often something was so against how often it should have been, as SVG.
struct CalibrationPlot {
  struct Point {
    double nominal = 0.0, seen = 0.0;  ///< 0..1
    double error = 0.0;                ///< standard error of `seen`; 0: none is drawn
  };
  struct Line {
    std::string name;
    std::vector<Point> points;
  };

  std::string title, across, up;  ///< words along the axes
  std::vector<Line> lines;        ///< at most seven
  double allowed = 0.0;           ///< a band of this half-width around the diagonal; 0: none
};

/// A square from 0 to 1 with the diagonal, a legend beside it; colours by Okabe & Ito (2008), and marks of
/// different shapes for those who see no colours.
[[nodiscard]] std::string draw(const CalibrationPlot& plot);

}  // namespace attune::cli
