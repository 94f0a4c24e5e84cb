#include <spdlog/fmt/fmt.h>

#include <cmath>

#include "report/html.hpp"
#include "report/sections.hpp"

namespace attune::report {

namespace {

/// What the expectancy card shows, or what is missing on it; empty where nobody is exposed to anything.
std::string expectancy_text(const Digest& digest, bool climbs) {
  const auto kind = telemetry::ReportKind::expectancy;
  const auto answers = digest.answers_of(kind);
  if (answers.size() >= 2)
    return fmt::format(
        "{}: {:.0f} % → {:.0f} %",
        report::both("Likelihood of what was feared, before and after", "担心之事的可能性（前后）"),
        answers.front().value, answers.back().value);
  if (!climbs) return {};
  if (!answers.empty() || digest.was_asked(kind))
    return report::both(
        "Not answered both before and after: how likely what was feared seemed. "
        "Put into words what was learned.",
        "担心之事的可能性未在前后都得到回答。请把学到的内容说出来。");
  return report::both(
      "Not asked: how likely what was feared seemed before and after. "
      "Put into words what was learned.",
      "未询问：担心之事在前后的可能性。请把学到的内容说出来。");
}

}  // namespace

std::string next_section(const Material& m) {
  const auto& digest = m.digest;
  if (digest.decisions == 0) return {};
  constexpr double held_s = 30.0;
  std::string items;
  const auto item = [&items](const std::string& html) { items += "<li>" + html + "</li>\n"; };

  const StepTime* held = nullptr;
  for (const auto& step : digest.steps) {
    if (step.seconds >= held_s) held = &step;
  }
  // Where nothing is exposed to, there is no ladder to have climbed.
  const bool climbs = m.words.exposes();
  if (climbs)
    item(held == nullptr
             ? report::both("No step was held for 30 seconds.", "没有任何级别保持30秒。")
             : fmt::format("{}: {} · {}",
                           report::both("Highest step held for 30 seconds or more", "保持30秒以上的最高级别"),
                           held->step + 1, both(m.words.step(held->step))));
  const auto suds = digest.answers_of(telemetry::ReportKind::suds);
  if (suds.size() >= 2) {
    const double change = suds.back().value - suds.front().value;
    item(fmt::format("{}: {}{:.0f} SUDS",
                     report::both("Change of self-reported distress from the first to the last answer",
                                  "自我报告痛苦程度首末变化"),
                     change < 0.0 ? "−" : "+", std::abs(change)));
  }
  if (const auto expectancy = expectancy_text(digest, climbs); !expectancy.empty()) item(expectancy);
  if (m.recording.meta().source == record::SourceKind::person) {
    item(report::both(
        "Not asked: side effects. Ask now for dizziness, nausea, headache, eye strain, unease that stays.",
        "未询问副作用。请现在询问：头晕、恶心、头痛、眼疲劳、持续的不安。"));
  }
  if (items.empty()) return {};
  return heading("For the next session", "供下次参考") + "<ul>\n" + items + "</ul>\n";
}

}  // namespace attune::report
