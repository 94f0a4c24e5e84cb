#include "cli/evaluate/gaze_resampling.hpp"

#include <cmath>
#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include "cli/analyse/gaze_labelling.hpp"

namespace attune::cli {

namespace {

using datasets::GazeFileRow;

constexpr double usual_pace = 1.5;  // neighbours that are further apart have a gap between them
constexpr double same_rate = 1.01;

void slow_down(datasets::GazeRecording& recording, double rate_hz) {
  std::vector<GazeFileRow> kept;
  std::int64_t ticks = 0;
  for (const auto& sample : recording.samples) {
    const auto due = core::at_seconds(static_cast<double>(ticks) / rate_hz);
    if (sample.time < due) continue;
    kept.push_back(sample);
    while (core::at_seconds(static_cast<double>(ticks) / rate_hz) <= sample.time) ++ticks;
  }
  recording.samples = std::move(kept);
}

/// What was looked at between two samples, nearer to one of them by `share` of the way.
GazeFileRow between(const GazeFileRow& before, const GazeFileRow& after, double share, bool follow) {
  auto made = share < 0.5 ? before : after;
  if (follow && before.tracked && after.tracked)
    made.direction = glm::normalize(glm::mix(before.direction, after.direction, static_cast<float>(share)));
  return made;
}

void speed_up(datasets::GazeRecording& recording, double rate_hz, double interval_s) {
  const auto& given = recording.samples;
  std::vector<GazeFileRow> made;
  std::size_t i = 0;
  for (std::int64_t tick = 0;; ++tick) {
    const auto time = core::at_seconds(static_cast<double>(tick) / rate_hz);
    while (i + 1 < given.size() && given[i + 1].time <= time) ++i;
    if (time < given.front().time) continue;
    if (i + 1 == given.size()) break;
    const double step_s = core::seconds_between(given[i].time, given[i + 1].time);
    const double since_s = core::seconds_between(given[i].time, time);
    const bool follow = step_s <= usual_pace * interval_s;
    if (!follow && since_s > interval_s) continue;  // a gap stays one
    made.push_back(between(given[i], given[i + 1], follow ? since_s / step_s : 0.0, follow));
    made.back().time = time;
  }
  // Every sample is a row now.
  std::vector<double> times;
  for (const auto& sample : made) times.push_back(sample.time.seconds());
  for (auto& marks : recording.marks) {
    std::vector<int> labels;
    for (const auto& sample : made) labels.push_back(marks.label_of_row[sample.row]);
    marks.label_of_row = std::move(labels);
  }
  for (std::size_t row = 0; row < made.size(); ++row) made[row].row = row;
  recording.samples = std::move(made);
  recording.time_of_row_s = std::move(times);
  recording.pupil_mm.clear();
  recording.luminance_cd_m2.clear();
}

}  // namespace

void bring_to_rate(datasets::GazeRecording& recording, double rate_hz) {
  const double interval_s = median_interval_s(recording.samples);
  if (interval_s > 0.0 && rate_hz * interval_s > same_rate)
    speed_up(recording, rate_hz, interval_s);
  else
    slow_down(recording, rate_hz);
}

}  // namespace attune::cli
