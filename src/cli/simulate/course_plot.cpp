#include "cli/simulate/course_plot.hpp"

#include <algorithm>

#include "cli/xy_chart.hpp"

namespace attune::cli {

namespace {

constexpr double band_deviations = 1.645;  // as the governor's upper bound
constexpr double point_every_s = 3.0;      // more than the eye can tell apart

XyChart chart_of(const TitledCourse& titled) {
  XyChart chart;
  chart.title = titled.title;
  chart.note = titled.note;
  chart.x = {"minutes; dashed: 90 % band of what is believed", 0.0, simulated_session_s / 60.0};
  chart.y = {"0..1 (SUDS / 100)", 0.0, 1.0};
  XyChart::Series anxiety{"anxiety", {}}, believed{"believed", {}}, exposure{"exposure z", {}},
      feedback{"guide u", {}}, answers{"SUDS", {}, false};
  XyChart::Series low{"", {}, true, true}, high{"", {}, true, true};
  double next_s = 0.0;
  for (const auto& point : titled.course) {
    const double minute = point.time_s / 60.0;
    if (point.suds) answers.points.emplace_back(minute, *point.suds / 100.0);
    if (point.time_s < next_s) continue;
    next_s += point_every_s;
    anxiety.points.emplace_back(minute, point.anxiety);
    exposure.points.emplace_back(minute, point.z);
    feedback.points.emplace_back(minute, point.u);
    if (!point.believed) continue;
    const double band = band_deviations * point.deviation.value_or(0.0);
    believed.points.emplace_back(minute, std::clamp(*point.believed, 0.0, 1.0));
    low.points.emplace_back(minute, std::clamp(*point.believed - band, 0.0, 1.0));
    high.points.emplace_back(minute, std::clamp(*point.believed + band, 0.0, 1.0));
  }
  chart.series = {anxiety, believed, exposure, feedback, answers};
  if (!believed.points.empty()) chart.series.insert(chart.series.end(), {low, high});
  return chart;
}

}  // namespace

std::string draw_courses(const std::vector<TitledCourse>& courses) {
  std::vector<XyChart> charts;
  for (const auto& course : courses) charts.push_back(chart_of(course));
  return draw(charts);
}

}  // namespace attune::cli
