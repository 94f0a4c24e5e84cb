#pragma once

#include <vector>

#include "attune/attention/gaze_classifier.hpp"
#include "attune/datasets/gaze_recording.hpp"

namespace attune::cli {

/// A recording with what its samples were.
struct LabelledRecording {
  std::vector<attention::LabelledGaze> instants;   ///< in order of time
  std::vector<attention::GazeLabel> label_of_row;  ///< every row of the file
  double interval_s = 0.0;                         ///< median time between samples
  double seconds = 0.0;                            ///< of processor time that the classifier took
};

/// Median time between samples; 0 of fewer than two.
[[nodiscard]] double median_interval_s(const std::vector<datasets::GazeFileRow>& samples);

/// Feeds a recording through the classifier, as the live session does.
[[nodiscard]] LabelledRecording label_recording(const datasets::GazeRecording& recording,
                                                attention::GazeClassifier& classifier);

}  // namespace attune::cli
