#include "treatment/reading/parts.hpp"

namespace attune::treatment::reading {

namespace {

constexpr std::size_t feared_en = 60, feared_zh = 30;  // characters: it stands inside of a question

Question card_question(core::ConfigTable& table, CardItem item, const std::string& key, const Text& feared) {
  Question question;
  question.card = item;
  question.kind =
      item == CardItem::happened ? telemetry::ReportKind::choice : telemetry::ReportKind::expectancy;
  question.phase = item == CardItem::before ? Phase::neutral : Phase::recovery;
  question.every_s = 0.0;
  question.first_after_s = item == CardItem::before
                               ? table.number_or("before_at_s", 15.0, 0.0, longest_phase_s)
                               : table.number_or("after_at_s", 20.0, 0.0, longest_phase_s);
  question.answer_within_s = table.number_or("answer_within_s", 60.0, 10.0, 180.0);
  question.text = both_languages(table, key + "_en", key + "_zh", feared);
  if (item == CardItem::happened) question.options = options(table);
  return question;
}

}  // namespace

std::vector<Question> read_card(core::ConfigTable& root, Programme& programme, const ReadingRules& rules) {
  auto table = root.table_or_none("expectancy");
  if (!table) {
    if (rules.prescribed && programme.kind == "exposure")
      root.problem("expectancy",
                   "is missing: an exposure carries a card of what is feared and how likely it is");
    return {};
  }
  programme.feared = both_languages(*table, "feared_en", "feared_zh", {}, feared_en, feared_zh);
  if (!rules.feared.empty()) {
    programme.feared = {rules.feared, rules.feared};
    if (characters(rules.feared) > feared_en)
      table->problem("feared_en", "is replaced by words of more than 60 characters");
    if (!is_drawn(rules.feared))
      table->problem("feared_en", "is replaced by words with a line break or another control character");
  }
  std::vector<Question> questions;
  questions.push_back(card_question(*table, CardItem::before, "before", programme.feared));
  questions.push_back(card_question(*table, CardItem::happened, "happened", programme.feared));
  questions.push_back(card_question(*table, CardItem::after, "after", programme.feared));
  table->finish();
  return questions;
}

}  // namespace attune::treatment::reading
