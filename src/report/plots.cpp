#include "report/plots.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "report/html.hpp"

namespace attune::report {

namespace {

constexpr double width = 760.0, left = 44.0, right = 12.0;
constexpr double z_50 = 0.674490, z_95 = 1.959964;  // half widths of a Gaussian's central 50 % and 95 %

/// The axes that both plots over time share.
class TimePlot {
 public:
  TimePlot(const Digest& digest, double top, double height, double full_scale)
      : digest_(digest), top_(top), height_(height), full_scale_(full_scale) {
    start_s_ = digest.course.empty() ? 0.0 : digest.course.front().time_s - digest.course_step_s / 2.0;
    length_s_ = std::max(digest.duration_s, digest.course_step_s);
  }
  [[nodiscard]] double x(double time_s) const {
    return left + std::clamp((time_s - start_s_) / length_s_, 0.0, 1.0) * (width - left - right);
  }
  [[nodiscard]] double y(double value) const {
    return top_ + height_ * (1.0 - std::clamp(value / full_scale_, 0.0, 1.0));
  }
  [[nodiscard]] double bottom() const { return top_ + height_; }

  [[nodiscard]] std::string phases(const Vocabulary& words, bool with_names) const {
    std::string out;
    for (const auto& span : digest_.phases) {
      const double from = x(span.from_s), to = x(span.to_s);
      out += fmt::format(
          "<rect class=\"phase{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n",
          phase_tint(span.phase), from, top_, std::max(to - from, 0.5), height_);
      const auto name = words.phase(span.phase);
      const double letters = static_cast<double>(name.en.size());
      if (!with_names || to - from < letters * 6.4 + 6.0) continue;
      out += fmt::format("<text class=\"phase-name\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
                         (from + to) / 2.0, top_ - (name.zh.empty() ? 6.0 : 19.0), escaped(name.en));
      if (!name.zh.empty() && name.zh != name.en) {
        out += fmt::format("<text class=\"phase-name\" lang=\"zh\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
                           (from + to) / 2.0, top_ - 6.0, escaped(name.zh));
      }
    }
    return out;
  }

  [[nodiscard]] std::string axes(double grid_step, const std::string& unit) const {
    std::string out;
    for (double value = 0.0; value <= full_scale_ * 1.001; value += grid_step) {
      out += fmt::format(
          "<line class=\"grid\" x1=\"{0:.1f}\" y1=\"{2:.1f}\" x2=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
          "<text class=\"tick end\" x=\"{3:.1f}\" y=\"{4:.1f}\">{5:.0f}{6}</text>\n",
          left, width - right, y(value), left - 6.0, y(value) + 4.0, value, unit);
    }
    for (const double tick_s : time_ticks()) {
      const double at = x(start_s_ + tick_s);
      out += fmt::format(
          "<line class=\"tick-line\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\"/>"
          "<text class=\"tick middle\" x=\"{0:.1f}\" y=\"{3:.1f}\">{4}</text>\n",
          at, bottom(), bottom() + 4.0, bottom() + 17.0, clock_text(start_s_ + tick_s));
    }
    return out;
  }

  /// Consecutive known points, as runs between which the line is broken.
  [[nodiscard]] std::vector<std::vector<CoursePoint>> runs() const {
    std::vector<std::vector<CoursePoint>> runs;
    bool open = false;
    for (const auto& point : digest_.course) {
      if (point.known && !open) runs.emplace_back();
      if (point.known) runs.back().push_back(point);
      open = point.known;
    }
    return runs;
  }

  template <typename Value>
  [[nodiscard]] std::string line(const std::vector<CoursePoint>& run, const char* css, Value value) const {
    std::string path;
    for (const auto& point : run) {
      path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : " L", x(point.time_s), y(value(point)));
    }
    if (run.size() == 1) path += " h1";
    return fmt::format("<path class=\"{}\" d=\"{}\"/>\n", css, path);
  }
  template <typename Low, typename High>
  [[nodiscard]] std::string band(const std::vector<CoursePoint>& run, const char* css, Low low,
                                 High high) const {
    std::string path;
    for (const auto& point : run) {
      path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : " L", x(point.time_s), y(high(point)));
    }
    for (auto point = run.rbegin(); point != run.rend(); ++point) {
      path += fmt::format(" L{:.1f} {:.1f}", x(point->time_s), y(low(*point)));
    }
    return fmt::format("<path class=\"{}\" d=\"{} Z\"/>\n", css, path);
  }

 private:
  [[nodiscard]] std::vector<double> time_ticks() const {
    double step_s = 1.0;
    for (const double candidate :
         {1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0}) {
      step_s = candidate;
      if (length_s_ / candidate <= 12.0) break;
    }
    step_s = std::max(step_s, length_s_ / 24.0);  // beyond a day: never more than a few labels
    std::vector<double> ticks;
    for (double at = 0.0; at <= length_s_; at += step_s) ticks.push_back(at);
    return ticks;
  }

  const Digest& digest_;
  double top_, height_, full_scale_, start_s_ = 0.0, length_s_ = 1.0;
};

