#include <algorithm>
#include <numeric>
#include <optional>

#include "attune/datasets/wrist.hpp"
#include "attune/learn/evaluation/predictor.hpp"
#include "attune/state/feature_extractor.hpp"
#include "cli/examples/public_sets.hpp"
#include "cli/examples/set_folders.hpp"
#include "cli/examples/wrist_frames.hpp"

/// Stress-Predict: a wristband through tasks and rests.
namespace attune::cli {
namespace fs = std::filesystem;

namespace {

constexpr double every_s = 60.0;  // as long as the longest window, so that moments share little

/// Whether a task is on, or nothing where nobody labelled the time to the second.
std::optional<bool> stress_at(const datasets::WristRecording& recording, double time_s) {
  const auto after = std::lower_bound(recording.labels.begin(), recording.labels.end(), time_s - 1.0,
                                      [](const auto& label, double t) { return label.time_s < t; });
  if (after == recording.labels.end() || after->time_s > time_s + 1.0) return std::nullopt;
  return after->stress;
}

/// A moment and which of the schedule it is.
struct Moment {
  learn::Dataset::Sample sample;
  std::size_t step = 0;
};

void add_person(const datasets::WristRecording& recording, std::vector<Moment>& moments) {
  const double length_s = static_cast<double>(recording.pulse.values.size()) / recording.pulse.rate_hz;
  state::FeatureExtractor extractor;
  std::size_t step = 1;
  play_wrist(recording, [&](const telemetry::Frame& frame) {
    if (!extractor.push(frame)) return;
    const double time_s = frame.time.seconds();
    if (time_s < every_s * static_cast<double>(step)) return;
    const auto stress = stress_at(recording, time_s);
    if (stress) {
      moments.push_back(
          {{extractor.current(), extractor.own_start(), *stress ? 1.0F : 0.0F,
            "stress-predict/" + recording.id, "session", "stress-predict", static_cast<float>(length_s)},
           step});
    }
    ++step;
  });
}

/// Everybody went through the same schedule: a second at which all do the same must not be worth learning,
/// for then a clock would do.
void weigh(std::vector<Moment>& moments) {
  std::vector<learn::Example> examples(moments.size());
  for (std::size_t i = 0; i < moments.size(); ++i) {
    examples[i].label = moments[i].sample.label > 0.5F ? 1 : 0;
    examples[i].stratum = std::to_string(moments[i].step);
  }
  learn::Indices all(examples.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const auto weights = learn::balanced_weights({examples, all}, 2);
  for (std::size_t i = 0; i < moments.size(); ++i) moments[i].sample.weight = static_cast<float>(weights[i]);
}

/// By somebody called as the set calls its people, "S02" or "S02.tar.xz".
bool holds_wristbands(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const auto name = entry.path().filename().string();
    const auto digits = name.find_first_not_of("0123456789", 1);
    if (name.starts_with('S') && digits != 1 && name.size() > 1 &&
        (digits == std::string::npos || name.substr(digits) == ".tar.xz"))
      return true;
  }
  return false;
}

core::Result<PublicSamples> read(const fs::path& folder, const PublicSetOptions&, const PeopleDone& done) {
  const auto people = people_in(folder);
  if (!people) return people.error();
  PublicSamples samples;
  std::vector<Moment> moments;
  for (std::size_t i = 0; i < people->size(); ++i) {
    const auto recording = datasets::read_stress_predict((*people)[i]);
    if (!recording) return recording.error();
    const auto before = moments.size();
    add_person(*recording, moments);
    ++(moments.size() > before ? samples.used.visits : samples.used.visits_left_out);
    done(i + 1, people->size());
  }
  weigh(moments);
  for (auto& moment : moments) samples.data.add(std::move(moment.sample));
  return samples;
}

}  // namespace

PublicSet stress_predict_set() {
  return {"stress-predict",
          "stress-predict",
          "MIT",
          "a task is on (1) or a rest (0), every 60 s; people at the same second weigh alike for both",
          holds_wristbands,
          read};
}

}  // namespace attune::cli
