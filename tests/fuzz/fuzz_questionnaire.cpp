// A questionnaire's file, as somebody may have edited it, and what it makes of answers at its ends.
#include <cmath>
#include <cstdint>
#include <string>

#include "attune/treatment/questionnaire.hpp"

namespace {

using namespace attune::treatment;

void check(const Questionnaire& questionnaire, const ScoreRule& rule, const std::optional<double>& value) {
  if (!value) return;
  const double least = questionnaire.least(rule), greatest = questionnaire.greatest(rule);
  const double rounding = 1e-9 * (1.0 + std::abs(least) + std::abs(greatest));
  if (!(*value >= least - rounding && *value <= greatest + rounding)) __builtin_trap();
}

void check_score(const Questionnaire& questionnaire, const Answers& answers) {
  const auto scored = score(questionnaire, answers);
  if (questionnaire.total) check(questionnaire, *questionnaire.total, scored.total);
  if (scored.subscales.size() != questionnaire.subscales.size()) __builtin_trap();
  for (std::size_t i = 0; i < scored.subscales.size(); ++i)
    check(questionnaire, questionnaire.subscales[i], scored.subscales[i].value);
  // Nothing left out is told as complete, and an alert that is reached is never swallowed.
  std::size_t reached = 0;
  for (const auto& alert : questionnaire.alerts) {
    const auto& answer = answers[static_cast<std::size_t>(alert.item - 1)];
    reached += answer && *answer >= alert.at_least ? 1U : 0U;
  }
  if (scored.alerts.size() != reached) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto questionnaire =
      Questionnaire::parse(std::string(reinterpret_cast<const char*>(data), size), "fuzz.toml");
  if (!questionnaire) return 0;
  Answers answers(static_cast<std::size_t>(questionnaire->item_count));
  check_score(*questionnaire, answers);
  for (const double answer : {questionnaire->lowest, questionnaire->highest}) {
    for (auto& one : answers) one = answer;
    check_score(*questionnaire, answers);
  }
  answers.back().reset();
  check_score(*questionnaire, answers);
  return 0;
}
