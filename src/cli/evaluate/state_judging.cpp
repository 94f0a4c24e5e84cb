#include "cli/evaluate/state_judging.hpp"

#include <thread>

#include "attune/learn/evaluation/prior.hpp"
#include "cli/command.hpp"

namespace attune::cli {

namespace {

constexpr std::size_t bootstrap_draws = 400;

const std::vector<Entrant> shortcuts{
    {"mean", learn::mean_predictor, Entrant::Kind::shortcut},
    {"length", learn::length_predictor, Entrant::Kind::shortcut},
    {"clock", learn::clock_predictor, Entrant::Kind::shortcut},
    {"condition", learn::condition_predictor, Entrant::Kind::shortcut},
    {"other people, same stimulus", learn::others_predictor, Entrant::Kind::shortcut},
    {"row number", learn::row_predictor, Entrant::Kind::shortcut}};

std::vector<learn::Fold> folds_of(const StateQuestion& question, learn::LeaveOut leave) {
  return question.tested_from ? learn::train_and_test(question.examples, *question.tested_from, leave)
                              : learn::leave_out(question.examples, leave);
}

core::Result<Row> judge_one(const StateQuestion& question, const Entrant& entrant, std::uint64_t seed) {
  const bool shortcut = entrant.kind == Entrant::Kind::shortcut;
  Row row{entrant.name, {}, {}};
  const auto predictor = entrant.make();
  // Other people's labels, learnt from without one's own, need pairs; of people who are in no part of what is
  // learnt from, nothing is missing there.
  if (shortcut && question.metric == learn::Metric::stratified_auc && !question.tested_from) {
    const auto figure = learn::auc_leaving_pairs_out(question.examples, *predictor, bootstrap_draws, seed);
    if (!figure) return figure.error();
    row.figure = *figure;
    return row;
  }
  // What others said of a video is known only where the video is: a shortcut is given its best chance.
  const auto leave = shortcut ? learn::LeaveOut::person : question.leave;
  const auto folds = folds_of(question, leave);
  std::optional<Progress> bar;  // two at a time would write over one another
  if (entrant.kind == Entrant::Kind::network) bar.emplace(entrant.name, static_cast<double>(folds.size()));
  const auto answers =
      learn::ask_all(question.examples, folds, leave, *predictor, seed, [&](std::size_t done) {
        if (bar) bar->at(static_cast<double>(done));
      });
  if (!answers) return answers.error();
  for (const auto& choice : answers->choices) ++row.choices[choice];
  row.figure = learn::figure_of(question.examples, *answers, question.metric, bootstrap_draws, seed);
  return row;
}

}  // namespace

std::vector<Entrant> entrants(const StateQuestion& question) {
  std::vector<Entrant> all{{"network", learn::network_predictor, Entrant::Kind::network},
                           {"logistic regression", learn::logistic_predictor},
                           {"random forest", learn::forest_predictor}};
  if (question.prior_known) {
    // What was said before may be used: by it alone, and with what is read since.
    all = {{"network, with the score before", [] { return learn::with_prior(learn::network_predictor()); },
            Entrant::Kind::network},
           {"logistic, with the score before", [] { return learn::with_prior(learn::logistic_predictor()); }},
           {"forest, with the score before", [] { return learn::with_prior(learn::forest_predictor()); }},
           {"the score before, alone", learn::prior_predictor},
           {"network, without it", learn::network_predictor, Entrant::Kind::network}};
  }
  all.insert(all.end(), shortcuts.begin(), shortcuts.end());
  return all;
}

core::Result<std::vector<Row>> judge(const StateQuestion& question, std::uint64_t seed) {
  const auto all = entrants(question);
  std::vector<std::optional<core::Result<Row>>> rows(all.size());
  const auto judge_those = [&](auto wanted) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (wanted(all[i].kind)) rows[i] = judge_one(question, all[i], seed);
    }
  };
  {
    std::jthread others([&] { judge_those([](auto kind) { return kind != Entrant::Kind::network; }); });
    judge_those([](auto kind) { return kind == Entrant::Kind::network; });
  }
  std::vector<Row> list;
  for (const auto& row : rows) {
    if (!*row) return row->error();
    list.push_back(**row);
  }
  return list;
}

}  // namespace attune::cli
