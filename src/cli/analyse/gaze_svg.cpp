#include "cli/analyse/gaze_svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/trigonometric.hpp>
#include <sstream>

namespace attune::cli {

namespace {

constexpr double width = 1200.0, left = 60.0, right = 20.0;
constexpr double plot_height = 200.0, gap = 30.0, top = 50.0;
constexpr std::size_t most_points = 6000;
constexpr std::size_t curves = 3;

/// By Okabe & Ito (2008): told apart with any colour vision.
constexpr std::array<const char*, attention::gaze_label_count> colours{
    "#bbbbbb", "#009e73", "#d55e00", "#e69f00", "#0072b2", "#999999", "#cc79a7"};

struct Point {
  double time_s;
  std::array<double, curves> value;  ///< yaw, pitch in degrees; speed in degrees a second
  attention::GazeLabel label;
  bool seen;
};

struct Range {
  double low, high;
  [[nodiscard]] double at(double value) const { return (value - low) / (high - low); }
};

std::vector<Point> points_of(const LabelledRecording& labelled, double begin_s) {
  const auto& instants = labelled.instants;
  const std::size_t stride = instants.size() / most_points + 1;
  std::vector<Point> points;
  for (std::size_t first = 0; first < instants.size(); first += stride) {
    // Of each stride the fastest sample, so that no saccade vanishes.
    auto pick = first;
    for (auto i = first; i < std::min(first + stride, instants.size()); ++i)
      if (instants[i].speed_deg_s > instants[pick].speed_deg_s) pick = i;
    const auto& sample = instants[pick];
    const auto& d = sample.direction;
    const bool seen = glm::dot(d, d) > 0.5F;
    const double yaw = seen ? static_cast<double>(glm::degrees(std::atan2(d.x, -d.z))) : 0.0;
    const double pitch =
        seen ? static_cast<double>(glm::degrees(std::asin(std::clamp(d.y, -1.0F, 1.0F)))) : 0.0;
    points.push_back({begin_s + sample.time.seconds(),
                      {yaw, pitch, static_cast<double>(sample.speed_deg_s)},
                      sample.label,
                      seen});
  }
  return points;
}

Range range_of(const std::vector<Point>& points, std::size_t curve) {
  std::vector<double> values;
  for (const auto& point : points)
    if (point.seen) values.push_back(point.value.at(curve));
  if (values.empty()) return {0.0, 1.0};
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double margin = std::max(0.05 * (*high - *low), 0.5);
  return {*low - margin, *high + margin};
}

/// A line wherever the eyes were seen; it breaks at losses and where yaw passes ±180°.
void draw_curve(std::ostream& out, const std::vector<Point>& points, std::size_t curve, const Range& time,
                double y_top) {
  const auto range = range_of(points, curve);
  const auto y_of = [&](double value) { return y_top + plot_height * (1.0 - range.at(value)); };
  const char* names[curves] = {"yaw, deg", "pitch, deg", "speed, deg/s"};
  out << "<text x='4' y='" << y_top + plot_height / 2 << "' transform='rotate(-90 14 "
      << y_top + plot_height / 2 << ")'>" << names[curve] << "</text>\n"
      << "<text x='18' y='" << y_top + 12 << "'>" << std::lround(range.high) << "</text><text x='18' y='"
      << y_top + plot_height << "'>" << std::lround(range.low) << "</text>\n"
      << "<path fill='none' stroke='#333' stroke-width='0.8' d='";
  bool pen_down = false;
  double before = 0.0;
  for (const auto& point : points) {
    const double value = point.value.at(curve);
    const bool continues = pen_down && std::abs(value - before) < 180.0;
    pen_down = point.seen;
    before = value;
    if (!point.seen) continue;
    out << (continues ? 'L' : 'M') << left + (width - left - right) * time.at(point.time_s) << ' '
        << y_of(value);
  }
  out << "'/>\n";
}

void draw_band(std::ostream& out, const std::vector<Point>& points, const Range& time, double y_top) {
  const auto x_of = [&](double time_s) { return left + (width - left - right) * time.at(time_s); };
  for (std::size_t first = 0; first < points.size();) {
    auto last = first;
    while (last + 1 < points.size() && points[last + 1].label == points[first].label) ++last;
    const double end_s = last + 1 < points.size() ? points[last + 1].time_s : points[last].time_s;
    out << "<rect x='" << x_of(points[first].time_s) << "' y='" << y_top << "' width='"
        << std::max(0.3, x_of(end_s) - x_of(points[first].time_s)) << "' height='16' fill='"
        << colours.at(static_cast<std::size_t>(points[first].label)) << "'/>\n";
    first = last + 1;
  }
}

void draw_legend(std::ostream& out) {
  double x = left;
  for (std::size_t label = 0; label < attention::gaze_label_count; ++label) {
    out << "<rect x='" << x << "' y='28' width='10' height='10' fill='" << colours.at(label) << "'/><text x='"
        << x + 14 << "' y='37'>" << name_of(static_cast<attention::GazeLabel>(label)) << "</text>\n";
    x += 90.0;
  }
}

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '<')
      safe += "&lt;";
    else if (c == '&')
      safe += "&amp;";
    else
      safe += c;
  }
  return safe;
}

}  // namespace

std::string gaze_svg(const LabelledRecording& labelled, double begin_s, const std::string& title) {
  const auto points = points_of(labelled, begin_s);
  const double band_top = top + curves * (plot_height + gap);
  const double height = band_top + 50.0;
  const double first_s = points.empty() ? 0.0 : points.front().time_s;
  const double last_s = points.empty() ? 1.0 : points.back().time_s;
  const Range time{first_s, std::max(last_s, first_s + 1e-3)};
  std::ostringstream out;
  out.precision(7);
  out << "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 " << width << ' ' << height
      << "' font-family='sans-serif' font-size='11'>\n<rect width='100%' height='100%' fill='white'/>\n"
      << "<text x='" << left << "' y='18' font-size='14'>" << escaped(title) << "</text>\n";
  draw_legend(out);
  for (std::size_t curve = 0; curve < curves; ++curve)
    draw_curve(out, points, curve, time, top + static_cast<double>(curve) * (plot_height + gap));
  draw_band(out, points, time, band_top);
  out << "<text x='" << left << "' y='" << band_top + 34 << "'>" << time.low << " s</text><text x='"
      << width - right << "' y='" << band_top + 34 << "' text-anchor='end'>" << time.high
      << " s</text>\n</svg>\n";
  return out.str();
}

}  // namespace attune::cli
