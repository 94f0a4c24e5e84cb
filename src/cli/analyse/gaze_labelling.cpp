#include "cli/analyse/gaze_labelling.hpp"

#include <algorithm>
#include <ctime>

namespace attune::cli {

namespace {

/// Of this thread alone: what others do on the machine is not the classifier's cost.
double processor_s() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// Rows that were sent twice share the label of the row before them.
void spread_to_rows(const datasets::GazeRecording& recording, LabelledRecording& labelled) {
  std::vector<bool> told(recording.time_of_row_s.size(), false);
  labelled.label_of_row.assign(told.size(), attention::GazeLabel::none);
  std::size_t sample = 0;
  for (const auto& instant : labelled.instants) {
    for (std::uint32_t copy = 0; copy < instant.copies; ++copy, ++sample) {
      labelled.label_of_row[recording.samples[sample].row] = instant.label;
      told[recording.samples[sample].row] = true;
    }
  }
  for (std::size_t row = 1; row < told.size(); ++row) {
    if (!told[row]) labelled.label_of_row[row] = labelled.label_of_row[row - 1];
  }
}

}  // namespace

double median_interval_s(const std::vector<datasets::GazeFileRow>& samples) {
  std::vector<double> steps;
  steps.reserve(samples.size());
  for (std::size_t i = 1; i < samples.size(); ++i)
    steps.push_back(core::seconds_between(samples[i - 1].time, samples[i].time));
  if (steps.empty()) return 0.0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

LabelledRecording label_recording(const datasets::GazeRecording& recording,
                                  attention::GazeClassifier& classifier) {
  LabelledRecording labelled;
  labelled.instants.reserve(recording.samples.size());
  const auto keep = [&](std::span<const attention::LabelledGaze> ready) {
    labelled.instants.insert(labelled.instants.end(), ready.begin(), ready.end());
  };
  const double begin_s = processor_s();
  for (const auto& sample : recording.samples)
    keep(classifier.push({sample.time, sample.direction, sample.tracked}));
  keep(classifier.finish());
  labelled.seconds = processor_s() - begin_s;
  labelled.interval_s = median_interval_s(recording.samples);
  spread_to_rows(recording, labelled);
  return labelled;
}

}  // namespace attune::cli
