#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "attune/datasets/number_file.hpp"
#include "attune/signal/r_peaks.hpp"
#include "cli/analyse/signal_file.hpp"
#include "cli/evaluate.hpp"

namespace attune::cli {

namespace {

namespace fs = std::filesystem;

/// How many beats were found where an expert marked them.
struct Agreement {
  std::size_t found = 0, marked = 0, matched = 0;
  std::optional<double> rr_error_ms;  ///< mean over intervals whose two beats are matched

  [[nodiscard]] std::optional<double> sensitivity() const { return share(matched, marked); }
  [[nodiscard]] std::optional<double> precision() const { return share(matched, found); }
  [[nodiscard]] std::optional<double> f1() const { return share(2 * matched, marked + found); }

 private:
  static std::optional<double> share(std::size_t part, std::size_t all) {
    if (all == 0) return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(all);
  }
};

/// Pairs beats in order of time, each at most once.
Agreement compare(const std::vector<double>& found, const std::vector<double>& marked, double rate_hz,
                  double within_s) {
  Agreement out{found.size(), marked.size(), 0, {}};
  double error_ms = 0.0;
  std::size_t errors = 0, i = 0, j = 0;
  bool before_matched = false;
  while (i < found.size() && j < marked.size()) {
    const double off = found[i] - marked[j];
    if (std::abs(off) <= within_s * rate_hz) {
      ++out.matched;
      if (before_matched) {
        error_ms += 1000.0 / rate_hz * std::abs(off - (found[i - 1] - marked[j - 1]));
        ++errors;
      }
      before_matched = true;
      ++i;
      ++j;
    } else {
      before_matched = false;
      ++(off < 0.0 ? i : j);
    }
  }
  if (errors > 0) out.rr_error_ms = error_ms / static_cast<double>(errors);
  return out;
}

struct Pair {
  std::string name;
  fs::path signal, beats;
  double rate_hz = 0.0;
};

/// ecg_NAME_RATEhz.csv with ecg_NAME_beats.csv, packed or not.
core::Result<std::vector<Pair>> pairs_in(const std::string& folder) {
  std::error_code problem;
  std::vector<Pair> pairs;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, problem)) files.push_back(entry.path());
  if (problem) return core::bad_input(folder + ": cannot be listed: " + problem.message());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    const auto name = file.filename().string();
    const auto end = name.find("hz.csv"), bar = end == std::string::npos ? end : name.rfind('_', end);
    if (!name.starts_with("ecg_") || bar == std::string::npos || bar <= 4) continue;
    const auto rate = datasets::field_number(name.substr(bar + 1, end - bar - 1));
    if (!rate || !(*rate > 0.0)) continue;
    const auto stem = name.substr(0, bar);
    const auto beats = std::find_if(files.begin(), files.end(), [&](const fs::path& f) {
      return f.filename().string().starts_with(stem + "_beats.csv");
    });
    if (beats != files.end()) pairs.push_back({stem.substr(4), file, *beats, *rate});
  }
  if (pairs.empty())
    return core::bad_input(folder + ": holds no ecg_NAME_RATEhz.csv with its ecg_NAME_beats.csv");
  return pairs;
}

struct Outcome {
  Pair pair;
  Agreement near, wide;
  double seconds = 0.0;
  std::size_t samples = 0;
};

core::Result<Outcome> judge(const Pair& pair) {
  const auto file = read_signal(pair.signal.string(), {"ecg", "ecg_mv", "mlii"}, pair.rate_hz, 100.0);
  if (!file) return file.error();
  const auto beats = datasets::read_numbers(pair.beats);
  if (!beats) return beats.error();
  const auto* column = beats->find({"sample", "samples", "beat"});
  if (column == nullptr) column = &beats->columns.front();
  if (const auto checked = beats->check(*column); !checked) return checked.error();
  Outcome out{pair, {}, {}, 0.0, file->values.size()};
  std::vector<double> found, marked;
  found.reserve(file->values.size() / 16);
  const auto start = std::chrono::steady_clock::now();
  signal::RPeakDetector detector(file->rate_hz);
  for (const double value : file->values) {
    if (const auto beat = detector.push(value)) found.push_back(beat->sample);
  }
  while (const auto beat = detector.finish()) found.push_back(beat->sample);
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  for (auto& beat : found) beat = static_cast<double>(file->row_near(beat));
  std::copy_if(column->values.begin(), column->values.end(), std::back_inserter(marked),
               [](double v) { return std::isfinite(v); });
  out.near = compare(found, marked, pair.rate_hz, 0.075);
  out.wide = compare(found, marked, pair.rate_hz, 0.150);
  return out;
}

nlohmann::ordered_json to_json(const Outcome& o) {
  const auto known = [](const std::optional<double>& v) {
    return v ? nlohmann::json(*v) : nlohmann::json(nullptr);
  };
  return {{"name", o.pair.name},
          {"rate_hz", o.pair.rate_hz},
          {"beats", o.near.marked},
          {"found", o.near.found},
          {"sensitivity_75ms", known(o.near.sensitivity())},
          {"ppv_75ms", known(o.near.precision())},
          {"f1_75ms", known(o.near.f1())},
          {"sensitivity_150ms", known(o.wide.sensitivity())},
          {"ppv_150ms", known(o.wide.precision())},
          {"f1_150ms", known(o.wide.f1())},
          {"rr_error_ms", known(o.wide.rr_error_ms)}};
}

core::Result<int> evaluate(const std::string& folder, bool json) {
  const auto pairs = pairs_in(folder);
  if (!pairs) return pairs.error();
  auto files = nlohmann::ordered_json::array();
  double seconds = 0.0, samples = 0.0;
  if (!json)
    std::printf("%-24s %8s %8s %8s %8s %8s %10s\n", "within 75 ms", "beats", "found", "sens.", "PPV", "F1",
                "RR, ms");
  for (const auto& pair : *pairs) {
    const auto outcome = judge(pair);
    if (!outcome) return outcome.error();
    seconds += outcome->seconds;
    samples += static_cast<double>(outcome->samples);
    files.push_back(to_json(*outcome));
    if (json) continue;
    const auto& near = outcome->near;
    std::printf("%-24s %8zu %8zu %8.4f %8.4f %8.4f %10.2f\n", pair.name.c_str(), near.marked, near.found,
                near.sensitivity().value_or(0.0), near.precision().value_or(0.0), near.f1().value_or(0.0),
                outcome->wide.rr_error_ms.value_or(0.0));
  }
  const double us = samples > 0.0 ? 1e6 * seconds / samples : 0.0;
  if (json) {
    std::printf("%s\n", nlohmann::ordered_json{{"us_per_sample", us}, {"files", files}}.dump(2).c_str());
  } else {
    std::printf("%.3f us a sample\n", us);
  }
  return 0;
}

}  // namespace

void add_evaluate_heart(Command& evaluate_command) {
  auto command = evaluate_command.add_subcommand(
      "heart", "R peaks against marked beats: ecg_NAME_RATEhz.csv with ecg_NAME_beats.csv");
  static std::string folder;
  static bool json = false;
  command.add_option("--data", folder, "The folder that holds them").required();
  command.add_flag("--json", json, "Print the figures for machines");
  command.on_run("attune evaluate heart --data ../shared/data/physio --json",
                 [] { return evaluate(folder, json); });
}

}  // namespace attune::cli
