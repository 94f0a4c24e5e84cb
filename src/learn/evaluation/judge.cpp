#include "attune/learn/evaluation/judge.hpp"

#include <algorithm>

#include "attune/learn/evaluation/scores.hpp"

namespace attune::learn {

core::Result<Answers> ask_all(std::span<const Example> examples, std::span<const Fold> folds, LeaveOut what,
                              Predictor& predictor, std::uint64_t seed,
                              const std::function<void(std::size_t)>& progress) {
  Answers answers;
  for (std::size_t i = 0; i < folds.size(); ++i) {
    if (const auto both = crossing(examples, folds[i], what)) {
      return core::failed(*both + " is learnt from and judged in one fold");
    }
    if (auto fitted = predictor.fit({examples, folds[i].training, what}, seed); !fitted)
      return fitted.error();
    for (const auto asked : folds[i].test) {
      answers.asked.push_back(asked);
      answers.scores.push_back(predictor.predict(examples[asked]));
    }
    if (auto choices = predictor.choices(); !choices.empty()) answers.choices.push_back(std::move(choices));
    if (progress) progress(i + 1);
  }
  return answers;
}

Figure figure_of(std::span<const Example> examples, const Answers& answers, Metric metric, std::size_t draws,
                 std::uint64_t seed) {
  std::vector<int> labels, chosen;
  std::vector<double> scores;
  std::vector<std::string> strata, people;
  for (std::size_t i = 0; i < answers.asked.size(); ++i) {
    const auto& example = examples[answers.asked[i]];
    const auto& of_classes = answers.scores[i];
    labels.push_back(example.label);
    strata.push_back(example.stratum);
    people.push_back(example.person);
    scores.push_back(of_classes[1] - of_classes[0]);
    chosen.push_back(
        static_cast<int>(std::max_element(of_classes.begin(), of_classes.end()) - of_classes.begin()));
  }
  const WeightedFigure figure = [&](std::span<const double> weights) {
    switch (metric) {
      case Metric::stratified_auc:
        return stratified_auc(labels, scores, strata, weights);
      case Metric::accuracy:
        return accuracy(labels, chosen, weights);
      case Metric::balanced_accuracy:
        break;
    }
    return balanced_accuracy(labels, chosen, weights);
  };
  return {figure({}), bootstrap_error(people, figure, draws, seed)};
}

}  // namespace attune::learn
