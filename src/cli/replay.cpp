#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "attune/record/recording.hpp"
#include "attune/session/prescription.hpp"
#include "cli/command.hpp"
#include "cli/networks.hpp"
#include "cli/rerun.hpp"

namespace attune::cli {

namespace {

struct ReplayOptions {
  std::string file, against;
  bool check = false, json = false;
};

nlohmann::json gaps_json(const record::Recording& recording) {
  auto gaps = nlohmann::json::array();
  for (const auto& gap : recording.gaps()) {
    gaps.push_back(
        {{"from_s", gap.from.seconds()}, {"to_s", gap.to.seconds()}, {"frames", gap.frames_missing}});
  }
  return gaps;
}

nlohmann::json damage_json(const record::Recording& recording) {
  auto all = nlohmann::json::array();
  for (const auto& damage : recording.damage()) {
    all.push_back({{"chunk", damage.chunk},
                   {"offset", damage.offset},
                   {"length", damage.length},
                   {"from_s", damage.from.seconds()},
                   {"to_s", damage.to.seconds()},
                   {"what", damage.what}});
  }
  return all;
}

void print_plain(const record::Recording& recording, const Comparison& comparison) {
  std::printf("%llu frames, %llu decisions, %.2f to %.2f s, %s\n",
              static_cast<unsigned long long>(recording.moment_count()),
              static_cast<unsigned long long>(recording.decision_count()), recording.first_time().seconds(),
              recording.last_time().seconds(), recording.closed() ? "closed" : "cut off");
  if (recording.open_tail_bytes() > 0) {
    std::printf("the last %llu bytes are no whole chunk: read up to the cut\n",
                static_cast<unsigned long long>(recording.open_tail_bytes()));
  }
  for (const auto& damage : recording.damage()) std::printf("damage: %s\n", damage.what.c_str());
  for (const auto& gap : recording.gaps()) {
    std::printf("gap: %.3f to %.3f s, %llu frames\n", gap.from.seconds(), gap.to.seconds(),
                static_cast<unsigned long long>(gap.frames_missing));
  }
  if (!comparison.problem.empty())
    std::printf("not compared: %s\n", comparison.problem.c_str());
  else if (comparison.compared) {
    std::printf("%llu decisions differ%s\n", static_cast<unsigned long long>(comparison.differences),
                comparison.first_difference_s
                    ? (", the first at " + std::to_string(*comparison.first_difference_s) + " s").c_str()
                    : "");
  }
}

core::Result<int> run_replay(const ReplayOptions& options) {
  const auto recording = record::Recording::open(options.file);
  if (!recording) return recording.error();
  Comparison comparison;
  if (!options.against.empty()) {
    const auto other = record::Recording::open(options.against);
    if (!other) return other.error();
    auto compared = compare(*recording, *other);
    if (!compared) return compared.error();
    comparison = *compared;
  } else {
    auto again = run_again(*recording);
    if (!again) return again.error();
    comparison = *again;
  }
  const bool chain_ok = recording->damage().empty();
  if (options.json) {
    nlohmann::json out;
    out["frames"] = recording->moment_count();
    out["decisions"] = recording->decision_count();
    out["differences"] =
        comparison.compared ? nlohmann::json(comparison.differences) : nlohmann::json(nullptr);
    out["gaps"] = gaps_json(*recording);
    out["damage"] = damage_json(*recording);
    out["chain_ok"] = chain_ok;
    out["closed"] = recording->closed();
    out["from_s"] = recording->first_time().seconds();
    out["to_s"] = recording->last_time().seconds();
    out["build"] = comparison.same_build ? "same" : "other";
    out["session_s_per_s"] =
        comparison.session_s_per_s > 0 ? nlohmann::json(comparison.session_s_per_s) : nlohmann::json(nullptr);
    out["problem"] =
        comparison.problem.empty() ? nlohmann::json(nullptr) : nlohmann::json(comparison.problem);
    std::printf("%s\n", out.dump(2).c_str());
  } else {
    print_plain(*recording, comparison);
  }
  const bool sound = chain_ok && comparison.problem.empty() && comparison.differences == 0;
  return sound ? 0 : 1;
}

}  // namespace

void add_replay(Command& app) {
  auto command = app.add_subcommand("replay", "Run the decisions of a recording again and compare them");
  static ReplayOptions o;
  command.add_option("file", o.file, "A recording").required();
  command.add_flag("--check", o.check,
                   "Say what is there, by time, and whether the decisions come out again (the default)");
  command.add_option("--against", o.against, "Compare with another recording's decisions instead");
  command.add_flag("--json", o.json, "Print figures for machines");
  command.on_run("attune replay session.attune --check --json", [] { return run_replay(o); });
}

}  // namespace attune::cli
