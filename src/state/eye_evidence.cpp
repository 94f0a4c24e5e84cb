#include "state/eye_evidence.hpp"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <numbers>

namespace attune::state {
namespace {

using attention::GazeLabel;
using telemetry::GazeSource;

constexpr std::int64_t oldest_ns = 100'000'000;  // a sample older than this says nothing of now
constexpr double longest_step_s = 0.1;           // samples further apart: nobody knows what happened between
constexpr double least_fixation_s = 0.060;       // 40–100 ms are in use: Manor & Gordon, J Neurosci Methods
                                                 // 128 (2003)
constexpr float least_filled_in_deg = 0.7F;      // a smaller way between two fixations of an import is none
constexpr float degrees = 180.0F / std::numbers::pi_v<float>;

bool usable(const telemetry::GazeSample& sample, core::SessionTime now) {
  const float square = glm::dot(sample.direction, sample.direction);
  return sample.source == GazeSource::eye && now.ns - sample.time.ns <= oldest_ns && square > 0.5F &&
         square < 2.0F;  // false for what is not finite, too
}

std::optional<float> eccentricity_deg(const telemetry::Frame& frame) {
  if (!frame.head.orientation_valid) return std::nullopt;
  const glm::vec3 forward = frame.head.orientation * glm::vec3{0.0F, 0.0F, -1.0F};
  const float chord = glm::length(forward - glm::normalize(frame.gaze.direction));
  const float angle = degrees * 2.0F * std::asin(std::min(0.5F * chord, 1.0F));
  return std::isfinite(angle) ? std::optional(angle) : std::nullopt;
}

}  // namespace

void EyeEvidence::push(const telemetry::Frame& frame, StepSums& step, Evidence& evidence) {
  if (frame.gaze.source == GazeSource::head) {
    end(step, evidence);
    return;
  }
  moved_ = moved_ || frame.recentred;
  if (usable(frame.gaze, frame.time)) {
    if (began_ && frame.gaze.time <= newest_) return;  // seen before
    lag_ns_ = frame.time.ns - frame.gaze.time.ns;
    push({frame.gaze.time, frame.gaze.direction, true},
         {frame.gaze.time, frame.gaze.interpolated, eccentricity_deg(frame)}, step, evidence);
    return;
  }
  // An old sample may be all that a slow tracker has; the eyes are lost when it is too old.
  const bool waits = frame.gaze.source == GazeSource::eye && frame.gaze.time == newest_ &&
                     frame.time.ns - newest_.ns <= oldest_ns;
  const core::SessionTime lost_at{frame.time.ns - lag_ns_};
  if (waits || (began_ && lost_at <= newest_)) return;
  push({lost_at, {}, false}, {lost_at, false, std::nullopt}, step, evidence);
}

void EyeEvidence::push(const attention::GazePoint& point, const Waiting& waiting, StepSums& step,
                       Evidence& evidence) {
  began_ = true;
  newest_ = point.time;
  waiting_.push(waiting);
  for (const auto& sample : classifier_.push(point, moved_)) take(sample, step, evidence);
  moved_ = false;
}

void EyeEvidence::end(StepSums& step, Evidence& evidence) {
  if (began_) {
    for (const auto& sample : classifier_.finish()) take(sample, step, evidence);
    if (const auto episode = episodes_.finish()) keep(*episode, evidence);
  }
  waiting_.clear();
  last_seen_.reset();
  interpolated_ = 0;
  began_ = moved_ = seen_ = false;
}

void EyeEvidence::take(attention::LabelledGaze sample, StepSums& step, Evidence& evidence) {
  while (!waiting_.empty() && waiting_.front().time < sample.time) waiting_.pop_front();
  Waiting known;
  if (!waiting_.empty() && waiting_.front().time == sample.time) known = waiting_.front();
  // What an import filled in is the way between two fixations, however slowly it was drawn.
  if (known.interpolated) sample.label = GazeLabel::saccade;
  seen_ = sample.label != GazeLabel::none && sample.label != GazeLabel::blink;
  if (const auto episode = episodes_.push(sample)) {
    keep(*episode, evidence);
    interpolated_ = 0;
  }
  interpolated_ += known.interpolated ? 1 : 0;
  add_time(sample, known, step);
}

void EyeEvidence::add_time(const attention::LabelledGaze& sample, const Waiting& known, StepSums& step) {
  const auto before = last_seen_;
  last_seen_ = seen_ ? std::optional(sample.time) : std::nullopt;
  if (!seen_ || !before) return;
  const double since_s = core::seconds_between(*before, sample.time);
  if (since_s > longest_step_s) return;
  const auto elapsed_s = static_cast<float>(since_s);
  step.add(Sum::eye_s, elapsed_s);
  if (const double interval_s = classifier_.interval_s();
      interval_s > 0.0 && interval_s <= attention::micro_interval_s && !known.interpolated)
    step.add(Sum::fine_eye_s, elapsed_s);
  step.add(Sum::gaze_x_s, sample.direction.x * elapsed_s);
  step.add(Sum::gaze_y_s, sample.direction.y * elapsed_s);
  step.add(Sum::gaze_z_s, sample.direction.z * elapsed_s);
  if (!known.eccentricity_deg) return;
  step.add(Sum::eccentricity_s, elapsed_s);
  step.add(Sum::eccentricity_deg_s, *known.eccentricity_deg * elapsed_s);
}

void EyeEvidence::keep(const attention::GazeEpisode& episode, Evidence& evidence) const {
  Happening happening{.end = episode.end,
                      .duration = static_cast<float>(1e3 * episode.duration_s()),
                      .amplitude = episode.amplitude_deg,
                      .direction = episode.direction_rad,
                      .timed = episode.whole && interpolated_ == 0,
                      .peak = episode.peak_deg_s};
  switch (episode.label) {
    case GazeLabel::fixation:
      if (episode.duration_s() >= least_fixation_s) evidence.fixations.push(happening);
      break;
    case GazeLabel::saccade:
      if (!episode.whole || (interpolated_ > 0 && episode.amplitude_deg < least_filled_in_deg)) break;
      (episode.micro ? evidence.microsaccades : evidence.saccades).push(happening);
      break;
    case GazeLabel::blink:
      if (episode.whole) evidence.blinks.push(happening);
      break;
    default:
      break;
  }
}

}  // namespace attune::state
