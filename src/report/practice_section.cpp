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
  for (const auto& event : events) {
    if (!belongs(event)) continue;
    out += fmt::format("<tr><td class=\"time\">{}</td><td class=\"narrow\">{}</td><td>{}</td></tr>\n",
                       clock_text(event.time.seconds()), both(event_kind(event.kind)), said(event, m.words));
  }
  return out + "</tbody></table>\n";
}

}  // namespace attune::report
