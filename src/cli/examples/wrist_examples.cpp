#include <algorithm>
#include <cmath>

#include "cli/examples/feature_course.hpp"
#include "cli/examples/set_folders.hpp"
#include "cli/examples/state_courses.hpp"
#include "cli/examples/state_examples.hpp"
#include "cli/examples/wrist_frames.hpp"

namespace attune::cli {
namespace fs = std::filesystem;

namespace {

constexpr double baseline_s = 60.0, every_s = 10.0, believe_every_s = 5.0;

/// The label of a time, or nothing where there is none within a second.
std::optional<int> label_at(const datasets::WristRecording& recording, double time_s) {
  const auto after = std::lower_bound(recording.labels.begin(), recording.labels.end(), time_s - 1.0,
                                      [](const auto& label, double t) { return label.time_s < t; });
  if (after == recording.labels.end() || after->time_s > time_s + 1.0) return std::nullopt;
  return after->stress ? 1 : 0;
}

/// The session as the belief lives through it; the truth is known where it is judged.
CourseRecorder course_of(const datasets::WristRecording& recording) {
  return {believe_every_s, [&recording, next_s = baseline_s](double time_s) mutable -> std::optional<double> {
            if (time_s < next_s) return std::nullopt;
            next_s += every_s;
            const auto label = label_at(recording, time_s);
            if (!label) return std::nullopt;
            return static_cast<double>(*label);
          }};
}

std::vector<learn::Example> examples_of(const datasets::WristRecording& recording, Protocol protocol,
                                        std::vector<learn::Course>& courses) {
  state::FeatureExtractor extractor;
  auto recorder = course_of(recording);
  MeanFeatures start;
  std::vector<learn::Example> examples;
  double next_s = baseline_s;
  play_wrist(recording, [&](const telemetry::Frame& frame) {
    if (!extractor.push(frame)) return;
    const double time_s = frame.time.seconds();
    recorder.at(time_s, extractor);
    if (time_s <= baseline_s) start.add(extractor.current());
    if (time_s < next_s) return;
    next_s += every_s;
    const auto label = label_at(recording, time_s);
    if (!label) return;
    learn::Example example;
    example.features = extractor.current();
    example.label = *label;
    example.target = static_cast<double>(*label);
    example.person = recording.id;
    example.stimulus = "session";
    example.clock_s = next_s - every_s;
    example.stratum = protocol == Protocol::strict ? std::to_string(std::lround(example.clock_s)) : "";
    example.row = examples.size();
    examples.push_back(std::move(example));
  });
  for (auto& example : examples) {
    example.length_s = examples.back().clock_s;
    example.own = start.mean();
    example.own_s = baseline_s;
  }
  if (protocol == Protocol::strict && !examples.empty()) {
    courses.push_back(recorder.take());
    courses.back().person = recording.id;
    courses.back().stimulus = "session";
    courses.back().length_s = examples.back().length_s;
  }
  return examples;
}

}  // namespace

core::Result<StateSet> wrist_examples(const fs::path& folder, Protocol protocol, const Done& done) {
  const auto people = people_in(folder);
  if (!people) return people.error();
  StateQuestion question{"auc", "stress, pairs of people at the same second", {}};
  if (protocol == Protocol::published) question.what = "stress, all pairs";
  StateSet set;
  set.courses.what = "stress, every 10 s from 60 s on";
  set.courses.yes_or_no = true;
  std::size_t unlabelled = 0;
  for (std::size_t i = 0; i < people->size(); ++i) {
    const auto recording = datasets::read_stress_predict((*people)[i]);
    if (!recording) return recording.error();
    unlabelled += recording->labels.empty() ? 1U : 0U;
    const auto examples = examples_of(*recording, protocol, set.courses.all);
    question.examples.insert(question.examples.end(), examples.begin(), examples.end());
    done(i + 1, people->size());
  }
  if (unlabelled > 0) set.notes.push_back(std::to_string(unlabelled) + " people without labels are left out");
  set.questions.push_back(std::move(question));
  if (protocol == Protocol::published) {
    set.questions.push_back(as_balanced_accuracy(set.questions.front()));
    ask_standardised_too(set);
  }
  return set;
}

}  // namespace attune::cli
