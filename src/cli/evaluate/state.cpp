#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>

#include "attune/core/files.hpp"
#include "cli/evaluate.hpp"
#include "cli/evaluate/state_calibration.hpp"
#include "cli/evaluate/state_judging.hpp"
#include "cli/examples/public_sets.hpp"
#include "cli/examples/set_folders.hpp"

namespace attune::cli {

namespace fs = std::filesystem;

namespace {

using nlohmann::ordered_json;

struct StateOptions {
  std::string data, set, protocol = "strict", test, plot;
  std::uint64_t seed = 1;
  bool json = false;
};

/// Where a set lies below the root, and what reads it.
struct SetReader {
  std::string folder;
  core::Result<StateSet> (*read)(const fs::path& folder, Protocol, const Done&);
};

const std::map<std::string, SetReader>& readers() {
  static const std::map<std::string, SetReader> all{{"wait", {"vr-wait", wait_examples}},
                                                    {"cafe", {"vr-cafe", cafe_examples}},
                                                    {"ceap", {"ceap360vr", ceap_examples}},
                                                    {"vreed", {"vreed", vreed_examples}},
                                                    {"stress-predict", {"stress-predict", wrist_examples}}};
  return all;
}

std::size_t people_of(const StateQuestion& question, std::size_t from, std::size_t to) {
  std::set<std::string> people;
  for (auto i = from; i < to; ++i) people.insert(question.examples[i].person);
  return people.size();
}

std::size_t asked_of(const StateQuestion& question, std::size_t from) {
  return static_cast<std::size_t>(std::count_if(question.examples.begin() + static_cast<std::ptrdiff_t>(from),
                                                question.examples.end(),
                                                [](const auto& example) { return example.asked; }));
}

/// Whether a folder looks like the set's own.
bool is_of_set(const fs::path& folder, const std::string& set) {
  return std::any_of(public_sets().begin(), public_sets().end(),
                     [&](const PublicSet& known) { return known.word == set && known.is_here(folder); });
}

core::Result<StateSet> read(const std::string& name, const fs::path& folder, Protocol protocol) {
  const auto& reader = readers().at(name);
  std::optional<Progress> progress;
  auto set = reader.read(folder, protocol, [&](std::size_t done, std::size_t all) {
    if (!progress) progress.emplace("people", static_cast<double>(all));
    progress->at(static_cast<double>(done));
  });
  // Taken for the set's own, for want of one in it.
  if (!set && folder.filename() != reader.folder && !is_of_set(folder, name))
    return core::bad_input(set.error().message + "; nor is there a folder " + reader.folder + " in " +
                           folder.string());
  if (!set) return set;
  for (const auto& question : set->questions) {
    if (question.examples.empty())
      return core::bad_input(folder.string() + ": nobody there can be asked: " + question.what);
  }
  return set;
}

/// Nobody is judged by what learnt from them: of one person alone nothing can be said.
core::Result<StateSet> with_others(core::Result<StateSet> set, const fs::path& folder) {
  if (!set) return set;
  for (const auto& question : set->questions) {
    if (people_of(question, 0, question.examples.size()) < 2)
      return core::bad_input(folder.string() + ": holds only one person who can be asked (" +
                             question.examples.front().person +
                             "); to learn from others there must be at least two");
  }
  return set;
}

/// The examples, and in `out` where they come from.
core::Result<StateSet> read_all(const StateOptions& options, ordered_json& out) {
  const auto& reader = readers().at(options.set);
  const bool two_folders = options.protocol == "train-test";
  if (two_folders == options.test.empty()) {
    return core::bad_input(two_folders
                               ? "--protocol train-test needs --test, the folder of the people to judge"
                               : "--test goes with --protocol train-test");
  }
  const auto folder = folder_of_set(options.data, reader.folder);
  if (!folder) return folder.error();
  const auto protocol = options.protocol == "published" ? Protocol::published : Protocol::strict;
  if (!two_folders) {
    out["data"] = folder->string();
    return with_others(read(options.set, *folder, protocol), *folder);
  }
  const auto test = folder_of_set(options.test, reader.folder);
  if (!test) return test.error();
  std::error_code ignored;
  if (fs::equivalent(*folder, *test, ignored))
    return core::bad_input("--test " + test->string() + " is the folder that is learnt from");
  auto learnt = read(options.set, *folder, protocol);
  if (!learnt) return learnt;
  auto judged = read(options.set, *test, protocol);
  if (!judged) return judged;
  out["data"] = folder->string();
  out["test"] = test->string();
  return learn_from_and_judge(std::move(*learnt), std::move(*judged));
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
  std::printf("  %-32s", row.name.c_str());
  if (row.figure.value)
    std::printf(" %8.3f", *row.figure.value);
  else
    std::printf(" unknown: all judged are of one class");
  if (row.figure.error) std::printf(" +- %.3f", *row.figure.error);
  std::printf("\n");
  std::fflush(stdout);
}

ordered_json head_of(const StateQuestion& question, bool print) {
  const auto from = question.tested_from.value_or(0);
  ordered_json head{{"key", question.key},
                    {"what", question.what},
                    {"metric", metric_name(question.metric)},
                    {"people", people_of(question, from, question.examples.size())},
                    {"examples", asked_of(question, from)}};
  if (question.tested_from) {
    head["people_learnt_from"] = people_of(question, 0, from);
    head["examples_learnt_from"] = from;
  }
  if (print) {
    std::printf("%s: %s of %zu people, %zu examples", question.what.c_str(),
                metric_name(question.metric).c_str(), head["people"].get<std::size_t>(),
                head["examples"].get<std::size_t>());
    if (question.tested_from)
      std::printf(", learnt from %zu other people", head["people_learnt_from"].get<std::size_t>());
    std::printf("\n");
    std::fflush(stdout);
  }
  return head;
}

/// What the belief is worth, printed and drawn as wished; null in `out` where nothing is believed, or where a
/// monitor has too few people to learn from, which is then among the notes.
core::Result<void> calibrate(const StateOptions& options, const StateCourses& courses, ordered_json& out) {
  out["calibration"] = nullptr;
  if (courses.all.empty()) return {};
  const auto calibration = calibration_of(courses, options.seed);
  if (!calibration && calibration.error().kind == core::Error::Kind::bad_input && options.plot.empty()) {
    const auto note = "no belief is judged: " + calibration.error().message;
    out["notes"].push_back(note);
    if (!options.json) std::printf("%s\n", note.c_str());
    return {};
  }
  if (!calibration) return calibration.error();
  out["calibration"] = to_json(courses, *calibration);
  if (!options.json) print(courses, *calibration);
  if (options.plot.empty()) return {};
  return core::write_whole(options.plot, draw(plot_of(courses, *calibration)));
}

core::Result<int> evaluate(const StateOptions& options) {
  const auto started = std::chrono::steady_clock::now();
  ordered_json out{{"set", options.set}, {"protocol", options.protocol}, {"seed", options.seed}};
  const auto set = read_all(options, out);
  if (!set) return set.error();
  if (!options.plot.empty() && set->courses.all.empty())
    return core::bad_input("--plot: there is no belief to draw with this set and protocol");
  if (!options.json && out.contains("test")) {
    std::printf("learnt from %s, judged on %s\n", out["data"].get<std::string>().c_str(),
                out["test"].get<std::string>().c_str());
  }
  out["notes"] = set->notes;
  out["questions"] = ordered_json::array();
  if (!options.json) {
    for (const auto& note : set->notes) std::printf("%s\n", note.c_str());
  }
  for (const auto& question : set->questions) {
    auto table = head_of(question, !options.json);
    table["predictors"] = ordered_json::array();
    const auto rows = judge(question, options.seed);
    if (!rows) return rows.error().within(out["data"].get<std::string>() + ": " + question.what);
    for (const auto& row : *rows) {
      table["predictors"].push_back(to_json(row));
      // The first to enter is the monitor's network: its figure is the question's.
      if (!out.contains(question.key)) out[question.key] = to_json(row)["value"];
      if (!options.json) print_row(row);
    }
    out["questions"].push_back(std::move(table));
  }
  if (auto calibrated = calibrate(options, set->courses, out); !calibrated) return calibrated.error();
  if (options.json) std::printf("%s\n", out.dump(2).c_str());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  std::fprintf(stderr, "took %.0f s\n", took.count());
  return 0;
}

}  // namespace

void add_evaluate_state(Command& evaluate_command) {
  auto command = evaluate_command.add_subcommand(
      "state", "What can be read of a stranger: peers and shortcuts on public sets, people left out");
  static StateOptions o;
  command.add_option("--data", o.data, "The folder that holds the sets' folders, or the set's own")
      .required();
  std::vector<std::string> sets;
  for (const auto& [name, reader] : readers()) sets.push_back(name);
  command.add_option("--set", o.set, "Which set").required().one_of(sets);
  command
      .add_option(
          "--protocol", o.protocol,
          "strict: no shortcut helps; published: as papers do; train-test: strict, on the people of --test")
      .one_of({"strict", "published", "train-test"})
      .shows_default();
  command.add_option("--test", o.test, "With train-test: a folder as --data, of people who are judged only");
  command.add_option("--plot", o.plot, "Where to draw the belief's calibration, as SVG");
  command.add_option("--seed", o.seed, "Of networks, forest and bootstrap").shows_default();
  command.add_flag("--json", o.json, "Print the figures for machines");
  command.on_run("attune evaluate state --data ../shared/data --set wait", [] { return evaluate(o); });
}

}  // namespace attune::cli
