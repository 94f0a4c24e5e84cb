#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "attune/core/config.hpp"
#include "attune/treatment/phase.hpp"
#include "attune/treatment/step.hpp"
#include "attune/treatment/text.hpp"

/// How single values of a programme are read; every mistake becomes a problem of the table.
namespace attune::treatment::reading {

inline constexpr double longest_phase_s = 1800.0;
inline constexpr std::size_t longest_en = 160, longest_zh = 80;  // characters a panel holds without scrolling

/// A name in a file and what it stands for.
template <typename Value>
struct Named {
  std::string_view name;
  Value value;
};

inline constexpr Named<Phase> phase_names[] = {
    {"waiting", Phase::waiting},   {"neutral", Phase::neutral},       {"exposure", Phase::exposure},
    {"recovery", Phase::recovery}, {"safe_place", Phase::safe_place}, {"paused", Phase::paused_exposure},
    {"ended", Phase::ended},
};

inline constexpr Named<telemetry::Activity> activity_names[] = {
    {"exposure", telemetry::Activity::exposure},
    {"experiment", telemetry::Activity::experiment},
    {"breathing", telemetry::Activity::breathing},
    {"thought_record", telemetry::Activity::thought_record},
    {"gaze_training", telemetry::Activity::gaze_training},
    {"dot_probe", telemetry::Activity::dot_probe},
    {"grounding", telemetry::Activity::grounding},
    {"movement", telemetry::Activity::movement},
    {"social", telemetry::Activity::social},
    {"work", telemetry::Activity::work},
    {"rest", telemetry::Activity::rest},
};

/// The value that a text names; with another text, a problem that lists what is possible, and the first of
/// them.
template <typename Value, std::size_t N>
Value choice(core::ConfigTable& table, const std::string& key, const std::string& chosen,
             const Named<Value> (&names)[N]) {
  std::string possible;
  for (const auto& entry : names) {
    if (entry.name == chosen) return entry.value;
    possible += (possible.empty() ? "" : ", ") + std::string(entry.name);
  }
  if (!chosen.empty()) table.problem(key, "is '" + chosen + "', but must be one of: " + possible);
  return names[0].value;
}
template <typename Value, std::size_t N>
Value choice(core::ConfigTable& table, const std::string& key, const Named<Value> (&names)[N]) {
  const bool is_there = table.has(key);
  const auto chosen = table.text(key);
  if (is_there && chosen.empty()) table.problem(key, "is empty");
  return choice(table, key, chosen, names);
}

[[nodiscard]] float number(core::ConfigTable& table, const std::string& key, double low, double high);
[[nodiscard]] float number_or(core::ConfigTable& table, const std::string& key, float fallback, double low,
                              double high);
/// A whole number.
[[nodiscard]] int count_or(core::ConfigTable& table, const std::string& key, int fallback, int low, int high);

/// Unicode characters of a UTF-8 text.
[[nodiscard]] std::size_t characters(const std::string& text);
/// Whether a panel draws every character of a text: no line break, no escape.
[[nodiscard]] bool is_drawn(const std::string& text);
/// A text that must be there, not empty, and no longer than `longest` characters.
[[nodiscard]] std::string sentence(core::ConfigTable& table, const std::string& key, std::size_t longest);
/// A name of lower-case letters, digits and hyphens; empty where there is none.
[[nodiscard]] std::string name_or_none(core::ConfigTable& table, const std::string& key);

/// What stands for `{feared}` in a text; empty where nothing does.
using Feared = Text;
/// A text in both languages, `{feared}` filled in, within what a panel holds (or `en_most`, `zh_most`).
[[nodiscard]] Text both_languages(core::ConfigTable& table, const std::string& en, const std::string& zh,
                                  const Feared& feared, std::size_t en_most = longest_en,
                                  std::size_t zh_most = longest_zh);
/// The options of a choice: two to five, as many in both languages.
[[nodiscard]] std::vector<Text> options(core::ConfigTable& table);

/// Two numbers of intensity within a range.
[[nodiscard]] IntensityRange range(core::ConfigTable& table, const std::string& key, IntensityRange within);

/// The index of the step that a key names, a problem where no step has that id.
[[nodiscard]] std::optional<std::uint16_t> step_named(core::ConfigTable& table, const std::string& key,
                                                      const std::vector<Step>& ladder);

}  // namespace attune::treatment::reading
