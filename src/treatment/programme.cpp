#include "attune/treatment/programme.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "attune/core/files.hpp"
#include "treatment/programme_check.hpp"

namespace attune::treatment {

namespace {

namespace fs = std::filesystem;

/// The line of an error `FILE:LINE: message`, 0 without one; what stands before the message is cut off.
core::ConfigProblem problem_of(const core::Error& error, const std::string& name) {
  core::ConfigProblem problem{0, "file", error.message};
  if (error.message.compare(0, name.size() + 1, name + ":") != 0) return problem;
  int line = 0, used = 0;
  const char* rest = error.message.c_str() + name.size() + 1;
  if (std::sscanf(rest, "%d: %n", &line, &used) == 1 && used > 0) problem.line = line;
  problem.message = used > 0 ? rest + used : rest + std::strspn(rest, " ");
  return problem;
}

core::Result<Programme> read(const std::string& text, const std::string& name, const ReadingRules& rules) {
  auto file = core::ConfigFile::parse(text, name);
  if (!file) return file.error();
  auto programme = read_programme(*file, rules);
  if (const auto checked = file->check(); !checked) return checked.error();
  return programme;
}

std::vector<fs::path> programme_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

fs::path programmes_folder() { return core::assets_folder() / "programs"; }

bool has_all(const Programme& programme, Language language) {
  const auto there = [&](const Text& text) { return !text.in(language).empty(); };
  return there(programme.title) &&
         std::all_of(programme.ladder.begin(), programme.ladder.end(),
                     [&](const auto& s) { return there(s.title); }) &&
         std::all_of(programme.prompts.begin(), programme.prompts.end(),
                     [&](const auto& p) { return there(p.text); }) &&
         std::all_of(programme.questions.begin(), programme.questions.end(), [&](const auto& q) {
           return there(q.text) && std::all_of(q.options.begin(), q.options.end(), there);
         });
}

}  // namespace

core::Result<fs::path> find_programme(const std::string& id_or_path) {
  const bool is_path =
      id_or_path.find('/') != std::string::npos || fs::path(id_or_path).extension() == ".toml";
  if (is_path) return fs::path(id_or_path);
  const auto files = programme_files(programmes_folder());
  std::string ids;
  for (const auto& file : files) {
    if (file.stem() == id_or_path) return file;
    ids += (ids.empty() ? "" : ", ") + file.stem().string();
  }
  if (ids.empty())
    return core::bad_input("no programme '" + id_or_path + "': no programmes in " +
                           programmes_folder().string());
  return core::bad_input("no programme '" + id_or_path + "': there are " + ids +
                         ", or give the path of a file");
}

core::Result<Programme> Programme::load(const std::string& id_or_path) {
  const auto path = find_programme(id_or_path);
  if (!path) return path.error();
  auto text = core::read_text(*path);
  if (!text) return text.error();
  return read(*text, path->string(), {});
}

core::Result<Programme> Programme::parse(const std::string& text, const std::string& name) {
  return read(text, name, {.prescribed = false, .feared = {}});
}

core::Result<Programme> Programme::with_feared(const std::string& words) const {
  if (feared.en.empty())
    return core::bad_input("programme '" + id + "' has no expectancy card to write a feared outcome on");
  auto result = read(file_text, id, {.prescribed = false, .feared = words});
  if (!result)
    return core::bad_input("the feared outcome does not fit on a panel: " + result.error().message);
  return result;
}

const PhasePlan& Programme::plan(Phase phase) const {
  switch (unpaused(phase)) {
    case Phase::exposure:
      return phases[1];
    case Phase::recovery:
      return phases[2];
    default:
      return phases[0];
  }
}

double Programme::duration_s() const {
  double sum = 0.0;
  for (const auto& phase : phases) sum += phase.limit_s;
  return sum;
}

Programme Programme::for_session(std::uint32_t number) const {
  Programme later = *this;
  const auto before = std::max(number, 1U) - 1U;
  later.practices.dot_probe.seed += before;
  for (auto& step : later.ladder) {
    const auto places = before % step.variants.size();
    std::rotate(step.variants.begin(), step.variants.begin() + static_cast<std::ptrdiff_t>(places),
                step.variants.end());
  }
  return later;
}

Programme Programme::scaled_to(double wanted_s) const {
  Programme scaled = *this;
  const double whole_s = duration_s();
  if (!(wanted_s > 0.0) || wanted_s >= whole_s) return scaled;
  const double share = wanted_s / whole_s;
  const auto shrink = [share](std::optional<Criterion>& criterion) {
    if (criterion) criterion->held_s *= share;
  };
  for (auto& phase : scaled.phases) {
    phase.limit_s *= share;
    phase.minimum_s *= share;
    shrink(phase.enter);
    shrink(phase.leave);
  }
  for (auto& step : scaled.ladder) {
    step.hold_s *= share;
    if (step.limit_s) *step.limit_s *= share;
    step.vary_s *= share;
    for (auto& way : step.go_on) {
      if (way.after_s) *way.after_s *= share;
      way.held_s *= share;
    }
  }
  for (auto& prompt : scaled.prompts) {
    prompt.after_s *= share;
    prompt.show_s = std::max(3.0, prompt.show_s * std::max(share, 0.5));  // still long enough to be read
  }
  for (auto& question : scaled.questions) question.first_after_s *= share;
  scaled.adaptive.pace = static_cast<float>(1.0 / share);

  char words[200];
  std::snprintf(words, sizeof words,
                "shortened from %.0f s to %.0f s: phases, holds and times within a phase or a step in "
                "proportion; limits "
                "as prescribed",
                whole_s, wanted_s);
  scaled.note = words;
  return scaled;
}

ProgrammeSummary summarise_programme(const fs::path& path) {
  ProgrammeSummary summary;
  summary.path = path;
  summary.id = path.stem().string();
  auto file = core::ConfigFile::read(path);
  if (!file) {
    summary.problems.push_back(problem_of(file.error(), path.string()));
    return summary;
  }
  const auto programme = read_programme(*file, {});
  if (!programme.id.empty()) summary.id = programme.id;
  summary.title = programme.title;
  summary.kind = programme.kind;
  summary.world = programme.world;
  summary.setting = programme.setting;
  summary.needs_therapist = programme.limits.needs_therapist;
  summary.needs_purpose = programme.needs_purpose();
  summary.duration_s = programme.duration_s();
  for (const auto& step : programme.ladder) {
    auto& known = summary.activities;
    if (std::find(known.begin(), known.end(), step.activity) == known.end()) known.push_back(step.activity);
  }
  for (auto& phase : file->root().tables_or_none("phases"))
    summary.phases.push_back(phase.text_or("phase", ""));
  if (has_all(programme, Language::english)) summary.languages.emplace_back("en");
  if (has_all(programme, Language::chinese)) summary.languages.emplace_back("zh");
  summary.problems = file->problems();
  return summary;
}

std::vector<ProgrammeSummary> list_programmes(const fs::path& folder) {
  std::vector<ProgrammeSummary> programmes;
  for (const auto& path : programme_files(folder.empty() ? programmes_folder() : folder)) {
    auto summary = summarise_programme(path);
    if (summary.ok() && summary.id != path.stem().string()) {
      summary.problems.push_back(
          {1, "id", "is '" + summary.id + "', but the file is named " + path.filename().string()});
    }
    programmes.push_back(std::move(summary));
  }
  return programmes;
}

}  // namespace attune::treatment
