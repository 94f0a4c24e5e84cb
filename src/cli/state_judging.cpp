#include "cli/state_judging.hpp"

#include "attune/learn/evaluation/prior.hpp"
#include "cli/command.hpp"

namespace attune::cli {

namespace {

constexpr std::size_t bootstrap_draws = 400;

const std::vector<Entrant> shortcuts{{"mean", learn::mean_predictor, true},
                                     {"length", learn::length_predictor, true},
                                     {"clock", learn::clock_predictor, true},
                                     {"condition", learn::condition_predictor, true},
                                     {"other people, same stimulus", learn::others_predictor, true},
                                     {"row number", learn::row_predictor, true}};

std::vector<learn::Fold> folds_of(const StateQuestion& question, learn::LeaveOut leave) {
  return question.tested_from ? learn::train_and_test(question.examples, *question.tested_from, leave)
                              : learn::leave_out(question.examples, leave);
}

}  // namespace

std::vector<Entrant> entrants(const StateQuestion& question) {
  std::vector<Entrant> all{{"network", learn::network_predictor},
                           {"logistic regression", learn::logistic_predictor},
                           {"random forest", learn::forest_predictor}};
  if (question.prior_known) {
    // What was said before may be used: by it alone, and with what is read since.
    all = {{"network, with the score before", [] { return learn::with_prior(learn::network_predictor()); }},
           {"logistic, with the score before", [] { return learn::with_prior(learn::logistic_predictor()); }},
           {"forest, with the score before", [] { return learn::with_prior(learn::forest_predictor()); }},
           {"the score before, alone", learn::prior_predictor},
           {"network, without it", learn::network_predictor}};
  }
  all.insert(all.end(), shortcuts.begin(), shortcuts.end());
  return all;
}

core::Result<Row> judge(const StateQuestion& question, const Entrant& entrant, std::uint64_t seed) {
  Row row{entrant.name, {}, {}};
  const auto predictor = entrant.make();
  // Other people's labels, learnt from without one's own, need pairs; of people who are in no part of what is
  // learnt from, nothing is missing there.
  if (entrant.shortcut && question.metric == learn::Metric::stratified_auc && !question.tested_from) {
    const auto figure = learn::auc_leaving_pairs_out(question.examples, *predictor, bootstrap_draws, seed);
    if (!figure) return figure.error();
    row.figure = *figure;
    return row;
  }
  // What others said of a video is known only where the video is: a shortcut is given its best chance.
  const auto leave = entrant.shortcut ? learn::LeaveOut::person : question.leave;
  const auto folds = folds_of(question, leave);
  Progress bar(entrant.name, static_cast<double>(folds.size()));
  const auto answers = learn::ask_all(question.examples, folds, leave, *predictor, seed,
                                      [&](std::size_t done) { bar.at(static_cast<double>(done)); });
  if (!answers) return answers.error();
  for (const auto& choice : answers->choices) ++row.choices[choice];
  row.figure = learn::figure_of(question.examples, *answers, question.metric, bootstrap_draws, seed);
  return row;
}

}  // namespace attune::cli