std::string svg(double height, const std::string& label, const std::string& content) {
  return fmt::format("<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">\n{}</svg>\n", width,
                     height, escaped(label), content);
}

std::string stops(const Digest& digest, const TimePlot& plot, double top) {
  std::string out;
  for (const auto& event : digest.events) {
    if (event.kind != record::EventKind::stopped) continue;
    out += fmt::format(
        "<line class=\"stop\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\"/>"
        "<rect class=\"stop-mark\" x=\"{3:.1f}\" y=\"{1:.1f}\" width=\"8\" height=\"8\"/>\n",
        plot.x(event.time.seconds()), top, plot.bottom(), plot.x(event.time.seconds()) - 4.0);
  }
  return out;
}

}  // namespace

std::string course_plot(const Digest& digest, const Vocabulary& words) {
  constexpr double top = 36.0, height = 230.0;
  const TimePlot plot(digest, top, height, 100.0);
  const auto at = [](double z) {
    return [z](const CoursePoint& p) { return 100.0 * (p.state + z * p.spread); };
  };
  std::string out = plot.phases(words, true) + plot.axes(20.0, "");
  if (words.programme()) {
    const double ceiling = 100.0 * static_cast<double>(words.programme()->limits.ceiling);
    out += fmt::format(
        "<line class=\"ceiling\" x1=\"{0:.1f}\" y1=\"{2:.1f}\" x2=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
        "<text class=\"note end\" x=\"{1:.1f}\" y=\"{3:.1f}\">agreed ceiling "
        "<tspan lang=\"zh\">约定上限</tspan> {4:.0f}</text>\n",
        left, width - right - 4.0, plot.y(ceiling), plot.y(ceiling) - 5.0, ceiling);
  }
  for (const auto& run : plot.runs()) out += plot.band(run, "band95", at(-z_95), at(z_95));
  for (const auto& run : plot.runs()) out += plot.band(run, "band50", at(-z_50), at(z_50));
  for (const auto& run : plot.runs()) out += plot.line(run, "state", at(0.0));
  for (const auto& answer : digest.answers) {
    if (answer.kind != telemetry::ReportKind::suds) continue;
    const double px = plot.x(answer.time_s), py = plot.y(answer.value);
    out += fmt::format(
        "<circle class=\"suds\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\"/>"
        "<text class=\"suds-value\" x=\"{:.1f}\" y=\"{:.1f}\">{:.0f}</text>\n",
        px, py, px, py < top + 20.0 ? py + 18.0 : py - 10.0, answer.value);
  }
  out += stops(digest, plot, top);
  return svg(top + height + 24.0,
             "Estimate of distress over time with its uncertainty, and the patient's own answers", out);
}

std::string intensity_plot(const Digest& digest, const Vocabulary& words) {
  constexpr double top = 10.0, height = 130.0;
  const TimePlot plot(digest, top, height, 100.0);
  std::string out = plot.phases(words, false) + plot.axes(25.0, "");
  const auto given = [](const CoursePoint& p) { return 100.0 * p.given; };
  const auto asked = [](const CoursePoint& p) { return 100.0 * p.asked; };
  const auto none = [](const CoursePoint&) { return 0.0; };
  for (const auto& run : plot.runs()) {
    out += plot.band(run, "given-area", none, given) + plot.line(run, "given", given) +
           plot.line(run, "asked", asked);
  }
  out += stops(digest, plot, top);
  return svg(top + height + 24.0, "Exposure intensity over time, asked for and given", out);
}

std::string engagement_plot(const Digest& digest, const Vocabulary& words) {
  constexpr double top = 10.0, height = 84.0, between = 0.6, still_height = 4.0;
  const TimePlot plot(digest, top, height, 100.0);
  std::string out = plot.phases(words, false) + plot.axes(50.0, "");
  const auto column = [&](const char* css, const EngagedPoint& point, double low, double high) {
    const double from = plot.x(point.from_s), to = plot.x(point.to_s);
    if (high <= low) return std::string();
    return fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n",
                       css, from, plot.y(high), std::max(to - from - between, 0.3),
                       plot.y(low) - plot.y(high));
  };
  for (const auto& point : digest.looking.engaged) {
    if (point.observations == 0) continue;
    const double share = 100.0 * point.on_target / point.observations;
    out += column("on-target", point, 0.0, share) + column("off-target", point, share, 100.0);
  }
  for (const auto& still : digest.looking.stillnesses) {
    const double from = plot.x(still.from_s);
    out += fmt::format(
        "<rect class=\"still\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.0f}\"/>\n", from,
        plot.bottom() - still_height, std::max(plot.x(still.to_s) - from, 1.0), still_height);
  }
  return svg(top + height + 24.0, "Share of time on target over the session", out);
}

std::string bar(double share, const std::string& css_class) {
  return fmt::format("<span class=\"track\"><span class=\"bar {}\" style=\"width:{:.1f}%\"></span></span>",
                     css_class, 100.0 * std::clamp(share, 0.0, 1.0));
}

}  // namespace attune::report
