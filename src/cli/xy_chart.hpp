#pragma once

#include <string>
#include <utility>
#include <vector>

namespace attune::cli {

/// Lines or points over two axes, as SVG.
struct XyChart {
  struct Series {
    std::string name;  ///< in the legend; empty: not there
    std::vector<std::pair<double, double>> points;
    bool joined = true;  ///< by a line; else dots
    bool faint = false;  ///< grey and dashed: what to compare with
  };
  struct Axis {
    std::string title;
    double from = 0.0, to = 1.0;
  };
  std::string title;
  Axis x, y;
  std::vector<Series> series;
  std::string note;  ///< under the chart
};

/// One chart beside the other; colours that the colour-blind tell apart (Okabe & Ito 2008).
[[nodiscard]] std::string draw(const std::vector<XyChart>& charts);

/// The least range of round numbers that holds all values of the series. @param upwards  from 0.
[[nodiscard]] std::pair<double, double> range_of(const std::vector<XyChart::Series>& series, bool upwards);

}  // namespace attune::cli
