#include "attune/attention/scan_measures.hpp"

#include <cmath>

#include "attention/gaze_angles.hpp"

namespace attune::attention {

void ScanMeasures::Running::add(double value) {
  count += 1.0;
  const double off = value - mean;
  mean += off / count;
  squares += off * (value - mean);
}

double ScanMeasures::Running::deviation() const {
  return count > 1.0 ? std::sqrt(squares / (count - 1.0)) : 0.0;
}

void ScanMeasures::push(const GazeEpisode& episode) {
  if (episode.label == GazeLabel::fixation && episode.samples > 0) {
    if (place_) path_deg_ += static_cast<double>(angle_deg(*place_, episode.centre));
    place_ = episode.centre;
    duration_.add(episode.duration_s());
    fixation_ = episode;
  } else if (episode.label == GazeLabel::saccade) {
    amplitude_.add(static_cast<double>(episode.amplitude_deg));
    if (fixation_) pairs_.push({fixation_->duration_s(), static_cast<double>(episode.amplitude_deg)});
    fixation_.reset();
  } else if (episode.label != GazeLabel::oscillation) {
    fixation_.reset();  // what follows a blink or a loss is no saccade of this fixation
  }
}

std::optional<double> ScanMeasures::ambient_focal() const {
  const double of_duration = duration_.deviation(), of_amplitude = amplitude_.deviation();
  if (!pairs_.full() || !(of_duration > 0.0) || !(of_amplitude > 0.0)) return std::nullopt;
  double sum = 0.0;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    sum += (pairs_[i].fixation_s - duration_.mean) / of_duration -
           (pairs_[i].amplitude_deg - amplitude_.mean) / of_amplitude;
  }
  return sum / static_cast<double>(pairs_.size());
}

}  // namespace attune::attention
