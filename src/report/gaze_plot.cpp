#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "report/html.hpp"
#include "report/plots.hpp"

namespace attune::report {

namespace {

constexpr double width = 760.0, left = 44.0, right = 12.0, top = 8.0, below = 24.0, legend_height = 54.0;
constexpr int columns = GazeMap::columns, rows = GazeMap::rows, cell_deg = GazeMap::cell_deg;

/// The part of the sphere that is drawn, in degrees.
struct Window {
  double yaw_low = -45.0, yaw_high = 45.0, pitch_low = -30.0, pitch_high = 30.0;

  void include(double yaw, double pitch) {
    yaw_low = std::min(yaw_low, yaw);
    yaw_high = std::max(yaw_high, yaw);
    pitch_low = std::min(pitch_low, pitch);
    pitch_high = std::max(pitch_high, pitch);
  }
  void round_out() {
    const auto down = [](double v) { return 15.0 * std::floor(v / 15.0); };
    yaw_low = std::max(down(yaw_low), -180.0);
    yaw_high = std::min(-down(-yaw_high), 180.0);
    pitch_low = std::max(down(pitch_low), -90.0);
    pitch_high = std::min(-down(-pitch_high), 90.0);
  }
};

std::string seconds_text(double seconds) { return fmt::format("{:.10g}", seconds); }

std::string legend(const std::array<double, 6>& bounds, double y) {
  std::string out = fmt::format(
      "<text class=\"tick\" x=\"{:.0f}\" y=\"{:.1f}\">seconds in a field of {}° × {}° "
      "<tspan lang=\"zh\">每格秒数</tspan></text>\n",
      left, y + 8.0, cell_deg, cell_deg);
  constexpr double swatch = 84.0;
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    const double x = left + swatch * static_cast<double>(i);
    const auto range = i + 1 < bounds.size() ? seconds_text(bounds[i]) + "–" + seconds_text(bounds[i + 1])
                                             : seconds_text(bounds[i]) + " and more";
    out += fmt::format(
        "<rect class=\"heat{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.0f}\" height=\"10\"/>"
        "<text class=\"tick\" x=\"{:.1f}\" y=\"{:.1f}\">{} s</text>\n",
        i, x, y + 15.0, swatch - 3.0, x, y + 38.0, range);
  }
  return out;
}

}  // namespace

