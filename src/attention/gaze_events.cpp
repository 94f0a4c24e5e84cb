#include "attune/attention/gaze_events.hpp"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/trigonometric.hpp>
#include <numbers>

namespace attune::attention {
namespace {

constexpr float rayleigh_median = 1.17741F;  // over σ: √(2 ln 2)
constexpr float noise_follows_per_s = 2.0F;  // the median may change by this share of itself in a second
constexpr float least_median_deg_s = 1.0F, largest_median_deg_s = 60.0F;

std::int64_t nanoseconds(double seconds) { return std::llround(seconds * 1e9); }

/// Degrees between two unit vectors; by the chord, which keeps small angles exact in single precision.
float angle_deg(const glm::vec3& a, const glm::vec3& b) {
  return glm::degrees(2.0F * std::asin(std::min(0.5F * glm::length(a - b), 1.0F)));
}

/// Where `to` lies seen from `from`: 0 = right, π/2 = up.
float direction_rad(const glm::vec3& from, const glm::vec3& to) {
  glm::vec3 right = glm::cross(from, glm::vec3{0.0F, 1.0F, 0.0F});
  const float length = glm::length(right);
  right = length > 1e-4F ? right / length : glm::vec3{1.0F, 0.0F, 0.0F};
  return std::atan2(glm::dot(to, glm::cross(right, from)), glm::dot(to, right));
}

bool usable(const telemetry::GazeSample& sample) {
  const float square = glm::dot(sample.direction, sample.direction);
  return sample.source == telemetry::GazeSource::eye && square > 0.5F &&
         square < 2.0F;  // false for NaN as well
}

}  // namespace

GazeEventDetector::GazeEventDetector(const GazeEventParameters& parameters) : parameters_(parameters) {}

void GazeEventDetector::reset() { *this = GazeEventDetector(parameters_); }

GazeEventKind GazeEventDetector::current() const {
  if (!any_ || lost_) return GazeEventKind::none;
  return in_saccade_ ? GazeEventKind::saccade : GazeEventKind::fixation;
}

const GazeEvents& GazeEventDetector::push(const telemetry::GazeSample& sample, core::SessionTime now,
                                          bool recentred) {
  events_.clear();
  bool usable_now = usable(sample);
  if (usable_now && any_ && sample.time < last_.time) reset();
  shifted_ = shifted_ || recentred;
  const bool old = now.ns - sample.time.ns > nanoseconds(parameters_.longest_step_s);
  if (usable_now && !old && any_ && sample.time == last_.time) return events_;
  if (!usable_now || old) {
    if (!lost_) loss_is_of_eyes_ = true;
    if (sample.source == telemetry::GazeSource::head) loss_is_of_eyes_ = false;
    lost_ = true;
    return events_;
  }
  telemetry::GazeSample unit = sample;
  unit.direction = glm::normalize(sample.direction);
  take(unit);
  return events_;
}

void GazeEventDetector::take(const telemetry::GazeSample& sample) {
  if (!any_) {
    any_ = true;
    rest_ = rest_before_ = sample.direction;
    last_ = sample;
    begin_fixation(sample.time, false);
  } else if (lost_ || sample.time.ns - last_.time.ns > nanoseconds(parameters_.longest_step_s)) {
    after_loss(sample);
  } else if (shifted_) {
    if (in_saccade_) begin_fixation(sample.time, false);
    in_saccade_ = false;
    rest_ = rest_before_ = sample.direction;
    last_velocity_ = 0.0F;
    last_ = sample;
  } else {
    step(sample);
  }
  lost_ = shifted_ = false;
}

void GazeEventDetector::after_loss(const telemetry::GazeSample& sample) {
  const std::int64_t gap = sample.time.ns - last_.time.ns, dark = gap - last_step_ns_;
  const bool blinked = lost_ && loss_is_of_eyes_ && dark >= nanoseconds(parameters_.least_blink_s) &&
                       dark <= nanoseconds(parameters_.longest_blink_s);
  if (!blinked && !shifted_ && gap <= nanoseconds(parameters_.longest_step_s)) {
    step(sample);
    return;
  }
  if (blinked) {
    const core::SessionTime start{last_.time.ns + last_step_ns_ / 2}, end{sample.time.ns - last_step_ns_ / 2};
    if (!in_saccade_) end_fixation(start);
    events_.push_back({GazeEventKind::blink, start, end, 0.0F, 0.0F, 0.0F, false, true});
    begin_fixation(end, true);
  } else {
    begin_fixation(sample.time, false);
  }
  in_saccade_ = false;
  rest_ = rest_before_ = sample.direction;
  last_velocity_ = 0.0F;
  last_ = sample;
}

void GazeEventDetector::step(const telemetry::GazeSample& sample) {
  const std::int64_t step_ns = sample.time.ns - last_.time.ns;
  const float step_s = static_cast<float>(step_ns) * 1e-9F;
  const float velocity = angle_deg(last_.direction, sample.direction) / step_s;
  const bool interpolated = sample.interpolated || last_.interpolated;
  if (!interpolated) follow_noise(velocity, step_s);
  const float threshold = std::max(parameters_.least_peak_deg_s, parameters_.noise_factor * median_);
  const float edge = parameters_.edge_share * threshold;
  // What an import filled in is the way between two rests, however slowly it was drawn.
  const bool fast = velocity > threshold || interpolated;

  if (in_saccade_ && (velocity > edge || interpolated)) {
    saccade_.newest = sample.time;
    saccade_.newest_ns = step_ns;
    saccade_.interpolated = saccade_.interpolated || interpolated;
    saccade_.peak_deg_s = std::max(saccade_.peak_deg_s, velocity);
    if (!saccade_.interpolated &&
        sample.time.ns - saccade_.start.ns > nanoseconds(parameters_.longest_saccade_s)) {
      in_saccade_ = false;
      rest_ = rest_before_ = sample.direction;
      begin_fixation(sample.time, false);
    }
  } else if (!in_saccade_ && fast) {
    const bool began_before = last_velocity_ > edge;
    saccade_ = {last_.time, sample.time, rest_, step_ns, step_ns, velocity, interpolated};
    if (began_before) {
      saccade_.start.ns -= last_step_ns_;
      saccade_.first_ns = last_step_ns_;
      saccade_.from = rest_before_;
    }
    in_saccade_ = true;
  } else {
    rest_before_ = rest_;
    rest_ = glm::normalize(last_.direction + sample.direction);
    if (in_saccade_) finish_saccade(rest_, step_s);
    in_saccade_ = false;
  }
  last_velocity_ = interpolated ? 0.0F : velocity;
  if (!lost_) last_step_ns_ = step_ns;
  last_ = sample;
}

void GazeEventDetector::finish_saccade(const glm::vec3& to, float step_s) {
  const auto& s = saccade_;
  const float amplitude = angle_deg(s.from, to);
  const float noise_deg = median_ * step_s / (rayleigh_median * std::numbers::sqrt2_v<float>);
  const std::int64_t whole_ns = s.newest.ns - s.start.ns;
  if (amplitude < std::max(parameters_.least_amplitude_deg, parameters_.amplitude_noise_factor * noise_deg)) {
    if (s.interpolated) interpolated_ns_ += whole_ns;
    return;
  }
  // A movement begins and ends somewhere within its first and last interval: on average in their middle.
  const bool single = whole_ns <= s.first_ns;
  const core::SessionTime start{s.start.ns + (single ? s.first_ns / 4 : s.first_ns / 2)};
  const core::SessionTime end{s.newest.ns - (single ? s.newest_ns / 4 : s.newest_ns / 2)};
  end_fixation(start);
  if (end.ns - start.ns <= nanoseconds(parameters_.longest_saccade_s)) {
    events_.push_back({GazeEventKind::saccade, start, end, amplitude, s.interpolated ? 0.0F : s.peak_deg_s,
                       direction_rad(s.from, to), s.interpolated, true});
  }
  begin_fixation(end, true);
  rest_before_ = to;
}

void GazeEventDetector::end_fixation(core::SessionTime end) {
  const std::int64_t length = end.ns - fixation_start_.ns;
  if (length < nanoseconds(parameters_.least_fixation_s)) return;
  events_.push_back({GazeEventKind::fixation, fixation_start_, end, 0.0F, 0.0F, 0.0F,
                     2 * interpolated_ns_ > length, fixation_whole_});
}

void GazeEventDetector::begin_fixation(core::SessionTime start, bool whole) {
  fixation_start_ = start;
  fixation_whole_ = whole;
  interpolated_ns_ = 0;
}

void GazeEventDetector::follow_noise(float velocity_deg_s, float step_s) {
  const float change = std::min(noise_follows_per_s * step_s, 0.05F);
  median_ = velocity_deg_s > median_ ? median_ * (1.0F + change) : median_ / (1.0F + change);
  median_ = std::clamp(median_, least_median_deg_s, largest_median_deg_s);
}

}  // namespace attune::attention
