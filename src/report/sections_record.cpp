#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "attune/core/files.hpp"
#include "report/html.hpp"
#include "report/sections.hpp"

/// The parts of the page that show what was seen, said and recorded.
namespace attune::report {

namespace {

std::string row(const std::string& name, const std::string& value) {
  return fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", name, value);
}

std::string answer_text(double value, telemetry::ReportKind kind) {
  const bool in_percent = kind == telemetry::ReportKind::expectancy || kind == telemetry::ReportKind::belief;
  if (kind == telemetry::ReportKind::choice) return fmt::format("{:.0f}", value + 1.0);
  return fmt::format("{:.3g}{}", value, in_percent ? " %" : "");
}

/// What an event's numbers say beyond its words.
std::string event_detail(const record::Event& event, const Vocabulary& words) {
  const auto said = both(words.translated(event.words()));
  if (event.kind == record::EventKind::question_answered && event.values.size() >= 2) {
    if (event.values[0] == static_cast<double>(telemetry::ReportKind::choice)) return said;  // counted from 1
    const auto value = fmt::format("{:.3g}", event.values[1]);
    if (event.words().find(value) != std::string_view::npos) return said;
    return fmt::format("{}: <strong>{}</strong>", said, value);
  }
  if (event.kind == record::EventKind::frames_lost && !event.values.empty()) {
    return fmt::format("{}: {:.0f}", said, event.values[0]);
  }
  return said;
}

bool equal(const record::Event& a, const record::Event& b) {
  return a.kind == b.kind && a.words() == b.words() &&
         std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end());
}

}  // namespace

core::Result<std::string> shown_section(const Material& m,
                                        const std::vector<std::filesystem::path>& pictures) {
  std::string out = heading("What was shown", "呈现内容");
  if (!pictures.empty()) {
    out += "<div class=\"pictures\">\n";
    for (const auto& path : pictures) {
      const auto bytes = core::read_text(path);
      if (!bytes) return bytes.error();
      if (!bytes->starts_with("\x89PNG\r\n\x1a\n"))
        return core::bad_input(path.string() + ": is no PNG picture");
      const auto name = path.filename().string();
      const auto taken = std::ranges::find_if(m.digest.events, [&](const record::Event& event) {
        return event.kind == record::EventKind::picture && event.words() == name;
      });
      const auto caption =
          taken == m.digest.events.end() ? escaped(name) : "at " + clock_text(taken->time.seconds());
      out += fmt::format(
          "<figure><img alt=\"What the patient saw, {0}\" "
          "src=\"data:image/png;base64,{1}\"/><figcaption>{0}</figcaption></figure>\n",
          caption, base64(*bytes));
    }
    out += "</div>\n";
  }
  std::string rows;
  for (const auto& event : m.digest.events) {
    if (event.kind != record::EventKind::prompt_shown && event.kind != record::EventKind::stimulus_shown)
      continue;
    rows += fmt::format("<tr><td class=\"time\">{}</td><td>{}</td></tr>\n", clock_text(event.time.seconds()),
                        both(m.words.translated(event.words())));
  }
  const auto& world = m.recording.meta().world_id;
  if (!world.empty()) out += fmt::format("<p>{}: {}.</p>\n", report::both("World", "场景"), escaped(world));
  if (rows.empty()) {
    out += "<p>" + report::both("No prompts were shown.", "未显示提示语。") + "</p>\n";
  } else {
    out += fmt::format(
        "<table><thead><tr><th class=\"time\">{}</th><th>{}</th></tr></thead><tbody>\n{}</tbody></table>\n",
        report::both("time", "时间"), report::both("words on the screen", "屏幕文字"), rows);
  }
  return out;
}

