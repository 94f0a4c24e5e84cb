#include <algorithm>
#include <cmath>
#include <optional>

#include "attune/datasets/rated.hpp"
#include "attune/datasets/readers.hpp"
#include "attune/state/feature_extractor.hpp"
#include "cli/examples/public_sets.hpp"
#include "cli/examples/set_folders.hpp"

/// The two sets for research: CEAP-360VR, rated while it lasts, and VREED, tables of features.
namespace attune::cli {
namespace fs = std::filesystem;

namespace {

constexpr double ready_s = 10.0;  // the joystick starts at 5, and takes some seconds to get anywhere
constexpr double every_s = 5.0;
constexpr double judged_s = 2.0;
constexpr std::size_t videos = 8;

/// Mean arousal of the last seconds, or nothing.
std::optional<double> arousal_at(const std::vector<datasets::Annotation>& annotation, double time_s) {
  double sum = 0.0, count = 0.0;
  for (const auto& at : annotation) {
    if (at.time_s <= time_s - judged_s || at.time_s > time_s) continue;
    sum += at.arousal;
    count += 1.0;
  }
  if (count == 0.0) return std::nullopt;
  return sum / count;
}

void add_video(const datasets::Visit& visit, const std::vector<datasets::Annotation>& annotation,
               learn::Dataset& data) {
  state::FeatureExtractor extractor;
  double next_s = ready_s;
  for (const auto& frame : visit.frames) {
    const double time_s = frame.time.seconds();
    if (!extractor.push(frame) || time_s < next_s) continue;
    next_s += every_s;
    const auto arousal = arousal_at(annotation, time_s);
    if (!arousal) continue;
    data.add({extractor.current(), extractor.own_start(), static_cast<float>((*arousal - 1.0) / 8.0),
              visit.set + "/" + visit.id, visit.visit, visit.set, static_cast<float>(visit.length_s())});
  }
}

core::Result<PublicSamples> read_ceap(const fs::path& folder, const PublicSetOptions&,
                                      const PeopleDone& done) {
  const auto participants = ceap_participants_in(folder);
  if (!participants) return participants.error();
  PublicSamples samples;
  for (std::size_t i = 0; i < participants->size(); ++i) {
    for (std::size_t v = 1; v <= videos; ++v) {
      const auto video = std::string("V").append(std::to_string(v));
      const auto visit = datasets::read_ceap_visit(folder, (*participants)[i], video);
      if (!visit) return visit.error();
      const auto annotation = datasets::read_ceap_annotation(folder, (*participants)[i], video);
      if (!annotation) return annotation.error();
      const auto before = samples.data.size();
      add_video(*visit, *annotation, samples.data);
      ++(samples.data.size() > before ? samples.used.visits : samples.used.visits_left_out);
    }
    done(i + 1, participants->size());
  }
  return samples;
}

core::Result<PublicSamples> read_vreed(const fs::path& folder, const PublicSetOptions& options,
                                       const PeopleDone& done) {
  if (options.vreed_aroused.empty()) {
    return core::bad_input(
        folder.string() +
        ": does not say which of its four classes are of high arousal: give --vreed-aroused");
  }
  const auto table = datasets::read_vreed(folder);
  if (!table) return table.error();
  for (std::size_t i = 0; i < table->names.size(); ++i) {
    if (table->names[i] == state::feature_table[i].name) continue;
    return core::bad_input((folder / "features.csv").string() + ":1: column '" + table->names[i] +
                           "' is not '" + std::string(state::feature_table[i].name) + "'");
  }
  PublicSamples samples;
  for (const auto& row : table->rows) {
    learn::Dataset::Sample sample;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      if (!std::isfinite(row.values[i])) continue;
      sample.features.value[i] = static_cast<float>(row.values[i]);
      sample.features.present.set(i);
    }
    const auto& aroused = options.vreed_aroused;
    sample.label = std::find(aroused.begin(), aroused.end(), row.quadrant) != aroused.end() ? 1.0F : 0.0F;
    sample.person = "vreed/" + row.person;
    sample.visit = std::to_string(row.scene);
    sample.set = "vreed";
    samples.data.add(std::move(sample));
    ++samples.used.visits;
  }
  done(1, 1);
  return samples;
}

}  // namespace

PublicSet ceap_set() {
  return {
      "ceap",
      "ceap360vr",
      "CC-BY-NC-4.0",
      "arousal by joystick over the last 2 s, every 5 s from 10 s on, (arousal - 1) / 8; others saw the same "
      "videos, which tells much of it",
      [](const fs::path& folder) {
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(folder, ignored)) {
          if (entry.path().filename().string().ends_with("_annotation.csv")) return true;
        }
        return false;
      },
      read_ceap};
}

PublicSet vreed_set() {
  return {"vreed",
          "vreed",
          "LicenseRef-none-stated",
          "scene of a class of high arousal (1) or not (0); everybody saw the same scenes in one order",
          [](const fs::path& folder) {
            std::error_code ignored;
            return fs::exists(folder / "features.csv", ignored);
          },
          read_vreed};
}

}  // namespace attune::cli
