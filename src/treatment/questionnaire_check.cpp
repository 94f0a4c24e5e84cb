#include "treatment/questionnaire_check.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace attune::treatment {

namespace {

using core::ConfigTable;

constexpr int most_items = 100;
constexpr double greatest_number = 1000.0;

/// A text that must be there and say something.
std::string words(ConfigTable& table, const std::string& key) {
  const bool is_there = table.has(key);
  auto text = table.text(key);
  if (is_there && text.empty()) table.problem(key, "is empty");
  return text;
}

Text in_both(ConfigTable& table, const std::string& en, const std::string& zh) {
  return {words(table, en), words(table, zh)};
}

int whole_number(ConfigTable& table, const std::string& key, int low, int high) {
  const double value = table.number(key, low, high);
  if (value != std::floor(value)) table.problem(key, "must be a whole number");
  return static_cast<int>(value);
}

/// Numbers of items, each one of the questionnaire's.
std::vector<int> item_numbers(ConfigTable& table, const std::string& key, int item_count) {
  std::vector<int> items;
  std::set<int> seen;
  for (const double value : table.numbers(key, 1.0, item_count)) {
    const int item = static_cast<int>(value);
    if (value != item) table.problem(key, "holds " + std::to_string(value) + ", which is no item's number");
    if (!seen.insert(item).second) table.problem(key, "holds item " + std::to_string(item) + " twice");
    items.push_back(item);
  }
  return items;
}

/// What total and subscales have in common: combine, times, over, missing_at_most.
void read_formula(ConfigTable& table, ScoreRule& rule) {
  const auto combine = table.text_or("combine", "sum");
  if (combine != "sum" && combine != "mean") {
    table.problem("combine", "is '" + combine + "', but must be one of: sum, mean");
  }
  rule.combine = combine == "mean" ? Combine::mean : Combine::sum;
  rule.factor = table.number_or("times", 1.0, 0.001, greatest_number) /
                table.number_or("over", 1.0, 0.001, greatest_number);
  const int items = std::max(static_cast<int>(rule.items.size()), 1);
  if (table.has("missing_at_most"))
    rule.missing_at_most = whole_number(table, "missing_at_most", 0, items - 1);
}

void read_subscales(ConfigTable& root, Questionnaire& questionnaire) {
  std::set<std::string> ids;
  for (auto& table : root.tables_or_none("subscales")) {
    ScoreRule rule;
    rule.id = words(table, "id");
    if (!rule.id.empty() && !ids.insert(rule.id).second)
      table.problem("id", "'" + rule.id + "' is there twice");
    rule.title = in_both(table, "title_en", "title_zh");
    rule.items = item_numbers(table, "items", questionnaire.item_count);
    if (table.has("items") && rule.items.empty()) table.problem("items", "names no item");
    read_formula(table, rule);
    table.finish();
    questionnaire.subscales.push_back(std::move(rule));
  }
}

void read_total(ConfigTable& root, Questionnaire& questionnaire) {
  auto table = root.table_or_none("total");
  if (!table) {
    if (questionnaire.subscales.empty())
      root.problem("total", "is missing, and there are no subscales either");
    return;
  }
  ScoreRule rule;
  rule.id = "total";
  rule.title = questionnaire.title;
  const auto of = table->text_or("of", "items");
  if (of == "subscales") {
    for (const auto& subscale : questionnaire.subscales)
      rule.items.insert(rule.items.end(), subscale.items.begin(), subscale.items.end());
    if (rule.items.empty()) table->problem("of", "is 'subscales', but there are none");
  } else {
    if (of != "items") table->problem("of", "is '" + of + "', but must be one of: items, subscales");
    for (int item = 1; item <= questionnaire.item_count; ++item) rule.items.push_back(item);
  }
  read_formula(*table, rule);
  table->finish();
  questionnaire.total = std::move(rule);
}

/// Bands, caseness and reliable change: what a total means.
void read_meaning(ConfigTable& root, Questionnaire& questionnaire) {
  const auto& total = questionnaire.total;
  const double low = total ? questionnaire.least(*total) : 0.0;
  const double high = total ? questionnaire.greatest(*total) : 0.0;
  const auto of_total = [&](const std::string& key, double least) -> std::optional<double> {
    if (!root.has(key)) return std::nullopt;
    if (!total) root.problem(key, "needs a total");
    return root.number(key, least, high);
  };
  questionnaire.caseness = of_total("caseness", low);
  questionnaire.reliable_change = of_total("reliable_change", 0.0);
  for (auto& table : root.tables_or_none("bands")) {
    Band band;
    band.at_least = table.number("at_least", low, high);
    if (!total) table.problem("at_least", "needs a total");
    if (questionnaire.bands.empty() ? band.at_least != low
                                    : band.at_least <= questionnaire.bands.back().at_least) {
      table.problem("at_least", questionnaire.bands.empty() ? "must be the lowest total in the first band"
                                                            : "is no higher than the band before");
    }
    band.name = in_both(table, "en", "zh");
    table.finish();
    questionnaire.bands.push_back(std::move(band));
  }
}

void read_alerts(ConfigTable& root, Questionnaire& questionnaire) {
  for (auto& table : root.tables_or_none("alerts")) {
    AlertRule alert;
    alert.item = whole_number(table, "item", 1, questionnaire.item_count);
    alert.at_least = table.number("at_least", questionnaire.lowest, questionnaire.highest);
    alert.text = in_both(table, "en", "zh");
    if (table.has("unanswered_en") || table.has("unanswered_zh"))
      alert.unanswered = in_both(table, "unanswered_en", "unanswered_zh");
    table.finish();
    questionnaire.alerts.push_back(std::move(alert));
  }
}

void read_wording(ConfigTable& root, Questionnaire& questionnaire) {
  auto wording = root.table_or_none("wording");
  if (!wording) return;
  questionnaire.instructions = in_both(*wording, "instructions_en", "instructions_zh");
  for (auto& table : wording->tables_or_none("options")) {
    AnswerOption option{table.number("value", questionnaire.lowest, questionnaire.highest),
                        in_both(table, "en", "zh")};
    table.finish();
    questionnaire.options.push_back(std::move(option));
  }
  for (auto& table : wording->tables("items")) {
    questionnaire.wording.push_back(in_both(table, "en", "zh"));
    table.finish();
  }
  if (wording->has("items") && static_cast<int>(questionnaire.wording.size()) != questionnaire.item_count) {
    wording->problem("items", "are " + std::to_string(questionnaire.wording.size()) + ", but there are " +
                                  std::to_string(questionnaire.item_count) + " items");
  }
  wording->finish();
}

void read_answers(ConfigTable& root, Questionnaire& questionnaire) {
  questionnaire.item_count = std::max(whole_number(root, "items", 1, most_items), 1);
  const bool is_there = root.has("answers");
  const auto range = root.numbers("answers", -greatest_number, greatest_number);
  if (range.size() == 2 && range[0] < range[1]) {
    questionnaire.lowest = range[0];
    questionnaire.highest = range[1];
  } else if (is_there) {
    root.problem("answers", "must be [lowest, highest]");
  }
  questionnaire.whole_numbers = root.flag_or("whole_numbers", true);
  if (root.has("reversed")) questionnaire.reversed = item_numbers(root, "reversed", questionnaire.item_count);
}

}  // namespace

Questionnaire read_questionnaire(core::ConfigFile& file) {
  auto& root = file.root();
  Questionnaire questionnaire;
  questionnaire.id = words(root, "id");
  questionnaire.title = in_both(root, "title_en", "title_zh");
  questionnaire.sources = root.texts("sources");
  if (root.has("sources") && questionnaire.sources.empty()) root.problem("sources", "names no source");
  questionnaire.licence = words(root, "licence");
  questionnaire.missing_rule = words(root, "missing_rule");
  if (root.has("provisional_en") || root.has("provisional_zh"))
    questionnaire.provisional = in_both(root, "provisional_en", "provisional_zh");
  read_answers(root, questionnaire);
  if (root.has_mistake("answers")) return questionnaire;  // all that follows is held to their range
  read_subscales(root, questionnaire);
  read_total(root, questionnaire);
  read_meaning(root, questionnaire);
  read_alerts(root, questionnaire);
  read_wording(root, questionnaire);
  root.finish();
  return questionnaire;
}

}  // namespace attune::treatment