std::string gaze_plot(const Digest& digest, const Vocabulary& words) {
  const auto cells = digest.looking.map.smoothed();
  auto outlines = digest.looking.map.outlines();
  // Those that were looked at longest; more names than these cannot be read.
  constexpr std::size_t most_areas = 10;
  std::vector<std::uint16_t> drawn;
  for (const auto& area : digest.looking.longest_first()) {
    if (drawn.size() < most_areas && area.visits > 0) drawn.push_back(area.id);
  }
  std::erase_if(outlines,
                [&](const auto& outline) { return std::ranges::find(drawn, outline.id) == drawn.end(); });
  const double largest = *std::ranges::max_element(cells);
  if (largest <= 0.0) return {};
  const auto bounds = class_bounds(largest);

  Window window;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      if (cells[static_cast<std::size_t>(row * columns + column)] < bounds.front()) continue;
      window.include(column * cell_deg - 180.0, row * cell_deg - 90.0);
      window.include((column + 1) * cell_deg - 180.0, (row + 1) * cell_deg - 90.0);
    }
  }
  for (const auto& outline : outlines) {
    window.include(static_cast<double>(outline.centre.x), static_cast<double>(outline.centre.y));
  }
  window.round_out();
  const double scale = (width - left - right) / (window.yaw_high - window.yaw_low);
  const auto x = [&](double yaw) { return left + scale * (yaw - window.yaw_low); };
  const auto y = [&](double pitch) { return top + scale * (window.pitch_high - pitch); };
  const double bottom = y(window.pitch_low);

  std::string out = fmt::format(
      "<clipPath id=\"map\"><rect x=\"{0:.1f}\" y=\"{1:.1f}\" width=\"{2:.1f}\" "
      "height=\"{3:.1f}\"/></clipPath>"
      "<rect class=\"map\" x=\"{0:.1f}\" y=\"{1:.1f}\" width=\"{2:.1f}\" height=\"{3:.1f}\"/>\n",
      left, top, width - left - right, bottom - top);
  out += "<g class=\"cells\" clip-path=\"url(#map)\">\n";
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns;) {
      const auto class_of = [&](int c) {
        const double seconds = cells[static_cast<std::size_t>(row * columns + c)];
        return static_cast<int>(std::ranges::upper_bound(bounds, seconds) - bounds.begin()) - 1;
      };
      const int heat = class_of(column);
      int end = column + 1;
      while (end < columns && class_of(end) == heat) ++end;  // neighbours of one class are one rectangle
      if (heat >= 0) {
        out += fmt::format(
            "<rect class=\"heat{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n", heat,
            x(column * cell_deg - 180.0), y((row + 1) * cell_deg - 90.0),
            scale * cell_deg * (end - column) + 0.3, scale * cell_deg + 0.3);
      }
      column = end;
    }
  }
  out += "</g>\n";

  const double step_deg = window.yaw_high - window.yaw_low > 180.0 ? 60.0 : 30.0;
  for (double yaw = step_deg * std::ceil(window.yaw_low / step_deg); yaw <= window.yaw_high;
       yaw += step_deg) {
    out += fmt::format(
        "<line class=\"grid\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\"/>"
        "<text class=\"tick {6}\" x=\"{0:.1f}\" y=\"{3:.1f}\">{4:.0f}°{5}</text>\n",
        x(yaw), top, bottom, bottom + 16.0, std::abs(yaw),
        yaw < 0   ? " left"
        : yaw > 0 ? " right"
                  : " ahead",
        x(yaw) > width - 60.0 ? "end" : "middle");
  }
  for (double pitch = 30.0 * std::ceil(window.pitch_low / 30.0); pitch <= window.pitch_high; pitch += 30.0) {
    out += fmt::format(
        "<line class=\"grid\" x1=\"{0:.1f}\" y1=\"{2:.1f}\" x2=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
        "<text class=\"tick end\" x=\"{3:.1f}\" y=\"{4:.1f}\">{5:+.0f}°</text>\n",
        left, width - right, y(pitch), left - 6.0, y(pitch) + 4.0, pitch);
  }

  out += "<g clip-path=\"url(#map)\">\n";
  for (const auto& outline : outlines) {
    std::string points;
    for (const auto& corner : outline.corners) {
      points +=
          fmt::format("{:.1f},{:.1f} ", x(static_cast<double>(corner.x)), y(static_cast<double>(corner.y)));
    }
    out += fmt::format("<polygon class=\"area\" points=\"{}\"/>\n", points);
  }
  out += "</g>\n";
  // Names: from the top down, each moved below the ones it would cover.
  struct Label {
    double x0, x1, y;
  };
  std::vector<Label> placed;
  for (const auto& outline : outlines) {
    const auto name = words.area(outline.id).en;
    const double half = 3.3 * static_cast<double>(name.size());
    const double at =
        std::clamp(x(static_cast<double>(outline.centre.x)), left + half + 2.0, width - right - half - 2.0);
    double line = std::clamp(y(static_cast<double>(outline.centre.y)) + 4.0, top + 14.0, bottom - 4.0);
    const auto covers = [&](const Label& other) {
      return std::abs(other.y - line) < 13.0 && other.x0 < at + half && other.x1 > at - half;
    };
    while (std::ranges::any_of(placed, covers) && line < bottom - 4.0) line += 3.0;
    placed.push_back({at - half, at + half, line});
    out += fmt::format("<text class=\"area-name\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", at, line,
                       escaped(name));
  }
  out += legend(bounds, bottom + below + 2.0);
  return fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"Map of where the gaze "
      "went\">\n{}</svg>\n",
      width, bottom + below + legend_height, out);
}

}  // namespace attune::report
