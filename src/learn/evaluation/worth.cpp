#include "learn/evaluation/worth.hpp"

#include <algorithm>

#include "attune/learn/evaluation/scores.hpp"

namespace attune::learn {

double worth(Selection asked, const std::vector<std::vector<double>>& answers, std::size_t classes) {
  std::vector<int> labels, chosen;
  std::vector<double> scores;
  std::vector<std::string> strata;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    labels.push_back(asked[i].label);
    strata.push_back(asked[i].stratum);
    scores.push_back(answers[i][1] - answers[i][0]);
    chosen.push_back(
        static_cast<int>(std::max_element(answers[i].begin(), answers[i].end()) - answers[i].begin()));
  }
  const auto figure =
      classes == 2 ? stratified_auc(labels, scores, strata) : balanced_accuracy(labels, chosen);
  return figure.value_or(0.0);
}

}  // namespace attune::learn
