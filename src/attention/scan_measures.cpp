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

std::optional<Scan> ScanMeasures::push(const GazeEpisode& episode) {
  if (episode.label == GazeLabel::fixation && episode.samples > 0) {
    if (place_) path_deg_ += static_cast<double>(angle_deg(*place_, episode.centre));
    place_ = episode.centre;
    ++fixations_;
    fixation_ = episode;
  } else if (episode.label == GazeLabel::saccade) {
    const auto amplitude_deg = static_cast<double>(episode.amplitude_deg);
    if (!fixation_) return std::nullopt;
    const Scan scan{fixation_->start, fixation_->duration_s(), amplitude_deg};
    fixation_.reset();
    duration_.add(scan.fixation_s);
    amplitude_.add(scan.amplitude_deg);
    scans_.push(scan);
    return scan;
  } else if (episode.label != GazeLabel::oscillation) {
    fixation_.reset();  // what follows a blink or a loss is no saccade of this fixation
  }
  return std::nullopt;
}

void ScanMeasures::break_off() {
  fixation_.reset();
  place_.reset();
}

std::optional<double> ScanMeasures::ambient_focal_of(const Scan& scan) const {
  const double of_duration = duration_.deviation(), of_amplitude = amplitude_.deviation();
  if (!(of_duration > 0.0) || !(of_amplitude > 0.0)) return std::nullopt;
  return (scan.fixation_s - duration_.mean) / of_duration -
         (scan.amplitude_deg - amplitude_.mean) / of_amplitude;
}

std::optional<double> ScanMeasures::ambient_focal() const {
  if (!scans_.full()) return std::nullopt;
  double sum = 0.0;
  for (std::size_t i = 0; i < scans_.size(); ++i) {
    const auto one = ambient_focal_of(scans_[i]);
    if (!one) return std::nullopt;
    sum += *one;
  }
  return sum / static_cast<double>(scans_.size());
}

}  // namespace attune::attention
