#include "attune/attention/gaze_episodes.hpp"

#include <algorithm>
#include <cmath>

#include "attention/gaze_angles.hpp"
#include "attune/attention/gaze_parameters.hpp"

namespace attune::attention {
namespace {

constexpr double longest_step_s = 0.1;  ///< samples further apart do not follow each other
constexpr double follows_share = 0.05;  ///< of the running interval a step

bool seen(const LabelledGaze& sample) { return glm::dot(sample.direction, sample.direction) > 0.5F; }

bool moves(GazeLabel label) { return label == GazeLabel::saccade; }

/// How far a border of a saccade lies outside, when speed is taken between samples so far apart.
double smear_s(double interval_s) {
  return 0.5 * std::max(0.0, interval_s - GazeClassifierParameters{}.velocity_half_window_s);
}

}  // namespace

void GazeEpisodes::begin(const LabelledGaze& sample, bool follows) {
  episode_ = {};
  episode_.label = sample.label;
  episode_.start = sample.time;
  before_seen_ = follows && seen(last_);
  before_saccade_ = follows && moves(last_.label);
  before_s_ = follows ? core::seconds_between(last_.time, sample.time) : 0.0;
  episode_.whole = follows;
  // A jump begins where the gaze rested before it.
  first_ = moves(sample.label) && before_seen_ ? last_.direction : sample.direction;
  sum_ = glm::vec3{0.0F};
  squares_ = speeds_ = 0.0;
  seen_ = 0;
  open_ = true;
}

void GazeEpisodes::take(const LabelledGaze& sample) {
  episode_.end = sample.time;
  episode_.samples += sample.copies;
  if (!seen(sample)) return;
  if (seen_ == 0 && !before_seen_) first_ = sample.direction;
  ++seen_;
  sum_ += sample.direction;
  speeds_ += static_cast<double>(sample.speed_deg_s);
  episode_.peak_deg_s = std::max(episode_.peak_deg_s, sample.speed_deg_s);
  const double off = static_cast<double>(angle_deg(first_, sample.direction));
  squares_ += off * off;
}

std::optional<GazeEpisode> GazeEpisodes::push(const LabelledGaze& sample) {
  std::optional<GazeEpisode> ended;
  const double step_s = open_ ? core::seconds_between(last_.time, sample.time) : 0.0;
  const bool follows = open_ && step_s >= 0.0 && step_s <= std::max(longest_step_s, 3.0 * typical_s_);
  if (follows) typical_s_ = typical_s_ > 0.0 ? typical_s_ + follows_share * (step_s - typical_s_) : step_s;
  if (open_ && (!follows || sample.label != episode_.label)) {
    ended = close(follows ? &sample : nullptr);
    open_ = false;
  }
  if (!open_) begin(sample, follows);
  take(sample);
  last_ = sample;
  return ended;
}

std::optional<GazeEpisode> GazeEpisodes::finish() {
  std::optional<GazeEpisode> ended;
  if (open_) ended = close(nullptr);
  reset();
  return ended;
}

GazeEpisode GazeEpisodes::close(const LabelledGaze* next) const {
  GazeEpisode done = episode_;
  const double after_s = next != nullptr ? core::seconds_between(last_.time, next->time) : before_s_;
  done.interval_s = 0.5 * ((before_s_ > 0.0 ? before_s_ : after_s) + after_s);
  done.whole = done.whole && next != nullptr;
  if (moves(done.label)) {
    done.whole = done.whole && before_seen_ && seen(*next);
    done.moved_s = -std::min(2.0 * smear_s(done.interval_s), 0.5 * done.duration_s());
  } else if (done.label == GazeLabel::fixation || done.label == GazeLabel::pursuit) {
    const int borders = (before_saccade_ ? 1 : 0) + (next != nullptr && moves(next->label) ? 1 : 0);
    done.moved_s = borders * smear_s(done.interval_s);
  }
  if (seen_ == 0) return done;
  done.from = first_;
  done.to = moves(done.label) && next != nullptr && seen(*next) ? next->direction : last_.direction;
  if (!seen(last_)) done.to = first_;
  done.amplitude_deg = angle_deg(done.from, done.to);
  done.direction_rad = direction_rad(done.from, done.to);
  const auto n = static_cast<double>(seen_);
  done.mean_deg_s = static_cast<float>(speeds_ / n);
  const float length = glm::length(sum_);
  done.centre = length > 1e-6F ? sum_ / length : first_;
  // Squares around the first direction, moved to the mean: exact on a plane, close on the sphere.
  const double shift = static_cast<double>(angle_deg(first_, done.centre));
  done.dispersion_deg = static_cast<float>(std::sqrt(std::max(0.0, squares_ / n - shift * shift)));
  done.micro = done.label == GazeLabel::saccade && done.amplitude_deg < micro_below_deg && typical_s_ > 0.0 &&
               typical_s_ <= micro_interval_s;
  return done;
}

}  // namespace attune::attention
