#include "attune/treatment/questionnaire.hpp"

#include <algorithm>
#include <set>

#include "attune/core/files.hpp"
#include "treatment/questionnaire_check.hpp"

namespace attune::treatment {

namespace {

namespace fs = std::filesystem;

fs::path questionnaires_folder() { return core::assets_folder() / "questionnaires"; }

core::Result<fs::path> find_questionnaire(const std::string& id_or_path) {
  if (id_or_path.find('/') != std::string::npos || fs::path(id_or_path).extension() == ".toml")
    return fs::path(id_or_path);
  std::string ids;
  for (const auto& id : questionnaire_ids()) {
    if (id == id_or_path) return questionnaires_folder() / (id + ".toml");
    ids += (ids.empty() ? "" : ", ") + id;
  }
  if (ids.empty()) {
    return core::bad_input("no questionnaire '" + id_or_path + "': none in " +
                           questionnaires_folder().string());
  }
  return core::bad_input("no questionnaire '" + id_or_path + "': there are " + ids +
                         ", or give the path of a file");
}

bool is_reversed(const Questionnaire& questionnaire, int item) {
  return std::find(questionnaire.reversed.begin(), questionnaire.reversed.end(), item) !=
         questionnaire.reversed.end();
}

/// A rule's value when every one of its items counts `each`.
double with_all_at(const ScoreRule& rule, double each) {
  const auto count = rule.combine == Combine::sum ? static_cast<double>(rule.items.size()) : 1.0;
  return rule.factor * count * each;
}

struct Applied {
  std::optional<double> value;
  bool prorated = false;
};

Applied apply(const Questionnaire& questionnaire, const ScoreRule& rule, const Answers& answers) {
  double sum = 0.0;
  int answered = 0;
  std::set<int> missing;
  for (const int item : rule.items) {
    const auto& answer = answers[static_cast<std::size_t>(item - 1)];
    if (!answer) {
      missing.insert(item);
      continue;
    }
    sum +=
        is_reversed(questionnaire, item) ? questionnaire.lowest + questionnaire.highest - *answer : *answer;
    ++answered;
  }
  if (answered == 0 || static_cast<int>(missing.size()) > rule.missing_at_most) return {};
  const double mean = sum / answered;
  // What was left out takes the mean of the rest; a whole sum is taken as it is, without the detour.
  const double whole = missing.empty() ? sum : mean * static_cast<double>(rule.items.size());
  return {rule.factor * (rule.combine == Combine::mean ? mean : whole), !missing.empty()};
}

}  // namespace

std::vector<std::string> questionnaire_ids() {
  std::vector<std::string> ids;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(questionnaires_folder(), ignored)) {
    if (entry.path().extension() == ".toml") ids.push_back(entry.path().stem().string());
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

core::Result<Questionnaire> Questionnaire::load(const std::string& id_or_path) {
  const auto path = find_questionnaire(id_or_path);
  if (!path) return path.error();
  const auto text = core::read_text(*path);
  if (!text) return text.error();
  return parse(*text, path->string());
}

core::Result<Questionnaire> Questionnaire::parse(const std::string& text, const std::string& name) {
  auto file = core::ConfigFile::parse(text, name);
  if (!file) return file.error();
  auto questionnaire = read_questionnaire(*file);
  if (const auto checked = file->check(); !checked) return checked.error();
  return questionnaire;
}

double Questionnaire::least(const ScoreRule& rule) const { return with_all_at(rule, lowest); }
double Questionnaire::greatest(const ScoreRule& rule) const { return with_all_at(rule, highest); }

QuestionnaireScore score(const Questionnaire& questionnaire, const Answers& answers) {
  QuestionnaireScore result;
  result.missing =
      static_cast<int>(std::count_if(answers.begin(), answers.end(), [](const auto& a) { return !a; }));
  if (questionnaire.total) {
    const auto [value, prorated] = apply(questionnaire, *questionnaire.total, answers);
    result.total = value;
    result.prorated = prorated;
  }
  for (const auto& subscale : questionnaire.subscales)
    result.subscales.push_back({subscale.id, apply(questionnaire, subscale, answers).value});
  if (result.total) {
    for (const auto& band : questionnaire.bands) {
      if (*result.total >= band.at_least) result.band = band.name;
    }
    if (questionnaire.caseness) result.caseness = *result.total >= *questionnaire.caseness;
  }
  for (const auto& alert : questionnaire.alerts) {
    const auto& answer = answers[static_cast<std::size_t>(alert.item - 1)];
    if (answer && *answer >= alert.at_least) result.alerts.push_back(alert);
    if (!answer && alert.unanswered) result.notes.push_back(*alert.unanswered);
  }
  return result;
}

}  // namespace attune::treatment
