#include "cli/evaluate/calibration_plot.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace attune::cli {

namespace {

constexpr double side = 420.0, left = 80.0, top = 56.0, legend_width = 190.0, mark = 5.0;
constexpr std::array colours{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"};

double x_of(double value) { return left + side * std::clamp(value, 0.0, 1.0); }
double y_of(double value) { return top + side * (1.0 - std::clamp(value, 0.0, 1.0)); }

template <typename... Values>
std::string text(const char* format, Values... values) {
  char buffer[320];
  std::snprintf(buffer, sizeof buffer, format, values...);
  return buffer;
}

std::string escaped(const std::string& words) {
  std::string out;
  for (const char c : words)
    out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
  return out;
}

/// A mark of its own shape for every line.
std::string mark_at(double x, double y, std::size_t line) {
  const char* colour = colours[line % colours.size()];
  switch (line % 4) {
    case 0:
      return text("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>\n", x, y, mark, colour);
    case 1:
      return text("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
                  x - mark + 0.5, y - mark + 0.5, 2.0 * mark - 1.0, 2.0 * mark - 1.0, colour);
    case 2:
      return text("<path d=\"M%.1f %.1fl%.1f %.1fh%.1fz\" fill=\"%s\"/>\n", x, y - mark - 0.5, mark + 0.5,
                  2.0 * mark, -2.0 * mark - 1.0, colour);
    default:
      break;
  }
  return text("<path d=\"M%.1f %.1fl%.1f %.1fl%.1f %.1fl%.1f %.1fz\" fill=\"%s\"/>\n", x, y - mark - 1.0,
              mark + 1.0, mark + 1.0, -mark - 1.0, mark + 1.0, -mark - 1.0, -mark - 1.0, colour);
}

std::string frame_of(const CalibrationPlot& plot) {
  std::string svg;
  if (plot.allowed > 0.0) {
    const double a = plot.allowed;
    svg +=
        text("<path fill=\"#eeeeee\" d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fz\"/>\n",
             x_of(0), y_of(0), x_of(0), y_of(a), x_of(1.0 - a), y_of(1), x_of(1), y_of(1), x_of(1),
             y_of(1.0 - a), x_of(a), y_of(0));
  }
  svg += text("<path stroke=\"#888888\" stroke-dasharray=\"4 4\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", x_of(0),
              y_of(0), x_of(1), y_of(1));
  svg +=
      text("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\" stroke=\"#333333\"/>\n",
           left, top, side, side);
  for (int percent = 0; percent <= 100; percent += 20) {
    const double share = percent / 100.0;
    svg += text("<text x=\"%.1f\" y=\"%.1f\" font-size=\"13\" text-anchor=\"middle\">%d %%</text>\n",
                x_of(share), top + side + 20.0, percent);
    svg += text("<text x=\"%.1f\" y=\"%.1f\" font-size=\"13\" text-anchor=\"end\">%d %%</text>\n", left - 8.0,
                y_of(share) + 4.5, percent);
    svg += text("<path stroke=\"#333333\" d=\"M%.1f %.1fv5M%.1f %.1fh-5\"/>\n", x_of(share), top + side, left,
                y_of(share));
  }
  svg += text("<text x=\"%.1f\" y=\"%.1f\" font-size=\"14\" text-anchor=\"middle\">", left + side / 2.0,
              top + side + 44.0) +
         escaped(plot.across) + "</text>\n";
  svg += text("<text transform=\"translate(22 %.1f) rotate(-90)\" font-size=\"14\" text-anchor=\"middle\">",
              top + side / 2.0) +
         escaped(plot.up) + "</text>\n";
  return svg + "<text x=\"16\" y=\"28\" font-size=\"16\">" + escaped(plot.title) + "</text>\n";
}

/// Lines that share their nominal values stand side by side, so that no error bar hides another.
std::string line_of(const CalibrationPlot& plot, std::size_t number) {
  const auto& line = plot.lines[number];
  const char* colour = colours[number % colours.size()];
  const bool bars =
      std::any_of(line.points.begin(), line.points.end(), [](const auto& p) { return p.error > 0.0; });
  const double aside =
      bars ? 6.0 * (static_cast<double>(number) - 0.5 * static_cast<double>(plot.lines.size() - 1)) : 0.0;
  std::string path, marks;
  for (const auto& point : line.points) {
    const double x = x_of(point.nominal) + aside, y = y_of(point.seen);
    path += text("%c%.1f %.1f", path.empty() ? 'M' : 'L', x, y);
    if (point.error > 0.0) {
      marks += text("<path stroke=\"%s\" stroke-width=\"1.5\" d=\"M%.1f %.1fV%.1f\"/>\n", colour, x,
                    y_of(point.seen - point.error), y_of(point.seen + point.error));
    }
    marks += mark_at(x, y, number);
  }
  return "<path fill=\"none\" stroke=\"" + std::string(colour) + "\" stroke-opacity=\"0.5\" d=\"" + path +
         "\"/>\n" + marks;
}

}  // namespace

std::string draw(const CalibrationPlot& plot) {
  std::string svg = text(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\">\n",
      left + side + legend_width, top + side + 60.0);
  svg += "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n" + frame_of(plot);
  for (std::size_t i = 0; i < plot.lines.size(); ++i) {
    svg += line_of(plot, i);
    const double y = top + 16.0 + 24.0 * static_cast<double>(i);
    svg += mark_at(left + side + 24.0, y, i);
    svg += text("<text x=\"%.1f\" y=\"%.1f\" font-size=\"14\">", left + side + 38.0, y + 5.0) +
           escaped(plot.lines[i].name) + "</text>\n";
  }
  return svg + "</svg>\n";
}

}  // namespace attune::cli
