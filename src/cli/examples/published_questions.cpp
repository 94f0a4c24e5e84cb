#include "attune/learn/evaluation/own_scale.hpp"
#include "cli/examples/state_examples.hpp"

namespace attune::cli {

void ask_standardised_too(StateSet& set) {
  const auto as_they_are = set.questions;
  for (auto question : as_they_are) {
    learn::standardise_by_person(question.examples);
    question.key += "_own";
    question.what += ", features standardised over all that the person did";
    set.questions.push_back(std::move(question));
  }
}

StateQuestion as_balanced_accuracy(StateQuestion question) {
  question.key = "balanced_accuracy";
  question.metric = learn::Metric::balanced_accuracy;
  return question;
}

}  // namespace attune::cli
