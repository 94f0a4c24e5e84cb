#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "report/html.hpp"
#include "report/sections.hpp"

namespace attune::report {

namespace {

using record::EventKind;

bool belongs(const record::Event& event) {
  return event.kind == EventKind::step_entered || event.kind == EventKind::step_left ||
         event.kind == EventKind::practice;
}

/// Words as they were said, and results in bold: they are what is looked for.
std::string said(const record::Event& event, const Vocabulary& words) {
  if (event.kind == EventKind::practice) return "<strong>" + escaped(event.words()) + "</strong>";
  return both(words.translated(event.words()));
}

bool is_of(const record::Event& event, telemetry::Activity activity) {
  return event.kind == EventKind::practice && !event.values.empty() &&
         event.values[0] == static_cast<double>(activity);
}

/// What a bias index is worth. Reliability over people: Schmukle, Eur J Pers 19 (2005) 595.
std::string about_dot_probe() {
  return fmt::format(
      "<p class=\"aside\">{}</p>\n",
      report::both(
          "The dot-probe measures where attention goes and trains nothing. The index is as uncertain as "
          "its range says; in studies its two halves hardly agree over people (Schmukle 2005), so it is "
          "no ground for a decision about one person.",
          "点探测只测量注意的去向，不作训练。指数的不确定程度如其区间所示；研究中两半结果在人群中几乎"
          "不一致（Schmukle 2005），不能作为对个人作决定的依据。"));
}

}  // namespace

std::string practice_section(const Material& m) {
  const auto& events = m.digest.events;
  const bool practised =
      std::ranges::any_of(events, [](const auto& event) { return event.kind == EventKind::practice; });
  if (!practised) return {};
  std::string out = heading("Steps and what came of them", "步骤与结果");
  out +=
      fmt::format("<table><thead><tr><th class=\"time\">{}</th><th>{}</th><th>{}</th></tr></thead><tbody>\n",
                  report::both("time", "时间"), report::both("what", "类型"), report::both("words", "说明"));
  std::string_view told;  // some practices add up over their steps, and say the same until there is more
  for (const auto& event : events) {
    const bool result = event.kind == EventKind::practice;
    if (!belongs(event) || (result && event.words() == told)) continue;
    if (result) told = event.words();
    out += fmt::format("<tr><td class=\"time\">{}</td><td class=\"narrow\">{}</td><td>{}</td></tr>\n",
                       clock_text(event.time.seconds()), both(event_kind(event.kind)), said(event, m.words));
  }
  out += "</tbody></table>\n";
  const bool probed = std::ranges::any_of(
      events, [](const auto& event) { return is_of(event, telemetry::Activity::dot_probe); });
  return probed ? out + about_dot_probe() : out;
}

}  // namespace attune::report
