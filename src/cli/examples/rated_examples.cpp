#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "attune/datasets/rated.hpp"
#include "attune/datasets/readers.hpp"
#include "cli/examples/feature_course.hpp"
#include "cli/examples/set_folders.hpp"
#include "cli/examples/state_courses.hpp"
#include "cli/examples/state_examples.hpp"

/// The two research sets: CEAP-360VR and VREED.
namespace attune::cli {
namespace fs = std::filesystem;

namespace {

constexpr double joystick_ready_s = 10.0;  // it starts at 5, and takes some seconds to get anywhere
constexpr double every_s = 2.0;
constexpr std::size_t videos = 8;
constexpr double first_scene_s = 60.0;  // as long as own data counts at most: scenes of VREED are longer

/// Mean arousal between two times, or nothing.
std::optional<double> arousal(const std::vector<datasets::Annotation>& annotation, double from_s,
                              double to_s) {
  double sum = 0.0, count = 0.0;
  for (const auto& at : annotation) {
    if (at.time_s <= from_s || at.time_s > to_s) continue;
    sum += at.arousal;
    count += 1.0;
  }
  if (count == 0.0) return std::nullopt;
  return sum / count;
}

double share_of_scale(double arousal) { return (arousal - 1.0) / 8.0; }

void add_video(const datasets::Visit& visit, const std::vector<datasets::Annotation>& annotation,
               double from_s, std::vector<learn::Example>& examples) {
  MeanFeatures start;
  const auto first = examples.size();
  double next_s = from_s + every_s;
  play(visit.frames, 0.0, visit.length_s(), [&](double time_s, const state::Features& features) {
    if (time_s <= joystick_ready_s) start.add(features);
    if (time_s < next_s) return;
    const double end_s = next_s;
    next_s += every_s;
    const auto value = arousal(annotation, end_s - every_s, end_s);
    if (!value) return;
    learn::Example example;
    example.features = features;
    example.label = *value > 5.0 ? 1 : 0;
    example.target = share_of_scale(*value);
    example.person = visit.id;
    example.stimulus = visit.visit;
    example.clock_s = end_s;
    example.length_s = visit.length_s();
    example.row = examples.size() - first;
    examples.push_back(std::move(example));
  });
  for (auto i = first; i < examples.size(); ++i) {
    examples[i].own = start.mean();
    examples[i].own_s = joystick_ready_s;
  }
}

/// The video as the belief lives through it.
learn::Course course_of_video(const datasets::Visit& visit,
                              const std::vector<datasets::Annotation>& annotation) {
  CourseRecorder recorder(every_s, [&](double time_s) -> std::optional<double> {
    if (time_s < joystick_ready_s + every_s) return std::nullopt;
    const auto value = arousal(annotation, time_s - every_s, time_s);
    if (!value) return std::nullopt;
    return share_of_scale(*value);
  });
  state::FeatureExtractor extractor;
  for (const auto& frame : visit.frames) {
    if (extractor.push(frame)) recorder.at(frame.time.seconds(), extractor);
  }
  auto course = recorder.take();
  course.person = visit.id;
  course.stimulus = visit.visit;
  course.length_s = visit.length_s();
  return course;
}

state::Features features_of(const std::array<double, 75>& values) {
  state::Features features;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) continue;
    features.value[i] = static_cast<float>(values[i]);
    features.present.set(i);
  }
  return features;
}

/// The set's columns are the first 75 of our table, by name.
core::Result<void> check_names(const fs::path& folder, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == state::feature_table[i].name) continue;
    return core::bad_input((folder / "features.csv").string() + ":1: column '" + names[i] + "' is not '" +
                           std::string(state::feature_table[i].name) + "'");
  }
  return {};
}

}  // namespace

core::Result<StateSet> ceap_examples(const fs::path& folder, Protocol protocol, const Done& done) {
  const auto participants = ceap_participants_in(folder);
  if (!participants) return participants.error();
  StateQuestion question{"auc", "arousal > 5, every 2 s from 10 s on", {}};
  question.leave = learn::LeaveOut::person_and_stimulus;
  StateSet set;
  set.courses.what = "arousal, every 2 s from 10 s on";
  set.courses.leave = question.leave;
  if (protocol == Protocol::published) {
    question = {"accuracy", "arousal > 5, every 2 s", {}};
    question.metric = learn::Metric::accuracy;
  }
  for (std::size_t i = 0; i < participants->size(); ++i) {
    for (std::size_t v = 1; v <= videos; ++v) {
      const auto video = std::string("V").append(std::to_string(v));
      const auto visit = datasets::read_ceap_visit(folder, (*participants)[i], video);
      if (!visit) return visit.error();
      const auto annotation = datasets::read_ceap_annotation(folder, (*participants)[i], video);
      if (!annotation) return annotation.error();
      add_video(*visit, *annotation, protocol == Protocol::strict ? joystick_ready_s : 0.0,
                question.examples);
      if (protocol == Protocol::strict) set.courses.all.push_back(course_of_video(*visit, *annotation));
    }
    done(i + 1, participants->size());
  }
  set.questions.push_back(std::move(question));
  if (protocol == Protocol::published) {
    set.questions.push_back(as_balanced_accuracy(set.questions.front()));
    ask_standardised_too(set);
  }
  return set;
}

core::Result<StateSet> vreed_examples(const fs::path& folder, Protocol protocol, const Done& done) {
  const auto vreed = datasets::read_vreed(folder);
  if (!vreed) return vreed.error();
  if (auto checked = check_names(folder, vreed->names); !checked) return checked.error();
  StateQuestion question{"accuracy", "four quadrants of emotion", {}};
  question.metric = learn::Metric::accuracy;
  if (protocol == Protocol::strict) question.leave = learn::LeaveOut::person_and_stimulus;
  std::map<std::string, state::Features> first_scene;  // the person's earliest data: the set has no rest
  for (const auto& row : vreed->rows) {
    learn::Example example;
    example.features = features_of(row.values);
    example.label = row.quadrant;
    example.target = static_cast<double>(row.quadrant) / 3.0;
    example.person = row.person;
    example.stimulus = std::string("scene ").append(std::to_string(row.scene + 1));
    example.row = row.scene;
    example.own = first_scene.try_emplace(row.person, example.features).first->second;
    example.own_s = first_scene_s;
    question.examples.push_back(std::move(example));
  }
  done(1, 1);
  StateSet set;
  set.questions.push_back(std::move(question));
  if (protocol == Protocol::published) {
    for (auto& example : set.questions.front().examples) example.own_s = 0.0;
    ask_standardised_too(set);
  }
  return set;
}

}  // namespace attune::cli
