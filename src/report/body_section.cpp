#include "report/body_section.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "attune/signal/face_activity.hpp"
#include "report/held_moments.hpp"
#include "report/html.hpp"
#include "report/plots.hpp"
#include "report/pupil_html.hpp"

namespace attune::report {

namespace {

using telemetry::Expression;

constexpr double least_for_a_rate_s = signal::FaceActivity::window_s / 3.0;

/// The mean of a reading over the time for which it was valid.
struct Mean {
  double sum_s = 0.0, seconds = 0.0;

  void add(const telemetry::Reading& reading, double held_s) {
    if (!reading.valid || !std::isfinite(reading.value)) return;
    sum_s += held_s * static_cast<double>(reading.value);
    seconds += held_s;
  }
  [[nodiscard]] bool known() const { return seconds > 0.0; }
  [[nodiscard]] double value() const { return sum_s / seconds; }
};

/// What is shown of a recording.
struct Body {
  double observed_s = 0.0;
  std::array<Mean, telemetry::eeg_band_count> eeg;
  Mean alpha_asymmetry;
  PupilAccount pupil;
  signal::FaceActivity face;
  /// Within any minute; nothing before a whole one was seen.
  std::array<std::optional<double>, telemetry::expression_count> most_per_min;

  void add(const record::Moment& moment, double held_s) {
    const auto& vitals = moment.frame.vitals;
    observed_s += held_s;
    for (std::size_t i = 0; i < eeg.size(); ++i) eeg[i].add(vitals.eeg_share[i], held_s);
    alpha_asymmetry.add(vitals.eeg_alpha_asymmetry, held_s);
    pupil.add(moment, held_s);
    face.push(held_s, vitals.expressions);
    if (held_s <= 0.0) face.gap();
    for (std::size_t i = 0; i < most_per_min.size(); ++i) {
      const auto expression = static_cast<Expression>(i);
      // The most of many guesses from a few seconds would be too high.
      if (face.seen_s(expression) < signal::FaceActivity::window_s) continue;
      most_per_min[i] =
          std::max(most_per_min[i].value_or(0.0), face.lately_per_min(expression).value_or(0.0));
    }
  }
};

struct Name {
  const char *en, *zh;
};
constexpr std::array<Name, telemetry::eeg_band_count> band_names{
    {{"delta", "δ 波"}, {"theta", "θ 波"}, {"alpha", "α 波"}, {"beta", "β 波"}, {"gamma", "γ 波"}}};
constexpr std::array<Name, telemetry::expression_count> expression_names{{{"inner brows raised", "眉头上扬"},
                                                                          {"outer brows raised", "眉梢上扬"},
                                                                          {"brows lowered", "皱眉"},
                                                                          {"eyes widened", "睁大眼睛"},
                                                                          {"eyes narrowed", "眯眼"},
                                                                          {"nose wrinkled", "皱鼻"},
                                                                          {"smile", "微笑"},
                                                                          {"mouth corners down", "嘴角下垂"},
                                                                          {"lips stretched", "嘴唇拉伸"},
                                                                          {"lips pressed", "抿嘴"},
                                                                          {"jaw dropped", "张嘴"},
                                                                          {"eyes closed", "闭眼"}}};

std::string both(const Name& name) { return report::both(name.en, name.zh); }

/// How much of the session a kind was measured for.
std::string measured(const Body& body, double seconds) {
  return fmt::format("<p class=\"aside\">{} {}</p>\n",
                     report::both("Measured, share of the time:", "测得时间占比："),
                     percent(seconds / body.observed_s));
}

std::string sub_heading(const char* english, const char* chinese, const std::string& aside) {
  return "<h3>" + report::both(english, chinese) + "</h3>\n" + aside;
}

std::string eeg_part(const Body& body) {
  double longest_s = body.alpha_asymmetry.seconds;
  std::string rows;
  for (std::size_t i = 0; i < body.eeg.size(); ++i) {
    const auto& band = body.eeg[i];
    if (!band.known()) continue;
    longest_s = std::max(longest_s, band.seconds);
    rows += fmt::format("<tr><td>{}</td><td class=\"number\">{}</td><td>{}</td></tr>\n", both(band_names[i]),
                        percent(band.value()), bar(band.value(), ""));
  }
  if (longest_s <= 0.0) return {};
  auto out = sub_heading("EEG", "脑电", measured(body, longest_s));
  if (!rows.empty()) {
    out += fmt::format(
        "<table><thead><tr><th>{}</th><th class=\"number\">{}</th><th style=\"width:45%\"></th></tr></thead>"
        "<tbody>\n{}</tbody></table>\n",
        report::both("band", "频段"), report::both("share of the power, mean", "平均功率占比"), rows);
  }
  if (body.alpha_asymmetry.known()) {
    out += fmt::format("<p>{}: <strong>{:+.2f}</strong> <span class=\"aside\">{}</span></p>\n",
                       report::both("Alpha asymmetry, mean", "平均 α 波不对称"), body.alpha_asymmetry.value(),
                       report::both("ln right − ln left; above 0 where the left side is the more active",
                                    "右侧对数功率减左侧；大于 0 表示左侧更活跃"));
  }
  return out;
}

std::string face_part(const Body& body) {
  double longest_s = 0.0;
  std::string rows;
  for (std::size_t i = 0; i < telemetry::expression_count; ++i) {
    const auto expression = static_cast<Expression>(i);
    const auto intensity = body.face.intensity(expression);
    if (!intensity) continue;
    const double seen_s = body.face.seen_s(expression);
    longest_s = std::max(longest_s, seen_s);
    const bool has_rate = seen_s >= least_for_a_rate_s;
    const auto per_min = static_cast<double>(body.face.times(expression)) / seen_s * 60.0;
    rows += fmt::format(
        "<tr><td class=\"narrow\">{}</td><td class=\"number\">{}</td><td>{}</td><td class=\"number\">{}</td>"
        "<td class=\"number\">{}</td></tr>\n",
        both(expression_names[i]), percent(*intensity), bar(*intensity, ""),
        has_rate ? fmt::format("{:.1f}", per_min) : "–",
        body.most_per_min[i] ? fmt::format("{:.0f}", *body.most_per_min[i]) : "–");
  }
  if (rows.empty()) return {};
  return sub_heading("Face", "面部表情", measured(body, longest_s)) +
         fmt::format(
             "<table><thead><tr><th>{}</th><th class=\"number\">{}</th><th style=\"width:25%\"></th>"
             "<th class=\"number\">{}</th><th "
             "class=\"number\">{}</th></tr></thead><tbody>\n{}</tbody></table>\n"
             "<p class=\"aside\">Mean intensity, and how often it rose above {}, having been below {}.</p>\n",
             report::both("expression", "表情"), report::both("mean", "平均"),
             report::both("a minute", "每分钟"), report::both("busiest minute", "最多"), rows,
             percent(signal::FaceActivity::on), percent(signal::FaceActivity::off));
}

std::string pupil_part(Body& body, const Vocabulary& words) {
  const auto figures = body.pupil.finish();
  const auto html = pupil_html(figures, words);
  return html.empty() ? html : sub_heading("Pupil", "瞳孔", measured(body, figures.known_s)) + html;
}

}  // namespace

core::Result<std::string> body_section(const record::Recording& recording) {
  Body body;
  const auto read = for_each_held_moment(
      recording, [&](const record::Moment& moment, double held_s) { body.add(moment, held_s); });
  if (!read) return read.error();
  const auto parts = eeg_part(body) + face_part(body) + pupil_part(body, Vocabulary(recording.meta()));
  if (parts.empty()) return std::string();
  return heading("EEG, face and pupil", "脑电、面部与瞳孔") + parts;
}

}  // namespace attune::report
