#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::treatment {

/// How a score is made of the answers it reads.
enum class Combine : std::uint8_t { sum, mean };

/// The formula of a total or of a subscale: sum or mean of some answers, reversed ones turned round first,
/// then multiplied.
struct ScoreRule {
  std::string id;
  Text title;
  std::vector<int> items;  ///< from 1; an item that counts twice is there twice
  Combine combine = Combine::sum;
  double factor = 1.0;
  int missing_at_most =
      0;  ///< so many unanswered items take the mean of the answered ones; with more, no score
};

/// A named range of the total: from `at_least` to the next band.
struct Band {
  double at_least = 0.0;
  Text name;
};

/// An answer that somebody must be told at once.
struct AlertRule {
  int item = 1;  ///< from 1
  double at_least = 0.0;
  Text text;
  std::optional<Text> unanswered;  ///< what is said when the item was left out
};

/// One possible answer in words.
struct AnswerOption {
  double value = 0.0;
  Text text;
};

/// A questionnaire with its scoring: read from `assets/questionnaires/ID.toml`, checked whole.
struct Questionnaire {
  std::string id;
  Text title;
  std::vector<std::string> sources;  ///< papers that the formulas are from
  std::string licence;               ///< what may be done with the wording, and why it is or is not here
  std::string missing_rule;          ///< in words, with its source
  Text provisional;                  ///< what of its scoring is not checked against its paper; empty: all is
  int item_count = 1;
  double lowest = 0.0, highest = 0.0;  ///< of one answer
  bool whole_numbers = true;           ///< answers between two marks are mistakes
  std::vector<int> reversed;           ///< items from 1 whose answer a becomes lowest + highest − a
  std::optional<ScoreRule> total;      ///< none where the authors define no total
  std::vector<ScoreRule> subscales;
  std::vector<Band> bands;         ///< of the total, rising; empty where none is published for one person
  std::optional<double> caseness;  ///< a total at or above it counts as a case
  std::optional<double>
      reliable_change;  ///< a change of the total by so much or more is beyond measurement error
  std::vector<AlertRule> alerts;
  Text instructions;                  ///< empty without wording
  std::vector<Text> wording;          ///< one an item, or none
  std::vector<AnswerOption> options;  ///< one an answer, or none

  /// A questionnaire by its id or by the path of a file. Errors: there is none (the ids that exist are
  /// named); every mistake as a line `FILE:LINE: key: message`.
  [[nodiscard]] static core::Result<Questionnaire> load(const std::string& id_or_path);
  /// The same from text that is already there; `name` stands for the file.
  [[nodiscard]] static core::Result<Questionnaire> parse(const std::string& text, const std::string& name);

  /// Least and greatest value that a rule of this questionnaire can give.
  [[nodiscard]] double least(const ScoreRule& rule) const;
  [[nodiscard]] double greatest(const ScoreRule& rule) const;
};

/// Every id under `assets/questionnaires`, sorted.
[[nodiscard]] std::vector<std::string> questionnaire_ids();

/// One answer an item, in order; nothing where the item was left out.
using Answers = std::vector<std::optional<double>>;

/// Answers from a file of one row of values, separated by commas (or all by semicolons, or all by tabs); an
/// empty cell is an item that was left out. Errors, each naming `name`, row and item: too many or too few
/// cells, no number, out of range, between two marks; more than one row.
[[nodiscard]] core::Result<Answers> parse_answers(const Questionnaire& questionnaire, const std::string& text,
                                                  const std::string& name);

/// A subscale's value, in the order of the questionnaire; nothing when too many of its items are unanswered.
struct SubscaleScore {
  std::string id;
  std::optional<double> value;
};

/// What a questionnaire says about one person at one time. It says nothing of what was not asked: no alert
/// does not mean that there is no danger.
struct QuestionnaireScore {
  std::optional<double> total;  ///< none without a formula, or with too many items unanswered
  bool prorated = false;        ///< the total holds the mean of the answered for what was left out
  std::vector<SubscaleScore> subscales;
  std::optional<Text> band;       ///< of the total
  std::optional<bool> caseness;   ///< the total is at or above the threshold
  int missing = 0;                ///< items left out
  std::vector<AlertRule> alerts;  ///< those whose answer was reached, in order of the file
  std::vector<Text> notes;        ///< items with an alert that were left out
};

/// Scores answers that `parse_answers` accepted: one an item, each in range.
[[nodiscard]] QuestionnaireScore score(const Questionnaire& questionnaire, const Answers& answers);

}  // namespace attune::treatment
