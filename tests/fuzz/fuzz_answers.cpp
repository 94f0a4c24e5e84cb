// A row of answers, as a spreadsheet or a person may have written it, for each questionnaire that ships.
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "attune/treatment/questionnaire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace attune::treatment;
  static const auto questionnaires = [] {
    std::vector<Questionnaire> all;
    for (const auto& id : questionnaire_ids()) {
      auto one = Questionnaire::load(id);
      if (!one) __builtin_trap();
      all.push_back(*one);
    }
    if (all.empty()) __builtin_trap();
    return all;
  }();
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const auto& questionnaire : questionnaires) {
    const auto answers = parse_answers(questionnaire, text, "fuzz.csv");
    if (!answers) continue;
    if (answers->size() != static_cast<std::size_t>(questionnaire.item_count)) __builtin_trap();
    for (const auto& answer : *answers) {
      if (answer && !(*answer >= questionnaire.lowest && *answer <= questionnaire.highest)) __builtin_trap();
    }
    const auto scored = score(questionnaire, *answers);
    if (scored.total && !std::isfinite(*scored.total)) __builtin_trap();
  }
  return 0;
}
