#pragma once

#include <optional>
#include <vector>

#include "cli/analyse/gaze_labelling.hpp"

namespace attune::cli {

/// A stretch of a recording, in the file's own time.
struct PupilSpan {
  double start_s = 0.0, end_s = 0.0;
  /// What the pupil was wider than the light explains, on average, against the two minutes before; nothing
  /// where that is not known yet.
  std::optional<double> wider_mm;
};

/// What a recording says of the pupil. While the eyes are closed or lost there is none.
struct PupilSummary {
  double known_share = 0.0;                   ///< of the samples
  std::optional<double> mean_mm;              ///< as measured
  std::optional<double> slope_mm_per_decade;  ///< with ten times the light; nothing before it is settled, and
                                              ///< under steady light
  std::vector<PupilSpan> spans;               ///< twelve at most, of ten seconds or a multiple of it
};

/// Runs the pupil's correction over a recording. Nothing where the file has no `pupil_mm`.
[[nodiscard]] std::optional<PupilSummary> summarise_pupil(const datasets::GazeRecording& recording,
                                                          const LabelledRecording& labelled);

}  // namespace attune::cli
