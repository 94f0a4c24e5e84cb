#include <cstdio>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "attune/core/files.hpp"
#include "attune/treatment/questionnaire.hpp"
#include "cli/command.hpp"

namespace attune::cli {

namespace {

using treatment::Questionnaire;
using treatment::QuestionnaireScore;

struct ScoreOptions {
  std::string id, answers;
  bool json = false;
};

core::Result<std::string> text_of(const std::string& file) {
  if (file != "-") return core::read_text(file);
  return std::string(std::istreambuf_iterator<char>(std::cin), {});
}

nlohmann::json or_null(const std::optional<double>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

nlohmann::json or_null(const std::string& text) {
  return text.empty() ? nlohmann::json(nullptr) : nlohmann::json(text);
}

/// All alerts as one text; null without one, which says nothing about what was not asked.
nlohmann::json alert_of(const QuestionnaireScore& score, treatment::Language language) {
  std::string text;
  for (const auto& alert : score.alerts) text += (text.empty() ? "" : " ") + alert.text.in(language);
  return text.empty() ? nlohmann::json(nullptr) : nlohmann::json(text);
}

nlohmann::json to_json(const Questionnaire& questionnaire, const QuestionnaireScore& score) {
  using treatment::Language;
  nlohmann::json subscales = nlohmann::json::object(), notes = nlohmann::json::array();
  for (const auto& subscale : score.subscales) subscales[subscale.id] = or_null(subscale.value);
  for (const auto& note : score.notes) notes.push_back(note.en);
  nlohmann::json range = nullptr, alert_items = nlohmann::json::array();
  if (const auto& total = questionnaire.total)
    range = {questionnaire.least(*total), questionnaire.greatest(*total)};
  for (const auto& alert : score.alerts) alert_items.push_back(alert.item);
  return {{"questionnaire", questionnaire.id},
          {"title", questionnaire.title.en},
          {"total", or_null(score.total)},
          {"range", range},
          {"subscales", subscales},
          {"band", score.band ? nlohmann::json(score.band->en) : nlohmann::json(nullptr)},
          {"band_zh", score.band ? nlohmann::json(score.band->zh) : nlohmann::json(nullptr)},
          {"caseness_at_least", or_null(questionnaire.caseness)},
          {"caseness", score.caseness ? nlohmann::json(*score.caseness) : nlohmann::json(nullptr)},
          {"reliable_change", or_null(questionnaire.reliable_change)},
          {"missing", score.missing},
          {"prorated", score.prorated},
          {"missing_rule", questionnaire.missing_rule},
          {"provisional", or_null(questionnaire.provisional.en)},
          {"provisional_zh", or_null(questionnaire.provisional.zh)},
          {"alert", alert_of(score, Language::english)},
          {"alert_zh", alert_of(score, Language::chinese)},
          {"alert_items", alert_items},
          {"notes", notes},
          {"sources", questionnaire.sources}};
}

void print(const Questionnaire& questionnaire, const QuestionnaireScore& score) {
  std::printf("%s\n", questionnaire.title.en.c_str());
  if (!questionnaire.provisional.en.empty())
    std::printf("  provisional: %s\n", questionnaire.provisional.en.c_str());
  if (const auto& rule = questionnaire.total) {
    const double low = questionnaire.least(*rule), high = questionnaire.greatest(*rule);
    if (score.total) {
      std::printf("  total %.6g (%.6g to %.6g)%s%s\n", *score.total, low, high, score.band ? ", " : "",
                  score.band ? score.band->en.c_str() : "");
    } else {
      std::printf("  total not scorable (%.6g to %.6g)\n", low, high);
    }
  }
  for (std::size_t i = 0; i < score.subscales.size(); ++i) {
    const auto& rule = questionnaire.subscales[i];
    const auto& value = score.subscales[i].value;
    char text[32] = "not scorable";
    if (value) std::snprintf(text, sizeof text, "%.6g", *value);
    std::printf("  %s (%s) %s (%.6g to %.6g)\n", rule.id.c_str(), rule.title.en.c_str(), text,
                questionnaire.least(rule), questionnaire.greatest(rule));
  }
  if (score.caseness)
    std::printf("  caseness (%.6g or more): %s\n", *questionnaire.caseness, *score.caseness ? "yes" : "no");
  if (questionnaire.reliable_change)
    std::printf("  a change of %.6g or more is reliable\n", *questionnaire.reliable_change);
  if (score.missing > 0) {
    std::printf("  %d of %d items left out. %s\n", score.missing, questionnaire.item_count,
                questionnaire.missing_rule.c_str());
  }
}

/// A refused row is judged by nobody until it is right: said where an item would have been told at once.
core::Error not_judged(core::Error error, const Questionnaire& questionnaire) {
  std::string items;
  for (const auto& alert : questionnaire.alerts)
    items += (items.empty() ? "" : ", ") + std::to_string(alert.item);
  if (!items.empty())
    error.message += "; read what was answered to item " + items + " now: nobody has judged it";
  return error;
}

core::Result<int> run_score(const ScoreOptions& options) {
  const auto questionnaire = Questionnaire::load(options.id);
  if (!questionnaire) return questionnaire.error();
  const auto text = text_of(options.answers);
  if (!text) return text.error();
  const auto answers = treatment::parse_answers(*questionnaire, *text,
                                                options.answers == "-" ? "standard input" : options.answers);
  if (!answers) return not_judged(answers.error(), *questionnaire);
  const auto score = treatment::score(*questionnaire, *answers);
  // Said before anything else: whoever reads only the first line reads this.
  for (const auto& alert : score.alerts) {
    std::fprintf(stderr, "ALERT: %s · %s\n", alert.text.en.c_str(), alert.text.zh.c_str());
  }
  for (const auto& note : score.notes)
    std::fprintf(stderr, "note: %s · %s\n", note.en.c_str(), note.zh.c_str());
  if (options.json) {
    std::printf("%s\n", to_json(*questionnaire, score).dump(2).c_str());
  } else {
    print(*questionnaire, score);
  }
  return 0;
}

}  // namespace

void add_score(Command& app) {
  auto command = app.add_subcommand("score", "Score a questionnaire");
  static ScoreOptions o;
  command
      .add_option("questionnaire", o.id,
                  "suds, gad7, phq9, stai6, ipq, ssq, fms, hiq, side-effects, or a file")
      .required();
  command.add_option("answers", o.answers, "A CSV file of one row, items in order; - reads standard input")
      .required();
  command.add_flag("--json", o.json, "Print for machines");
  command.on_run("attune score gad7 answers.csv --json", [] { return run_score(o); });
}

}  // namespace attune::cli
