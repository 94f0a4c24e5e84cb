#include "cli/xy_chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace attune::cli {

namespace {

constexpr double width = 480.0, height = 400.0;
constexpr double left = 62.0, right = 16.0, top = 52.0, bottom = 66.0;
constexpr std::array colours{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"};

template <typename... Numbers>
std::string text(const char* format, Numbers... numbers) {
  std::array<char, 256> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, numbers...);
  return buffer.data();
}

std::string escaped(const std::string& words) {
  std::string out;
  for (const char c : words) out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
  return out;
}

/// A step of 1, 2 or 5 times a power of ten that cuts a range into four to ten.
double round_step(double range) {
  const double power = std::pow(10.0, std::floor(std::log10(range)));
  for (const double step : {0.1, 0.2, 0.5}) {
    if (range / (step * power) <= 10.0) return step * power;
  }
  return power;
}

/// A chart's place on the page, and where its values lie.
class Frame {
 public:
  Frame(const XyChart& chart, double offset) : chart_(&chart), offset_(offset) {}
  [[nodiscard]] double x(double value) const {
    const auto& axis = chart_->x;
    return offset_ + left + (value - axis.from) / (axis.to - axis.from) * (width - left - right);
  }
  [[nodiscard]] double y(double value) const {
    const auto& axis = chart_->y;
    return height - bottom - (value - axis.from) / (axis.to - axis.from) * (height - top - bottom);
  }
  [[nodiscard]] std::string words(double at_x, double at_y, const char* more, const std::string& said) const {
    return text("<text x=\"%.1f\" y=\"%.1f\" %s>", at_x, at_y, more) + escaped(said) + "</text>\n";
  }
  [[nodiscard]] std::string grid() const {
    std::string svg;
    const auto rule = [&](double x1, double y1, double x2, double y2) {
      svg += text("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>\n", x1, y1, x2,
                  y2);
    };
    const auto& [along, up] = std::pair(chart_->x, chart_->y);
    const double step_x = round_step(along.to - along.from), step_y = round_step(up.to - up.from);
    for (double at = std::ceil(along.from / step_x) * step_x; at <= along.to + 1e-9 * step_x; at += step_x) {
      rule(x(at), y(up.from), x(at), y(up.to));
      svg +=
          words(x(at), height - bottom + 16.0, "text-anchor=\"middle\" fill=\"#555555\"", text("%.4g", at));
    }
    for (double at = std::ceil(up.from / step_y) * step_y; at <= up.to + 1e-9 * step_y; at += step_y) {
      rule(x(along.from), y(at), x(along.to), y(at));
      svg +=
          words(x(along.from) - 6.0, y(at) + 4.0, "text-anchor=\"end\" fill=\"#555555\"", text("%.4g", at));
    }
    return svg;
  }
  [[nodiscard]] std::string titles() const {
    const double middle_x = (x(chart_->x.from) + x(chart_->x.to)) / 2.0;
    const double middle_y = (y(chart_->y.from) + y(chart_->y.to)) / 2.0;
    const auto turned =
        text("text-anchor=\"middle\" transform=\"rotate(-90 %.1f %.1f)\"", offset_ + 14.0, middle_y);
    return words(offset_ + 10.0, 22.0, "font-size=\"15\"", chart_->title) +
           words(middle_x, height - bottom + 34.0, "text-anchor=\"middle\"", chart_->x.title) +
           words(offset_ + 14.0, middle_y, turned.c_str(), chart_->y.title) +
           words(offset_ + 10.0, height - 10.0, "fill=\"#555555\"", chart_->note);
  }
  [[nodiscard]] std::string drawn(const XyChart::Series& series, const char* colour) const {
    if (!series.joined) {
      std::string dots;
      for (const auto& [at_x, at_y] : series.points)
        dots += text("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>\n", x(at_x), y(at_y), colour);
      return dots;
    }
    std::string path;
    for (const auto& [at_x, at_y] : series.points)
      path += text("%c%.1f %.1f", path.empty() ? 'M' : 'L', x(at_x), y(at_y));
    return "<path fill=\"none\" stroke-width=\"2\" d=\"" + path +
           text("\" stroke=\"%s\"%s/>\n", colour, series.faint ? " stroke-dasharray=\"4 4\"" : "");
  }
  [[nodiscard]] std::string filled(const XyChart::Area& area) const {
    std::string path;
    for (const auto& [at_x, from, to] : area.points)
      path += text("%c%.1f %.1f", path.empty() ? 'M' : 'L', x(at_x), y(to));
    for (auto point = area.points.rbegin(); point != area.points.rend(); ++point)
      path += text("L%.1f %.1f", x((*point)[0]), y((*point)[1]));
    return "<path stroke=\"none\" fill=\"" + area.colour + "\" d=\"" + path + "Z\"/>\n";
  }
  /// Above the chart, where no line can run through it. @param place  of the name, from 0.
  [[nodiscard]] std::string legend(const std::string& name, const char* colour, std::size_t place) const {
    const double at_x = offset_ + left + chart_->legend_every * static_cast<double>(place), at_y = top - 6.0;
    return text("<rect x=\"%.1f\" y=\"%.1f\" width=\"10\" height=\"10\" fill=\"%s\"/>\n", at_x, at_y - 9.0,
                colour) +
           words(at_x + 16.0, at_y, "", name);
  }

