#include "cli/analyse/line_plot.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>

namespace attune::cli {

namespace {

constexpr double width = 1000.0, row_height = 90.0, top = 40.0, left = 96.0;
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

/// What a row has room for: all but a five-hundredth of the values at either end.
struct Scale {
  double low = 0.0, high = 1.0;
};

std::optional<Scale> scale_of(const LinePlot& plot, std::size_t from, std::size_t to) {
  std::vector<double> sorted;
  for (auto i = from; i < to; ++i) {
    if (std::isfinite(plot.values[i])) sorted.push_back(plot.values[i]);
  }
  if (sorted.empty()) return std::nullopt;
  std::sort(sorted.begin(), sorted.end());
  const double low = sorted[sorted.size() / 500], high = sorted[sorted.size() - 1 - sorted.size() / 500];
  if (high > low) return Scale{low, high};
  const double room = std::max(std::abs(low), 1.0);  // a flat line lies in the middle
  return Scale{low - 0.5 * room, low + 0.5 * room};
}

std::string label(double x, double y, const char* anchor, const std::string& words) {
  return text("<text x=\"%.1f\" y=\"%.1f\" font-size=\"11\" fill=\"#555555\" text-anchor=\"%s\">", x, y,
              anchor) +
         words + "</text>\n";
}

std::string row_of(const LinePlot& plot, std::size_t from, std::size_t to, double base_y, const Scale& scale,
                   double per_sample) {
  const double line_top = base_y - row_height + 20.0;
  std::string svg = label(left - 8.0, line_top + 4.0, "end", text("%.4g", scale.high)) +
                    label(left - 8.0, base_y, "end", text("%.4g", scale.low)) +
                    label(6.0, 0.5 * (line_top + base_y) + 4.0, "start",
                          text("%.0f s", static_cast<double>(from) / plot.rate_hz));
  for (const double mark : plot.marks) {
    if (mark < static_cast<double>(from) || mark >= static_cast<double>(to)) continue;
    const double x = left + per_sample * (mark - static_cast<double>(from));
    svg += text("<line x1=\"%.1f\" y1=\"%.0f\" x2=\"%.1f\" y2=\"%.0f\" stroke=\"#d55e00\"/>\n", x,
                line_top - 6.0, x, base_y);
  }
  return svg + "<path fill=\"none\" stroke=\"#0072b2\" d=\"" +
         line_of(plot, from, to, base_y, scale.low, scale.high, per_sample) + "\"/>\n";
}

/// Seconds since the beginning of a row, below the last.
std::string ticks(double span_s, double y) {
  std::string svg;
  for (int i = 0; i <= 10; ++i) {
    const double share = i / 10.0;
    const char* format = i == 0 ? "+%.3g" : i == 10 ? "%.3g s" : "%.3g";
    svg += label(left + share * (width - left - 10.0), y, i == 10 ? "end" : "middle",
                 text(format, share * span_s));
  }
  return svg;
}

}  // namespace

std::string draw(const LinePlot& plot) {
  const double duration_s = static_cast<double>(plot.values.size()) / plot.rate_hz;
  const double span_s = std::max(row_s, duration_s / most_rows);
  const auto per_row = std::max<std::size_t>(1, static_cast<std::size_t>(span_s * plot.rate_hz));
  const auto rows = (plot.values.size() + per_row - 1) / per_row;
  const double per_sample = (width - left - 10.0) / static_cast<double>(per_row);
  const double end_y = top + row_height * static_cast<double>(rows);
  std::string svg = text(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\">\n",
      width, end_y + 24.0);
  svg += "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  svg += "<text x=\"10\" y=\"24\" font-size=\"16\">" + escaped(plot.title + " (" + plot.unit + ")") +
         "</text>\n";
  const auto whole = scale_of(plot, 0, plot.values.size());
  for (std::size_t r = 0; r < rows; ++r) {
    const auto from = r * per_row, to = std::min(from + per_row, plot.values.size());
    const auto own = scale_of(plot, from, to);
    if (!own) continue;
    const double base_y = top + row_height * static_cast<double>(r + 1) - 8.0;
    svg += row_of(plot, from, to, base_y, plot.one_scale ? *whole : *own, per_sample);
  }
  return svg + ticks(static_cast<double>(per_row) / plot.rate_hz, end_y + 12.0) + "</svg>\n";
}

}  // namespace attune::cli
