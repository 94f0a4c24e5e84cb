#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "attune/attention/agreement.hpp"
#include "attune/attention/gaze_classifier.hpp"
#include "attune/datasets/gaze_recording.hpp"
#include "cli/analyse/gaze_labelling.hpp"
#include "cli/evaluate.hpp"
#include "cli/evaluate/gaze_resampling.hpp"

namespace attune::cli {

namespace {

using attention::GazeLabel;
using attention::LabelAgreement;

struct EvaluateGazeOptions {
  std::string data;
  std::string mode = "offline";
  std::vector<std::string> only;
  double rate_hz = 0.0;
  bool json = false;
};

/// Agreement by stimulus kind and expert.
using Agreements = std::map<std::string, std::map<std::string, LabelAgreement>>;

struct Evaluation {
  Agreements agreements;
  double seconds = 0.0;
  std::size_t samples = 0, files = 0;
  std::vector<std::string> notes;
};

constexpr std::array compared{GazeLabel::fixation, GazeLabel::saccade, GazeLabel::oscillation,
                              GazeLabel::pursuit, GazeLabel::blink};

core::Result<std::vector<std::filesystem::path>> files_in(const std::filesystem::path& folder) {
  std::error_code problem;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
    const auto name = entry.path().filename().string();
    if (name.ends_with(".csv") || name.ends_with(".csv.xz")) files.push_back(entry.path());
  }
  if (problem) return core::bad_input(folder.string() + ": is no folder that can be read");
  if (files.empty()) return core::bad_input(folder.string() + ": holds no .csv or .csv.xz");
  std::sort(files.begin(), files.end());
  return files;
}

/// The file name before "__", or all of it.
std::string kind_of(const std::filesystem::path& file) {
  const auto name = file.filename().string();
  const auto divided = name.find("__");
  return divided == std::string::npos ? std::string("all") : name.substr(0, divided);
}

bool wanted(const std::filesystem::path& file, const std::vector<std::string>& only) {
  const auto name = file.filename().string();
  return only.empty() || std::any_of(only.begin(), only.end(), [&](const std::string& part) {
           return name.find(part) != std::string::npos;
         });
}

/// The labels, and the time of the fastest of some passes: the first also pays for cold memory.
LabelledRecording label_and_time(const datasets::GazeRecording& recording,
                                 attention::GazeClassifier& classifier) {
  constexpr int passes = 3;
  auto labelled = label_recording(recording, classifier);
  for (int pass = 1; pass < passes; ++pass)
    labelled.seconds = std::min(labelled.seconds, label_recording(recording, classifier).seconds);
  return labelled;
}

void compare(const datasets::GazeRecording& recording, const LabelledRecording& labelled,
             std::map<std::string, LabelAgreement>& experts) {
  for (const auto& marks : recording.marks) {
    auto& agreement = experts[marks.expert];
    for (const auto& sample : recording.samples) {
      const auto ours = labelled.label_of_row[sample.row];
      agreement.add(static_cast<GazeLabel>(marks.label_of_row[sample.row]), ours);
    }
  }
}

core::Result<Evaluation> evaluate(const EvaluateGazeOptions& options) {
  const auto files = files_in(options.data);
  if (!files) return files.error();
  const auto mode = options.mode == "online" ? attention::GazeMode::online : attention::GazeMode::offline;
  attention::GazeClassifier classifier(mode);
  Evaluation result;
  Progress progress("gaze", static_cast<double>(files->size()));
  for (const auto& file : *files) {
    progress.at(static_cast<double>(result.files));
    if (!wanted(file, options.only)) continue;
    auto recording = datasets::read_gaze(file);
    if (!recording) return recording.error();
    if (recording->marks.empty()) {
      result.notes.push_back(file.string() + ": has no column label_NAME, and is left out");
      continue;
    }
    if (options.rate_hz > 0.0) bring_to_rate(*recording, options.rate_hz);
    const auto labelled = label_and_time(*recording, classifier);
    compare(*recording, labelled, result.agreements[kind_of(file)]);
    result.seconds += labelled.seconds;
    result.samples += recording->samples.size();
    ++result.files;
  }
  progress.at(static_cast<double>(files->size()));
  if (result.samples == 0) return core::bad_input(options.data + ": holds no gaze that an expert labelled");
  return result;
}

nlohmann::json to_json(const Evaluation& evaluation, const EvaluateGazeOptions& options) {
  nlohmann::json kinds = nlohmann::json::object();
  for (const auto& [kind, experts] : evaluation.agreements) {
    for (const auto& [expert, agreement] : experts) {
      auto& of = kinds[kind][expert];
      for (const auto label : compared) {
        const auto kappa = agreement.kappa(label);
        of[std::string(attention::name_of(label))] = kappa ? nlohmann::json(*kappa) : nlohmann::json();
      }
      of["samples"] = agreement.samples();
    }
  }
  const auto mode = options.mode == "online" ? attention::GazeMode::online : attention::GazeMode::offline;
  return {{"mode", options.mode},
          {"delay_s", attention::GazeClassifierParameters::of(mode).delay_s},
          {"us_per_sample", 1e6 * evaluation.seconds / static_cast<double>(evaluation.samples)},
          {"samples", evaluation.samples},
          {"files", evaluation.files},
          {"kinds", kinds}};
}

void print(const Evaluation& evaluation, const EvaluateGazeOptions& options) {
  std::printf("Cohen's kappa, %s, %zu samples of %zu files, %.3f us a sample\n", options.mode.c_str(),
              evaluation.samples, evaluation.files,
              1e6 * evaluation.seconds / static_cast<double>(evaluation.samples));
  std::printf("%-10s %-8s", "kind", "expert");
  for (const auto label : compared) std::printf(" %9s", std::string(attention::name_of(label)).c_str());
  std::printf("\n");
  for (const auto& [kind, experts] : evaluation.agreements) {
    for (const auto& [expert, agreement] : experts) {
      std::printf("%-10s %-8s", kind.c_str(), expert.c_str());
      for (const auto label : compared) {
        if (const auto kappa = agreement.kappa(label))
          std::printf(" %9.3f", *kappa);
        else
          std::printf(" %9s", "-");
      }
      std::printf("\n");
    }
  }
}

core::Result<int> run_evaluate_gaze(const EvaluateGazeOptions& options) {
  const auto evaluation = evaluate(options);
  if (!evaluation) return evaluation.error();
  for (const auto& note : evaluation->notes) std::fprintf(stderr, "%s\n", note.c_str());
  if (options.json)
    std::printf("%s\n", to_json(*evaluation, options).dump(2).c_str());
  else
    print(*evaluation, options);
  return 0;
}

}  // namespace

void add_evaluate_gaze(Command& evaluate) {
  auto command =
      evaluate.add_subcommand("gaze", "Agreement of the gaze labels with experts, by stimulus kind");
  static EvaluateGazeOptions o;
  command.add_option("--data", o.data, "A folder of recordings with columns label_NAME").required();
  command.add_option("--mode", o.mode, "online: labels within 50 ms; offline: may look ahead")
      .one_of({"online", "offline"})
      .shows_default();
  command
      .add_option("--rate", o.rate_hz,
                  "Bring the recordings to this rate first, in Hz: down by the nearest samples, up by "
                  "straight lines between "
                  "samples with the labels of the nearer")
      .within(1.0, 2000.0);
  command.add_option("--only", o.only, "Only files whose name contains one of these");
  command.add_flag("--json", o.json, "Print for machines");
  command.on_run("attune evaluate gaze --data ../shared/data/lund2013 --mode online",
                 [] { return run_evaluate_gaze(o); });
}

}  // namespace attune::cli