 private:
  const XyChart* chart_;
  double offset_;
};

std::string draw_one(const XyChart& chart, double offset) {
  const Frame frame(chart, offset);
  std::string svg;
  for (const auto& area : chart.areas) svg += frame.filled(area);
  svg += frame.grid() + frame.titles();
  std::size_t next_colour = 0, place = 0;
  for (const auto& series : chart.series) {
    const char* colour = series.faint ? "#888888" : colours[next_colour++ % colours.size()];
    if (series.points.empty()) continue;
    svg += frame.drawn(series, colour);
    if (!series.name.empty()) svg += frame.legend(series.name, colour, place++);
  }
  for (const auto& area : chart.areas) {
    if (!area.name.empty()) svg += frame.legend(area.name, area.colour.c_str(), place++);
  }
  return svg;
}

}  // namespace

std::string draw(const std::vector<XyChart>& charts) { return draw(charts, {}); }

std::string draw(const std::vector<XyChart>& charts, const ChartHeading& heading) {
  constexpr double heading_height = 48.0;
  const bool headed = !heading.title.empty();
  std::string svg = text(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\" "
      "font-size=\"11\">\n",
      width * static_cast<double>(charts.size()), height + (headed ? heading_height : 0.0));
  if (headed) svg += "<title>" + escaped(heading.title) + "</title>\n";
  svg += "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  if (headed) {
    svg += "<text x=\"10\" y=\"22\" font-size=\"16\" font-weight=\"bold\">" + escaped(heading.title) +
           "</text>\n<text x=\"10\" y=\"40\" fill=\"#555555\">" + escaped(heading.note) + "</text>\n" +
           text("<g transform=\"translate(0 %.0f)\">\n", heading_height);
  }
  for (std::size_t i = 0; i < charts.size(); ++i) svg += draw_one(charts[i], width * static_cast<double>(i));
  return svg + (headed ? "</g>\n</svg>\n" : "</svg>\n");
}

std::pair<double, double> range_of(const std::vector<XyChart::Series>& series, bool upwards) {
  double least = INFINITY, most = -INFINITY;
  for (const auto& one : series) {
    for (const auto& point : one.points) {
      least = std::min(least, upwards ? point.second : point.first);
      most = std::max(most, upwards ? point.second : point.first);
    }
  }
  if (upwards) least = 0.0;
  if (!(most > least)) most = least + 1.0;
  const double step = round_step(most - least);
  return {std::floor(least / step) * step, std::ceil(most / step) * step};
}

}  // namespace attune::cli
