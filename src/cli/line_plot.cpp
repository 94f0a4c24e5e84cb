#include "cli/line_plot.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace attune::cli {

namespace {

constexpr double width = 1000.0, row_height = 90.0, top = 40.0, left = 60.0;
constexpr double row_s = 10.0;
constexpr int most_rows = 60;

template <typename... Numbers>
std::string text(const char* format, Numbers... numbers) {
  char buffer[256];
  std::snprintf(buffer, sizeof buffer, format, numbers...);
  return buffer;
}

std::string escaped(const std::string& words) {
  std::string out;
  for (const char c : words) out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
  return out;
}

/// One row's line: the least and the most in every step of a point of width.
std::string line_of(const LinePlot& plot, std::size_t from, std::size_t to, double base_y, double low,
                    double high, double per_sample) {
  std::string path;
  const auto stride = std::max<std::size_t>(1, static_cast<std::size_t>(0.5 / per_sample));
  bool drawn = false;
  for (std::size_t i = from; i < to; i += stride) {
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (std::size_t j = i; j < std::min(i + stride, to); ++j) {
      if (!std::isfinite(plot.values[j])) continue;
      least = std::min(least, plot.values[j]);
      most = std::max(most, plot.values[j]);
    }
    if (least > most) {
      drawn = false;
      continue;
    }
    const double x = left + per_sample * static_cast<double>(i - from);
    for (const double v : {least, most}) {
      const double share = std::clamp((v - low) / (high - low), -0.1, 1.1);
      path += text("%c%.1f %.1f", drawn ? 'L' : 'M', x, base_y - (row_height - 20.0) * share);
      drawn = true;
      if (least == most) break;
    }
  }
  return path;
}

}  // namespace

std::string draw(const LinePlot& plot) {
  const double duration_s = static_cast<double>(plot.values.size()) / plot.rate_hz;
  const double span_s = std::max(row_s, duration_s / most_rows);
  const auto per_row = std::max<std::size_t>(1, static_cast<std::size_t>(span_s * plot.rate_hz));
  const auto rows = (plot.values.size() + per_row - 1) / per_row;
  const double per_sample = (width - left - 10.0) / static_cast<double>(per_row);
  std::string svg = text(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\">\n",
      width, top + row_height * static_cast<double>(rows) + 10.0);
  svg += "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  svg += "<text x=\"10\" y=\"24\" font-size=\"16\">" + escaped(plot.title + " (" + plot.unit + ")") +
         "</text>\n";
  for (std::size_t r = 0; r < rows; ++r) {
    const auto from = r * per_row, to = std::min(from + per_row, plot.values.size());
    std::vector<double> sorted;
    for (auto i = from; i < to; ++i) {
      if (std::isfinite(plot.values[i])) sorted.push_back(plot.values[i]);
    }
    if (sorted.empty()) continue;
    std::sort(sorted.begin(), sorted.end());
    const double low = sorted[sorted.size() / 500],
                 high = std::max(sorted[sorted.size() - 1 - sorted.size() / 500], low + 1e-9);
    const double base_y = top + row_height * static_cast<double>(r + 1) - 8.0;
    svg += text("<text x=\"6\" y=\"%.0f\" font-size=\"11\" fill=\"#555555\">%.0f s</text>\n", base_y - 30.0,
                static_cast<double>(from) / plot.rate_hz);
    for (const double mark : plot.marks) {
      if (mark < static_cast<double>(from) || mark >= static_cast<double>(to)) continue;
      const double x = left + per_sample * (mark - static_cast<double>(from));
      svg += text("<line x1=\"%.1f\" y1=\"%.0f\" x2=\"%.1f\" y2=\"%.0f\" stroke=\"#d55e00\"/>\n", x,
                  base_y - row_height + 14.0, x, base_y);
    }
    svg += "<path fill=\"none\" stroke=\"#0072b2\" d=\"" +
           line_of(plot, from, to, base_y, low, high, per_sample) + "\"/>\n";
  }
  return svg + "</svg>\n";
}

}  // namespace attune::cli
