#include "cli/analyse/gaze_pupil.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "attune/attention/pupil.hpp"

namespace attune::cli {

namespace {

constexpr double most_spans = 12.0, span_step_s = 10.0;
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Mean over what was given.
struct Mean {
  double sum = 0.0;
  std::size_t count = 0;

  void add(double value) {
    sum += value;
    ++count;
  }
  [[nodiscard]] std::optional<double> value() const {
    if (count == 0) return std::nullopt;
    return sum / static_cast<double>(count);
  }
};

/// @return at least 1. What is over by a rounding of the time stamps is no more.
double whole_parts(double duration_s, double part_s) {
  return std::max(1.0, std::ceil(duration_s / part_s - 1e-6));
}

/// The width in one row; NaN where lids or a loss hide the pupil.
double width_of(const datasets::GazeRecording& recording, const LabelledRecording& labelled,
                std::size_t row) {
  const auto label = labelled.label_of_row[row];
  const bool hidden = label == attention::GazeLabel::blink || label == attention::GazeLabel::none;
  return hidden ? unknown : recording.pupil_mm[row];
}

}  // namespace

std::optional<PupilSummary> summarise_pupil(const datasets::GazeRecording& recording,
                                            const LabelledRecording& labelled) {
  const auto& samples = recording.samples;
  if (recording.pupil_mm.empty() || samples.empty()) return std::nullopt;
  const double begin_s = recording.time_of_row_s[samples.front().row];
  const double duration_s = core::seconds_between(samples.front().time, samples.back().time);
  const double length_s = span_step_s * whole_parts(duration_s, most_spans * span_step_s);
  const auto span_count = static_cast<std::size_t>(whole_parts(duration_s, length_s));
  std::vector<Mean> wider(span_count);
  Mean width;
  attention::PupilCorrection correction;
  auto before = samples.front().time;
  for (const auto& sample : samples) {
    const double width_mm = width_of(recording, labelled, sample.row);
    const double light = recording.luminance_cd_m2.empty() ? unknown : recording.luminance_cd_m2[sample.row];
    if (attention::PupilCorrection::possible(width_mm)) width.add(width_mm);
    const auto left_mm = correction.push(width_mm, light, core::seconds_between(before, sample.time));
    before = sample.time;
    const auto span = static_cast<std::size_t>(sample.time.seconds() / length_s);
    if (left_mm) wider[std::min(span, span_count - 1)].add(*left_mm);
  }
  PupilSummary summary;
  summary.known_share = static_cast<double>(width.count) / static_cast<double>(samples.size());
  summary.mean_mm = width.value();
  if (correction.settled() && correction.light_varied())
    summary.slope_mm_per_decade = correction.slope_mm_per_decade();
  for (std::size_t i = 0; i < span_count; ++i) {
    const double from_s = static_cast<double>(i) * length_s;
    summary.spans.push_back(
        {begin_s + from_s, begin_s + std::min(from_s + length_s, duration_s), wider[i].value()});
  }
  return summary;
}

}  // namespace attune::cli
