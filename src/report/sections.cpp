#include "report/sections.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "attune/state/features.hpp"
#include "report/html.hpp"
#include "report/plots.hpp"

namespace attune::report {

namespace {

std::string fact(std::string_view english, std::string_view chinese, const std::string& html) {
  return html.empty() ? std::string()
                      : fmt::format("<dt>{}</dt><dd>{}</dd>\n", report::both(english, chinese), html);
}

std::string tile(std::string_view english, std::string_view chinese, const std::string& value,
                 const std::string& detail) {
  return fmt::format(
      "<div><span class=\"label\">{}</span><span class=\"value\">{}</span><span "
      "class=\"detail\">{}</span></div>\n",
      report::both(english, chinese), value, detail);
}

std::string who_class(record::SourceKind source) {
  switch (source) {
    case record::SourceKind::virtual_patient:
      return "virtual";
    case record::SourceKind::import:
      return "import";
    case record::SourceKind::person:
      break;
  }
  return "person";
}

const CoursePoint* highest(const Digest& digest) {
  const CoursePoint* best = nullptr;
  for (const auto& point : digest.course) {
    if (point.known && (best == nullptr || point.state > best->state)) best = &point;
  }
  return best;
}

const CoursePoint* last_known(const Digest& digest) {
  const CoursePoint* last = nullptr;
  for (const auto& point : digest.course) {
    if (point.known) last = &point;
  }
  return last;
}

std::string suds_tile(const Digest& digest) {
  const auto suds = digest.answers_of(telemetry::ReportKind::suds);
  if (suds.empty()) {
    return tile("Self-reported distress (SUDS)", "自我报告痛苦程度", report::both("no answers", "无回答"),
                report::both("the patient gave none in this session", "来访者在本次治疗中未作回答"));
  }
  if (suds.size() == 1) {
    return tile("Self-reported distress (SUDS)", "自我报告痛苦程度",
                fmt::format("{:.0f}", suds.front().value),
                report::both("one answer, at", "一次回答，于") + " " + clock_text(suds.front().time_s));
  }
  const auto peak = std::ranges::max_element(suds, {}, &Answer::value);
  return tile(
      "Self-reported distress (SUDS)", "自我报告痛苦程度",
      fmt::format("{:.0f} → {:.0f} → {:.0f}", suds.front().value, peak->value, suds.back().value),
      report::both(
          fmt::format("first, peak (at {}), last of {} answers", clock_text(peak->time_s), suds.size()),
          fmt::format("首次、最高（{}）、末次，共{}次", clock_text(peak->time_s), suds.size())));
}

}  // namespace

std::string state_text(const CoursePoint& point) {
  const auto suds = [](double x) { return std::clamp(std::round(100.0 * x), 0.0, 100.0); };
  constexpr double z_95 = 1.959964;
  return fmt::format("{:.0f} (95 %: {:.0f} to {:.0f})", suds(point.state),
                     suds(point.state - z_95 * point.spread), suds(point.state + z_95 * point.spread));
}

std::string title_section(const Material& m) {
  const auto& meta = m.recording.meta();
  const auto title = m.words.title();
  std::string out = fmt::format("<header>\n<p class=\"kicker\">{}</p>\n<h1>{}</h1>\n",
                                report::both("Session report", "单次治疗报告"), both(title));
  out += fmt::format("<p class=\"who {}\"><strong>{}</strong> {}</p>\n", who_class(meta.source),
                     report::both("Whose session:", "来访者："), both(who(meta)));
  out += "<dl class=\"facts\">\n";
  out += fact("Patient's alias", "来访者代号", escaped(meta.patient));
  out += fact("Source", "来源", escaped(meta.source_detail));
  out += fact("Date", "日期", date_text(meta.start_unix_ns));
  out += fact("Aim", "目标", both(m.words.aim()));
  out += fact("Purpose", "用途", escaped(meta.purpose));
  if (meta.session_number > 1)
    out += fact("Session of the course", "疗程中的第几次治疗", std::to_string(meta.session_number));
  out += fact("Length", "时长", span_text(m.digest.duration_s));
  for (const auto& event : m.digest.events) {
    if (event.kind == record::EventKind::session_ended) {
      out += fact("Ended because", "结束原因", both(m.words.translated(event.words())));
    }
  }
  out += "</dl>\n</header>\n";

  if (!m.recording.closed()) {
    out += fmt::format(
        "<p class=\"warning\">{}</p>\n",
        report::both(
            "The recording was not closed properly: the session was cut off, or goes on still. Up to "
            "its last second is missing.",
            "记录未正常结束：治疗中断或仍在进行，最后约一秒可能缺失。"));
  }
  if (!m.recording.damage().empty()) {
    out += fmt::format(
        "<p class=\"warning\">{}</p>\n",
        report::both("The recording is damaged. What follows is made from what could be read; what is "
                     "missing is listed under “Quality of the data”.",
                     "记录文件有损坏。以下内容仅基于可读部分，缺失部分列于“数据质量”。"));
  }
  return out;
}

std::string glance_section(const Material& m) {
  const auto& digest = m.digest;
  std::string out = heading("At a glance", "概览") + "<div class=\"glance\">\n";
  if (digest.decisions == 0) {
    out += tile(
        "Length", "时长", span_text(digest.duration_s),
        report::both("a recording alone: nothing was shown or decided", "仅为记录：未呈现或决定任何内容"));
    out += tile("Gaze known", "视线已知",
                digest.duration_s > 0 ? percent(digest.looking.gaze_s / digest.duration_s) : "–",
                report::both("of the time", "的时间"));
    return out + "</div>\n";
  }
  const auto& dose = digest.dose;
  if (!m.words.exposes())
    out +=
        tile("Length", "时长", span_text(digest.duration_s), report::both("nothing is exposed to", "无暴露"));
  else
    out += tile("Dose", "剂量", span_text(dose.shown_s),
                dose.shown_s > 0.0
                    ? report::both(fmt::format("exposed, at {:.0f} % intensity on average, {:.0f} % at most",
                                               100.0 * dose.mean_intensity, 100.0 * dose.highest_intensity),
                                   fmt::format("暴露，平均强度 {:.0f}%，最高 {:.0f}%",
                                               100.0 * dose.mean_intensity, 100.0 * dose.highest_intensity))
                    : report::both("the stimulus was not shown", "未呈现刺激"));
  out += suds_tile(digest);
  const auto* peak = highest(digest);
  const auto* end = last_known(digest);
  if (peak != nullptr) {
    out += tile("Estimate at its highest", "估计最高值", state_text(*peak),
                report::both("SUDS, at", "于") + " " + clock_text(peak->time_s));
    out += tile("Estimate at the end", "结束时估计", state_text(*end),
                report::both("SUDS, at", "于") + " " + clock_text(end->time_s));
  }
  out += tile("Time estimated above 85", "估计超过85的时间", span_text(dose.above_ceiling_s),
              report::both("of", "共") + " " + span_text(digest.duration_s));
  const auto stops = std::ranges::count(digest.events, record::EventKind::stopped, &record::Event::kind);
  out += tile("Stops", "停止次数", fmt::format("{}", stops),
              stops == 0 ? report::both("nobody asked to stop", "无人要求停止")
                         : report::both("see the events below", "见下方事件"));
  return out + "</div>\n";
}

std::string course_section(const Material& m) {
  if (m.digest.decisions == 0) return {};
  std::string out = heading("Course of distress", "痛苦程度的变化");
  out += "<figure>\n" + course_plot(m.digest, m.words) + "<figcaption>";
  out += "<span class=\"key\"><i class=\"k-state\"></i>" + report::both("estimate", "估计") + "</span>";
  out += "<span class=\"key\"><i class=\"k-50\"></i>" + report::both("50 % band", "50% 区间") + "</span>";
  out += "<span class=\"key\"><i class=\"k-95\"></i>" + report::both("95 % band", "95% 区间") + "</span>";
  out += "<span class=\"key\"><i class=\"k-suds\"></i>" + report::both("patient's own answer", "来访者自评") +
         "</span>";
  if (std::ranges::count(m.digest.events, record::EventKind::stopped, &record::Event::kind) > 0) {
    out += "<span class=\"key\"><i class=\"k-stop\"></i>" + report::both("stop", "停止") + "</span>";
  }
  out +=
      "<br/>" +
      report::both(
          "Distress in SUDS, 0 to 100, over the session's time. The estimate is made from "
          "self-reports and the body's signs; it is likely, not certain, to lie within its bands. "
          "Where the two disagree, the patient's own answer counts.",
          "纵轴为痛苦程度（SUDS，0–100），横轴为本次治疗的时间。估计值依据自我报告和身体信号，很可能但不一定"
          "落在区间之内。两者不一致时，以来访者自己的回答为准。");
  out += "</figcaption>\n</figure>\n";
  return out;
}

std::string exposure_section(const Material& m) {
  const auto& digest = m.digest;
  if (digest.decisions == 0) return {};
  const auto& dose = digest.dose;
  if (!m.words.exposes()) return {};  // no dose
  std::string out = heading("Exposure", "暴露");
  out += "<figure>\n" + intensity_plot(digest, m.words) + "<figcaption>";
  out += "<span class=\"key\"><i class=\"k-given\"></i>" + report::both("intensity given", "实际强度") +
         "</span>";
  out += "<span class=\"key\"><i class=\"k-asked\"></i>" + report::both("intensity asked for", "请求强度") +
         "</span>";
  out += "<br/>" +
         report::both(
             "In percent of the strongest that this world can show. Where the two lines part, the "
             "safety governor held the scene back, or let it rise only slowly.",
             "以本场景最大强度的百分比表示。两线分开之处，安全调控限制了场景，或只允许其缓慢增强。") +
         "</figcaption>\n</figure>\n";

  out += fmt::format(
      "<h3>{}</h3>\n<table><thead><tr><th>{}</th><th class=\"number\">{}</th><th "
      "style=\"width:45%\"></th></tr></thead><tbody>\n",
      report::both("Dose by intensity", "各强度下的时间"), report::both("intensity", "强度"),
      report::both("time", "时间"));
  const double most = std::max(*std::ranges::max_element(dose.by_fifth_s), 1e-9);
  for (std::size_t i = 0; i < dose.by_fifth_s.size(); ++i) {
    out += fmt::format("<tr><td>{} to {} %</td><td class=\"number\">{}</td><td>{}</td></tr>\n",
                       i == 0 ? 5 : 20 * i, 20 * (i + 1), span_text(dose.by_fifth_s[i]),
                       bar(dose.by_fifth_s[i] / most, ""));
  }
  out += "</tbody></table>\n";

  if (!digest.steps.empty()) {
    out += fmt::format(
        "<h3>{}</h3>\n<table><thead><tr><th>{}</th><th class=\"number\">{}</th></tr></thead><tbody>\n",
        report::both("Steps of the ladder", "阶梯级别"), report::both("step", "级别"),
        report::both("time", "时间"));
    const auto levels = m.words.programme() ? m.words.programme()->ladder.size() : 0;
    for (const auto& step : digest.steps) {
      const auto number =
          levels > 0 ? fmt::format("{} of {}", step.step + 1, levels) : fmt::format("{}", step.step + 1);
      out += fmt::format("<tr><td>{} · {}</td><td class=\"number\">{}</td></tr>\n", number,
                         both(m.words.step(step.step)), span_text(step.seconds));
    }
    out += "</tbody></table>\n";
  }
  if (dose.guide_s > 0.0) {
    out += fmt::format("<p>{}: {}.</p>\n", report::both("Breathing guide shown for", "呼吸引导显示"),
                       span_text(dose.guide_s));
  }
  return out;
}

namespace {

/// Units of features as a person reads them behind a number.
constexpr std::pair<std::string_view, std::string_view> units[] = {
    {"1", ""},
    {"see below", ""},
    {"deg", "°"},
    {"deg/s", "°/s"},
    {"degC", " °C"},
    {"degC/min", " °C a minute"},
    {"uS", " µS"},
    {"uS^2", " µS²"},
    {"mV^2", " mV²"},
    {"ms^2", " ms²"},
    {"1/s", " a second"},
    {"1/min", " a minute"},
    {"%/min", " % a minute"},
};

/// A feature's value as a person reads it: in its own unit.
std::string in_own_unit(std::uint16_t feature, double value) {
  if (feature >= state::feature_count) return {};
  const auto unit = state::feature_table[feature].unit;
  if (unit == "share") return percent(value);
  if (unit == "0.5 ms") return fmt::format("{:.0f} ms", 0.5 * value);
  const double size = std::abs(value);
  const auto number =
      (value < 0.0 ? "−" : "") + (size >= 100.0 ? fmt::format("{:.0f}", size) : fmt::format("{:.3g}", size));
  const auto* found = std::ranges::find(units, unit, [](const auto& one) { return one.first; });
  return found != std::end(units) ? number + std::string(found->second) : fmt::format("{} {}", number, unit);
}

}  // namespace

std::string reasons_section(const Material& m) {
  const auto& digest = m.digest;
  if (digest.decisions == 0) return {};
  std::string out = heading("What moved the estimate", "影响估计的因素");
  if (digest.effects.empty()) {
    return out + "<p>" +
           report::both("Nothing but the patient's own answers: no network read the body's signs.",
                        "仅来访者的自我报告：没有网络读取身体信号。") +
           "</p>\n";
  }
  out += fmt::format(
      "<p>{}</p>\n",
      report::both(fmt::format("{} of what is known about the state at the end came from the patient's own "
                               "answers, {} from the body's signs.",
                               percent(digest.report_share), percent(1.0 - digest.report_share)),
                   fmt::format("结束时对状态的了解，{} 来自来访者的自我报告，{} 来自身体信号。",
                               percent(digest.report_share), percent(1.0 - digest.report_share))));
  out += fmt::format(
      "<table><thead><tr><th style=\"width:36%\">{}</th><th class=\"number\">{}</th><th "
      "style=\"width:22%\">{}</th><th class=\"number tall\">{}</th><th "
      "style=\"width:18%\"></th></tr></thead><tbody>\n",
      report::both("sign", "征象"), report::both("here", "本次"),
      report::both("effect, how often", "作用，频率"), report::both("mean effect, SUDS", "平均作用，SUDS"));
  constexpr std::size_t shown = 8;
  const double most = std::max(digest.effects.front().mean_size, 1e-9);
  for (std::size_t i = 0; i < std::min(shown, digest.effects.size()); ++i) {
    const auto& effect = digest.effects[i];
    const bool up = effect.mean > 0.0;
    const auto direction = up ? report::both("raised it", "升高") : report::both("lowered it", "降低");
    out += fmt::format(
        "<tr><td>{}</td><td class=\"number\">{}</td><td>{} <span class=\"aside\">{}</span></td><td "
        "class=\"number\">{:.1f}</td><td>{}</td></tr>\n",
        both(m.words.feature(effect.feature)), in_own_unit(effect.feature, effect.mean_value), direction,
        percent(up ? effect.up_share : 1.0 - effect.up_share), 100.0 * effect.mean_size,
        bar(effect.mean_size / most, up ? "up" : "down"));
  }
  out += "</tbody></table>\n";
  out += fmt::format(
      "<p class=\"aside\">{}</p>\n",
      report::both(
          fmt::format("Every 250 ms the five signs with the largest effect are noted; averages are "
                      "over all {} notes. These are reasons of the network's estimate, not causes of "
                      "the patient's distress.",
                      digest.snapshots),
          fmt::format(
              "每 250 毫秒记录作用最大的五个征象，平均值基于全部 {} 次记录。这些是网络作出估计的依据，"
              "不是来访者痛苦的原因。",
              digest.snapshots)));
  return out;
}

}  // namespace attune::report
