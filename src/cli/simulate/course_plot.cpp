#include "cli/simulate/course_plot.hpp"

#include <algorithm>

#include "cli/xy_chart.hpp"

namespace attune::cli {

namespace {

constexpr double band_deviations = 1.645;  // as the governor's upper bound
constexpr double point_every_s = 3.0;      // more than the eye can tell apart
constexpr double as_suds = 100.0;
constexpr const char *guide_colour = "#f8e3b5", *band_colour = "#ebebeb";

/// From when to when calming feedback was shown: one area each, of which the first is named.
std::vector<XyChart::Area> guided(const std::vector<CoursePoint>& course) {
  std::vector<XyChart::Area> areas;
  bool on = false;
  for (const auto& point : course) {
    const double minute = point.time_s / 60.0;
    if (on) areas.back().points.back()[0] = minute;
    if (on == (point.u > 0.0)) continue;
    on = !on;
    if (on)
      areas.push_back(
          {areas.empty() ? "guide" : "", guide_colour, {{minute, 0.0, 100.0}, {minute, 0.0, 100.0}}});
  }
  return areas;
}

XyChart chart_of(const TitledCourse& titled, double length_s) {
  XyChart chart;
  chart.title = titled.title;
  chart.note = titled.note;
  chart.legend_every = 82.0;
  chart.x = {"minutes; grey: 90 % band of what is believed; dashed: 85", 0.0, length_s / 60.0};
  chart.y = {"anxiety and answers, SUDS; exposure, %", 0.0, as_suds};
  // Every name keeps its colour, also where another is not there.
  XyChart::Series anxiety{"anxiety", {}}, believed{"believed", {}}, exposure{"exposure", {}},
      answers{"SUDS said", {}, false};
  XyChart::Area band{"", band_colour, {}};
  const auto suds = [](double share) { return as_suds * std::clamp(share, 0.0, 1.0); };
  double next_s = 0.0;
  for (const auto& point : titled.course) {
    const double minute = point.time_s / 60.0;
    if (point.suds) answers.points.emplace_back(minute, *point.suds);
    if (point.time_s < next_s) continue;
    next_s += point_every_s;
    anxiety.points.emplace_back(minute, suds(point.anxiety));
    exposure.points.emplace_back(minute, suds(point.z));
    if (!point.believed) continue;
    const double half = band_deviations * point.deviation.value_or(0.0);
    believed.points.emplace_back(minute, suds(*point.believed));
    band.points.push_back({minute, suds(*point.believed - half), suds(*point.believed + half)});
  }
  chart.areas = guided(titled.course);
  if (band.points.empty()) {
    chart.x.title = "minutes; dashed: 85";
  } else {
    chart.areas.push_back(band);
  }
  chart.series = {{"", {{0.0, 85.0}, {chart.x.to, 85.0}}, true, true}, anxiety, believed, exposure, answers};
  return chart;
}

}  // namespace

std::string draw_courses(const std::vector<TitledCourse>& courses, const std::string& title,
                         double length_s) {
  std::vector<XyChart> charts;
  for (const auto& course : courses) charts.push_back(chart_of(course, length_s));
  return draw(charts, {title,
                       "The patients are virtual: anxiety is what their equations say. Their numbers are "
                       "plausible, not fitted to a cohort."});
}

}  // namespace attune::cli
