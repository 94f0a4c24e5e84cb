#pragma once

#include <string>
#include <vector>

namespace attune::cli {

/// A signal over time with marks on it, as SVG.
struct LinePlot {
  std::string title, unit;
  double rate_hz = 1.0;
  std::vector<double> values;  ///< NaN breaks the line
  std::vector<double> marks;   ///< samples
  bool one_scale = false;      ///< all rows have the scale of the whole record, which shows slow changes
};

/// Rows of ten seconds (of a sixtieth of long records), at most sixty, each with the least and the largest
/// value that it has room for; a blue line, vermilion marks (Okabe & Ito 2008); ticks of time below the last
/// row.
[[nodiscard]] std::string draw(const LinePlot& plot);

}  // namespace attune::cli
