#include "treatment/reading/fields.hpp"

#include <algorithm>
#include <cmath>

#include "attune/treatment/governor.hpp"

namespace attune::treatment::reading {

namespace {

constexpr std::size_t option_en = 24, option_zh = 12;  // characters that stand beside each other on a slider

bool is_ascii(char c) { return (static_cast<unsigned char>(c) & 0x80U) == 0; }
/// A line break, an escape: nothing a panel draws, and nothing a terminal should be told.
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; }

void hold_to_what_is_drawn(core::ConfigTable& table, const std::string& key, const std::string& text) {
  if (!is_drawn(text))
    table.problem(key, "holds a line break or another control character, which no panel draws");
}

void hold_to_length(core::ConfigTable& table, const std::string& key, const std::string& text,
                    std::size_t longest) {
  if (characters(text) <= longest) return;
  table.problem(key, "has " + std::to_string(characters(text)) + " characters, more than the " +
                         std::to_string(longest) + " that a panel holds");
}

void hold_to_chinese(core::ConfigTable& table, const std::string& key, const std::string& text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_ascii))
    table.problem(key, "holds no Chinese");
}

std::string filled_in(std::string text, const std::string& feared) {
  constexpr std::string_view place = "{feared}";
  if (feared.empty()) return text;
  for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at + feared.size()))
    text.replace(at, place.size(), feared);
  return text;
}

}  // namespace

float number(core::ConfigTable& table, const std::string& key, double low, double high) {
  return static_cast<float>(table.number(key, low, high));
}

float number_or(core::ConfigTable& table, const std::string& key, float fallback, double low, double high) {
  return table.has(key) ? number(table, key, low, high) : fallback;
}

int count_or(core::ConfigTable& table, const std::string& key, int fallback, int low, int high) {
  if (!table.has(key)) return fallback;
  const double value = table.number(key, low, high);
  if (value != std::floor(value)) table.problem(key, "must be a whole number");
  return static_cast<int>(value);
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_drawn(const std::string& text) { return std::none_of(text.begin(), text.end(), is_control); }

std::string sentence(core::ConfigTable& table, const std::string& key, std::size_t longest) {
  const bool is_there = table.has(key);
  auto text = table.text(key);
  if (is_there && text.empty()) table.problem(key, "is empty");
  hold_to_what_is_drawn(table, key, text);
  hold_to_length(table, key, text, longest);
  std::erase_if(text, is_control);  // whoever lists the file prints it
  return text;
}

std::string name_or_none(core::ConfigTable& table, const std::string& key) {
  if (!table.has(key)) return {};
  const auto name = table.text(key);
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  if (name.empty() || !std::all_of(name.begin(), name.end(), fits))
    table.problem(key, "must be lower-case letters, digits and hyphens");
  return name;
}

Text both_languages(core::ConfigTable& table, const std::string& en, const std::string& zh,
                    const Feared& feared, std::size_t en_most, std::size_t zh_most) {
  constexpr std::size_t anything = 100'000;
  const Text raw{sentence(table, en, anything), sentence(table, zh, anything)};
  hold_to_chinese(table, zh, raw.zh);
  Text text{filled_in(raw.en, feared.en), filled_in(raw.zh, feared.zh)};
  if (text.en.find("{feared}") != std::string::npos)
    table.problem(en, "has no [expectancy] to fill {feared} in from");
  hold_to_length(table, en, text.en, en_most);
  hold_to_length(table, zh, text.zh, zh_most);
  return text;
}

std::vector<Text> options(core::ConfigTable& table) {
  const auto en = table.texts("options_en"), zh = table.texts("options_zh");
  if (table.has("options_en") && (en.size() < 2 || en.size() > 5))
    table.problem("options_en", "must be two to five");
  const bool are_sound = !table.has_mistake("options_en") && !table.has_mistake("options_zh");
  if (are_sound && en.size() != zh.size()) {
    table.problem("options_zh", "are " + std::to_string(zh.size()) + ", but there are " +
                                    std::to_string(en.size()) + " in English");
  }
  std::vector<Text> result;
  for (std::size_t i = 0; i < std::min(en.size(), zh.size()); ++i) {
    hold_to_what_is_drawn(table, "options_en", en[i]);
    hold_to_what_is_drawn(table, "options_zh", zh[i]);
    hold_to_length(table, "options_en", en[i], option_en);
    hold_to_length(table, "options_zh", zh[i], option_zh);
    hold_to_chinese(table, "options_zh", zh[i]);
    if (en[i].empty()) table.problem("options_en", "hold an empty text");
    if (zh[i].empty()) table.problem("options_zh", "hold an empty text");
    result.push_back({en[i], zh[i]});
  }
  return result;
}

IntensityRange range(core::ConfigTable& table, const std::string& key, IntensityRange within) {
  const bool is_there = table.has(key);
  const auto values = table.numbers(key, 0.0, absolute::intensity);
  if (!is_there) return within;
  if (values.size() != 2) {
    table.problem(key, "must be [lowest, highest], two numbers from 0 to 1");
    return within;
  }
  const IntensityRange result{static_cast<float>(values[0]), static_cast<float>(values[1])};
  if (table.has_mistake(key)) return within;
  if (result.low > result.high) {
    table.problem(key, "has its highest below its lowest");
    return within;
  }
  if (result.low < within.low || result.high > within.high)
    table.problem(key, "leaves the range of limits.intensity");
  return result;
}

std::optional<std::uint16_t> step_named(core::ConfigTable& table, const std::string& key,
                                        const std::vector<Step>& ladder) {
  if (!table.has(key)) return std::nullopt;
  const auto id = table.text(key);
  for (std::size_t i = 0; i < ladder.size(); ++i) {
    if (!id.empty() && ladder[i].id == id) return static_cast<std::uint16_t>(i);
  }
  table.problem(key, "is '" + id + "', but no step has that id");
  return std::nullopt;
}

}  // namespace attune::treatment::reading
