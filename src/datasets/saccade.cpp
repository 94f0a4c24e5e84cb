#include "datasets/saccade.hpp"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/gtc/constants.hpp>
#include <glm/trigonometric.hpp>

namespace attune::datasets {

namespace {

/// The unit vector that lies the share `t` of the arc from a to b along the way.
glm::dvec3 along_arc(const glm::dvec3& a, const glm::dvec3& b, double t) {
  const double angle = std::acos(std::clamp(glm::dot(a, b), -1.0, 1.0));
  if (angle < 1e-6) return b;
  if (angle > glm::pi<double>() - 1e-6) return t < 0.5 ? a : b;  // no arc is the shortest
  return (std::sin((1 - t) * angle) * a + std::sin(t * angle) * b) / std::sin(angle);
}

}  // namespace

double saccade_duration_s(double amplitude_deg) { return 0.0022 * amplitude_deg + 0.021; }

double saccade_progress(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * t * (10.0 + t * (-15.0 + 6.0 * t));
}

std::optional<FixationTrack::Gaze> FixationTrack::at(double time_s) {
  while (current_ + 1 < fixations_.size() && fixations_[current_ + 1].start_s <= time_s) ++current_;
  if (fixations_.empty() || time_s < fixations_[current_].start_s) return std::nullopt;
  const auto& now = fixations_[current_];
  if (time_s <= now.end_s) return Gaze{now.direction, false};
  if (current_ + 1 == fixations_.size()) return std::nullopt;
  const auto& next = fixations_[current_ + 1];
  const double amplitude_deg =
      glm::degrees(std::acos(std::clamp(glm::dot(now.direction, next.direction), -1.0, 1.0)));
  const double gap_s = next.start_s - now.end_s;
  const double duration_s = std::min(saccade_duration_s(amplitude_deg), gap_s);
  const double progress = saccade_progress((time_s - (next.start_s - duration_s)) / duration_s);
  return Gaze{glm::normalize(along_arc(now.direction, next.direction, progress)), true};
}

}  // namespace attune::datasets
