#pragma once

#include <array>
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
  /// A part of the chart between two lines, filled, behind everything.
  struct Area {
    std::string name;                           ///< in the legend; empty: not there
    std::string colour;                         ///< `#rrggbb`
    std::vector<std::array<double, 3>> points;  ///< x, from, to
  };
  struct Axis {
    std::string title;
    double from = 0.0, to = 1.0;
  };
  std::string title;
  Axis x, y;
  std::vector<Series> series;
  std::string note;  ///< under the chart
  std::vector<Area> areas = {};
  double legend_every = 90.0;  ///< pixels from one name of the legend to the next; a chart is 480 wide
};

/// What stands above all charts of a page: what they show, and what is to be known of it.
struct ChartHeading {
  std::string title, note;
};

/// One chart beside the other; colours that the colour-blind tell apart (Okabe & Ito 2008).
[[nodiscard]] std::string draw(const std::vector<XyChart>& charts);
[[nodiscard]] std::string draw(const std::vector<XyChart>& charts, const ChartHeading& heading);

/// The least range of round numbers that holds all values of the series. @param upwards  from 0.
[[nodiscard]] std::pair<double, double> range_of(const std::vector<XyChart::Series>& series, bool upwards);

}  // namespace attune::cli
