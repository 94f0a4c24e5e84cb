#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "attune/learn/evaluation/prior.hpp"
#include "cli/evaluate.hpp"
#include "cli/state_examples.hpp"

namespace attune::cli {

namespace {

using nlohmann::ordered_json;

struct StateOptions {
  std::string data, set, protocol = "strict";
  std::uint64_t seed = 1;
  bool json = false;
};

constexpr std::size_t bootstrap_draws = 400;

using Make = std::unique_ptr<learn::Predictor> (*)();

struct Entrant {
  std::string name;
  Make make;
  bool shortcut;  ///< sees neither behaviour nor body
};

const std::vector<Entrant>& entrants() {
  static const std::vector<Entrant> all{{"network", learn::network_predictor, false},
                                        {"logistic regression", learn::logistic_predictor, false},
                                        {"random forest", learn::forest_predictor, false},
                                        {"mean", learn::mean_predictor, true},
                                        {"length", learn::length_predictor, true},
                                        {"clock", learn::clock_predictor, true},
                                        {"condition", learn::condition_predictor, true},
                                        {"other people, same stimulus", learn::others_predictor, true},
                                        {"row number", learn::row_predictor, true}};
  return all;
}

/// Where what was said before may be used: it alone, and with what is read since.
const std::vector<Entrant>& entrants_with_prior() {
  static const std::vector<Entrant> all{
      {"network, with the score before", [] { return learn::with_prior(learn::network_predictor()); }, false},
      {"logistic, with the score before", [] { return learn::with_prior(learn::logistic_predictor()); },
       false},
      {"the score before, alone", learn::prior_predictor, false},
      {"network, without it", learn::network_predictor, false},
      {"length", learn::length_predictor, true},
      {"condition", learn::condition_predictor, true}};
  return all;
}

struct Row {
  std::string name;
  learn::Figure figure;
  std::map<std::string, std::size_t> choices;  ///< how many folds chose each
};

core::Result<Row> judge(const StateQuestion& question, const Entrant& entrant, std::uint64_t seed) {
  Row row{entrant.name, {}, {}};
  const auto predictor = entrant.make();
  if (entrant.shortcut && question.metric == learn::Metric::stratified_auc) {
    const auto figure = learn::auc_leaving_pairs_out(question.examples, *predictor, bootstrap_draws, seed);
    if (!figure) return figure.error();
    row.figure = *figure;
    return row;
  }
  // What others said of a video is known only where the video is: a shortcut is given its best chance.
  const auto leave = entrant.shortcut ? learn::LeaveOut::person : question.leave;
  const auto folds = learn::leave_out(question.examples, leave);
  const Progress bar(entrant.name, static_cast<double>(folds.size()));
  const auto answers = learn::ask_all(question.examples, folds, leave, *predictor, seed);
  if (!answers) return answers.error();
  for (const auto& choice : answers->choices) ++row.choices[choice];
  row.figure = learn::figure_of(question.examples, *answers, question.metric, bootstrap_draws, seed);
  return row;
}

std::string metric_name(learn::Metric metric) {
  switch (metric) {
    case learn::Metric::stratified_auc:
      return "AUC";
    case learn::Metric::accuracy:
      return "accuracy";
    case learn::Metric::balanced_accuracy:
      break;
  }
  return "balanced accuracy";
}

std::size_t people_of(const StateQuestion& question) {
  std::map<std::string, int> people;
  for (const auto& example : question.examples) ++people[example.person];
  return people.size();
}

ordered_json to_json(const Row& row) {
  const auto known = [](const std::optional<double>& v) {
    return v ? nlohmann::json(*v) : nlohmann::json(nullptr);
  };
  ordered_json out{
      {"name", row.name}, {"value", known(row.figure.value)}, {"error", known(row.figure.error)}};
  if (!row.choices.empty()) out["choices"] = row.choices;
  return out;
}

void print_row(const Row& row) {
  if (!row.figure.value) {
    std::printf("  %-30s %8s\n", row.name.c_str(), "unknown");
    return;
  }
  std::printf("  %-30s %8.3f +- %.3f\n", row.name.c_str(), *row.figure.value, row.figure.error.value_or(0.0));
  std::fflush(stdout);
}

core::Result<int> evaluate(const StateOptions& options) {
  using Read = core::Result<StateSet> (*)(const std::filesystem::path&, Protocol, const Done&);
  static const std::map<std::string, Read> sets{{"wait", wait_examples},
                                                {"cafe", cafe_examples},
                                                {"ceap", ceap_examples},
                                                {"vreed", vreed_examples},
                                                {"stress-predict", wrist_examples}};
  const auto protocol = options.protocol == "strict" ? Protocol::strict : Protocol::published;
  std::optional<Progress> progress;
  const auto set = sets.at(options.set)(options.data, protocol, [&](std::size_t done, std::size_t all) {
    if (!progress) progress.emplace("people", static_cast<double>(all));
    progress->at(static_cast<double>(done));
  });
  progress.reset();
  if (!set) return set.error();
  ordered_json out{{"set", options.set}, {"protocol", options.protocol}, {"seed", options.seed}};
  out["notes"] = set->notes;
  out["questions"] = ordered_json::array();
  if (!options.json) {
    for (const auto& note : set->notes) std::printf("%s\n", note.c_str());
  }
  for (const auto& question : set->questions) {
    ordered_json table{{"key", question.key},
                       {"what", question.what},
                       {"metric", metric_name(question.metric)},
                       {"people", people_of(question)},
                       {"examples", question.examples.size()}};
    if (!options.json) {
      std::printf("%s: %s of %zu people, %zu examples\n", question.what.c_str(),
                  metric_name(question.metric).c_str(), people_of(question), question.examples.size());
    }
    table["predictors"] = ordered_json::array();
    for (const auto& entrant : question.prior_known ? entrants_with_prior() : entrants()) {
      const auto row = judge(question, entrant, options.seed);
      if (!row) return row.error();
      table["predictors"].push_back(to_json(*row));
      // The first to enter is the monitor's network: its figure is the question's.
      if (!out.contains(question.key) && row->figure.value) out[question.key] = *row->figure.value;
      if (!options.json) print_row(*row);
    }
    out["questions"].push_back(std::move(table));
  }
  if (options.json) std::printf("%s\n", out.dump(2).c_str());
  return 0;
}

}  // namespace

void add_evaluate_state(Command& evaluate_command) {
  auto command = evaluate_command.add_subcommand(
      "state", "What can be read of a stranger: peers and shortcuts on public sets, people left out");
  static StateOptions o;
  command.add_option("--data", o.data, "The folder that holds the sets' folders").required();
  command.add_option("--set", o.set, "Which set")
      .required()
      .one_of({"wait", "cafe", "ceap", "vreed", "stress-predict"});
  command.add_option("--protocol", o.protocol, "strict: no shortcut helps; published: as papers do")
      .one_of({"strict", "published"})
      .shows_default();
  command.add_option("--seed", o.seed, "Of the forest and of the bootstrap").shows_default();
  command.add_flag("--json", o.json, "Print the figures for machines");
  command.on_run("attune evaluate state --data ../shared/data --set wait", [] { return evaluate(o); });
}

}  // namespace attune::cli