std::string answers_section(const Material& m) {
  if (m.digest.decisions == 0 && m.digest.answers.empty()) return {};
  std::string out = heading("What the patient said", "来访者的回答");
  std::string rows;
  using Kind = telemetry::ReportKind;
  const auto asked = [&](Kind kind) { return m.digest.was_asked(kind); };
  const auto is_told = [&](Kind kind) {
    return asked(kind) || kind == Kind::suds || kind == Kind::expectancy || kind == Kind::comfort;
  };
  for (const auto kind :
       {Kind::suds, Kind::expectancy, Kind::comfort, Kind::belief, Kind::urge, Kind::choice}) {
    std::string line;
    for (const auto& answer : m.digest.answers) {
      if (answer.kind != kind) continue;
      line += fmt::format("<span class=\"key\"><strong>{}</strong> <span class=\"aside\">at {}</span></span>",
                          answer_text(answer.value, kind), clock_text(answer.time_s));
    }
    if (line.empty() && !is_told(kind)) continue;
    if (line.empty())
      line = asked(kind) ? report::both("asked, not answered", "已询问，未回答")
                         : report::both("not asked", "未询问");
    rows += row(both(report_kind(kind)), line);
  }
  out += "<table class=\"labelled\"><tbody>\n" + rows;
  out += row(report::both("side effects", "副作用"),
             report::both("not asked in this session", "本次治疗未询问"));
  return out + "</tbody></table>\n";
}

std::string events_section(const Material& m) {
  std::string out = heading("Events", "事件");
  constexpr std::size_t most_rows = 300;
  std::string rows;
  std::size_t count = 0;
  const auto& events = m.digest.events;
  for (std::size_t i = 0; i < events.size() && count < most_rows;) {
    if (events[i].kind == record::EventKind::picture ||
        events[i].kind == record::EventKind::prompt_shown) {  // above
      ++i;
      continue;
    }
    ++count;
    std::size_t times = 1;
    while (i + times < events.size() && equal(events[i], events[i + times])) ++times;
    const auto again = times > 1 ? fmt::format(" <span class=\"aside\">({} times, until {})</span>", times,
                                               clock_text(events[i + times - 1].time.seconds()))
                                 : std::string();
    rows += fmt::format("<tr><td class=\"time\">{}</td><td class=\"narrow\">{}</td><td>{}{}</td></tr>\n",
                        clock_text(events[i].time.seconds()), both(event_kind(events[i].kind)),
                        event_detail(events[i], m.words), again);
    i += times;
  }
  if (rows.empty()) return out + "<p>" + report::both("None were recorded.", "没有记录事件。") + "</p>\n";
  out += fmt::format(
      "<table><thead><tr><th "
      "class=\"time\">{}</th><th>{}</th><th>{}</th></tr></thead><tbody>\n{}</tbody></table>\n",
      report::both("time", "时间"), report::both("what", "类型"), report::both("words", "说明"), rows);
  if (count == most_rows)
    out += fmt::format("<p>Only the first {} are listed; the recording holds {} events.</p>\n", most_rows,
                       events.size());
  return out;
}

std::string quality_section(const Material& m) {
  const auto& q = m.digest.quality;
  const auto& recording = m.recording;
  const auto of_time = [&](double seconds) {
    return q.observed_s > 0.0 ? percent(seconds / q.observed_s) : std::string("–");
  };
  std::string out = heading("Quality of the data", "数据质量") + "<table class=\"labelled\"><tbody>\n";
  out += row(report::both("Frames", "帧数"),
             fmt::format("{} in {}, {:.0f} a second", q.frames, span_text(q.observed_s), q.rate_hz));
  out += row(report::both("Head tracked", "头部追踪"), of_time(q.head_tracked_s) + " of the time");
  const bool no_eyes = q.eye_gaze_s <= 0.0;
  out +=
      row(report::both("Gaze", "视线"),
          no_eyes ? (q.head_gaze_s > 0.0 ? "the head's direction stands in, " + of_time(q.head_gaze_s) +
                                               " of the time; no eye tracking"
                                         : std::string("none"))
                  : "from the eyes " + of_time(q.eye_gaze_s) + " of the time" +
                        (q.head_gaze_s > 0.0 ? ", from the head " + of_time(q.head_gaze_s) : std::string()));
  if (q.interpolated_s > 0.0) {
    out += row(report::both("Gaze filled in", "插补的视线"),
               of_time(q.interpolated_s) + " of the time, by the import; not measured");
  }
  out += row(report::both("Controllers", "手柄"), of_time(q.hands_s) + " of the time");
  constexpr std::array<std::pair<const char*, const char*>, 6> vitals{
      {{"heart rate", "心率"},
       {"intervals between beats", "心搏间期"},
       {"breathing rate", "呼吸频率"},
       {"breath phase", "呼吸相位"},
       {"skin conductance", "皮肤电导"},
       {"skin temperature", "皮肤温度"}}};
  std::string sensors;
  for (std::size_t i = 0; i < vitals.size(); ++i) {
    if (q.vitals_s[i] <= 0.0) continue;
    sensors += (sensors.empty() ? "" : ", ") + report::both(vitals[i].first, vitals[i].second) + " " +
               of_time(q.vitals_s[i]);
  }
  out +=
      row(report::both("Body sensors", "身体传感器"), sensors.empty() ? report::both("none", "无") : sensors);
  if (q.not_worn_s > 0.05)
    out += row(report::both("Headset off the head", "未佩戴头显"), span_text(q.not_worn_s));
  if (q.not_focused_s > 0.05)
    out += row(report::both("Session not in focus", "会话未获焦点"), span_text(q.not_focused_s));
  if (q.samples_lost > 0.0)
    out += row(report::both("Lost by the recorder", "记录器丢失"),
               fmt::format("{:.0f} samples", q.samples_lost));
  out += row(report::both("Recording closed properly", "记录正常结束"),
             recording.closed() ? report::both("yes", "是")
                                : "<strong>" + report::both("no: cut off", "否：中断") + "</strong>");
  out += "</tbody></table>\n";

  constexpr std::size_t most_rows = 40;
  std::string rows;
  const auto& gaps = recording.gaps();
  for (std::size_t i = 0; i < std::min(gaps.size(), most_rows); ++i) {
    const double length_s = core::seconds_between(gaps[i].from, gaps[i].to);
    rows += fmt::format("<tr><td class=\"time\">{}</td><td>{} without frames{}</td></tr>\n",
                        clock_text(gaps[i].from.seconds()), span_text(length_s),
                        gaps[i].frames_missing > 0
                            ? fmt::format("; {} frames are missing", gaps[i].frames_missing)
                            : std::string("; the headset gave none"));
  }
  if (gaps.size() > most_rows)
    rows += fmt::format("<tr><td></td><td>and {} more gaps</td></tr>\n", gaps.size() - most_rows);
  const auto& damage = recording.damage();
  for (std::size_t i = 0; i < std::min(damage.size(), most_rows); ++i) {
    rows += fmt::format(
        "<tr><td class=\"time\">{}–{}</td><td><strong>{}</strong>: {} (byte {} of the file)</td></tr>\n",
        clock_text(damage[i].from.seconds()), clock_text(damage[i].to.seconds()),
        report::both("damage", "损坏"), escaped(damage[i].what), damage[i].offset);
  }
  if (damage.size() > most_rows)
    rows += fmt::format("<tr><td></td><td>and {} more damaged places</td></tr>\n", damage.size() - most_rows);
  if (!rows.empty()) {
    out += fmt::format("<h3>{}</h3>\n<table><tbody>\n{}</tbody></table>\n",
                       report::both("Gaps and damage", "缺口与损坏"), rows);
  }
  return out;
}

std::string versions_section(const Material& m) {
  const auto& meta = m.recording.meta();
  std::string out = heading("Versions", "版本") + "<table class=\"labelled\"><tbody>\n";
  const auto code = [](const std::string& text) { return "<code>" + escaped(text) + "</code>"; };
  out +=
      row(report::both("Recording", "记录文件"), escaped(m.recording.path().filename().string()) + ", key " +
                                                     code(record::to_text(m.recording.key_id())));
  if (!meta.build.empty()) out += row(report::both("Attune", "程序版本"), escaped(meta.build));
  if (!meta.program_id.empty()) {
    out += row(report::both("Programme", "方案"),
               escaped(meta.program_id) + " " + code(core::hash_hex(meta.program_text)));
  }
  out += row(report::both("Inference", "推断"), both(inference(meta.inference)));
  for (const auto& model : meta.models)
    out += row(report::both("Model", "模型"), escaped(model.name) + " " + code(model.hash));
  if (!meta.runtime.empty()) out += row(report::both("Runtime", "运行时"), escaped(meta.runtime));
  if (meta.seed != 0) out += row(report::both("Seed", "随机种子"), fmt::format("{}", meta.seed));
  return out + "</tbody></table>\n";
}

}  // namespace attune::report
