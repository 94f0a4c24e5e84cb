#include "attune/state/feature_extractor.hpp"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/trigonometric.hpp>

#include "attune/attention/areas.hpp"
#include "attune/signal/motion.hpp"
#include "state/compute_features.hpp"

namespace attune::state {
namespace {

using attention::GazeEventKind;
using telemetry::AoiRole;
using telemetry::GazeSource;

constexpr std::int64_t step_ns = 250'000'000;
constexpr std::int64_t longest_frame_ns = 100'000'000;  // a longer gap between frames is evidence of nothing
constexpr std::int64_t oldest_gaze_ns = 100'000'000;
constexpr float head_still_deg_s = 3.0F, hand_still_m_s = 0.02F;
constexpr float head_gaze_error_rad =
    0.17F;  // eyes rest within some 10° of the head's direction most of the time
constexpr float view_half_angle_rad =
    0.7F;  // what a headset shows sharply, about 40° around the head's direction
constexpr float oldest_vital_s = 10.0F;
constexpr float least_level =
    0.17F;  // the heading of a head that looks within 10° of straight up or down is noise

bool readable(const telemetry::Reading& reading, float least, float most) {
  return reading.valid && reading.age_s < oldest_vital_s && reading.value >= least && reading.value <= most;
}

}  // namespace

struct FeatureExtractor::Impl {
  attention::GazeEventDetector gaze;
  attention::AreaFollower areas;
  signal::HeadMotion head;
  std::array<signal::HandMotion, 2> hands;
  std::array<bool, 2> pulled{};
  Evidence evidence;
  StepSums step;
  Features features;
  std::optional<bool> engaged;
  core::SessionTime last{}, next_step{};
  bool started = false;

  void start(core::SessionTime now) {
    started = true;
    last = now;
    next_step = {now.ns + step_ns};
  }
  void take(const telemetry::Frame& frame, float elapsed_s);
  void take_gaze(const telemetry::Frame& frame, float elapsed_s);
  void take_areas(const telemetry::Frame& frame, float elapsed_s);
  void take_head(const telemetry::Frame& frame, float elapsed_s);
  void take_hands(const telemetry::Frame& frame, float elapsed_s);
  void take_vitals(const telemetry::Vitals& vitals, float elapsed_s);
  void keep(const attention::GazeEvent& event);
  void close_steps(core::SessionTime now);
};

void FeatureExtractor::Impl::keep(const attention::GazeEvent& event) {
  Happening happening{event.end, static_cast<float>(event.duration_ms()), event.amplitude_deg,
                      event.direction_rad, event.whole};
  switch (event.kind) {
    case GazeEventKind::fixation:
      evidence.fixations.push(happening);
      break;
    case GazeEventKind::saccade:
      happening.timed = !event.interpolated;
      evidence.saccades.push(happening);
      break;
    case GazeEventKind::blink:
      evidence.blinks.push(happening);
      break;
    case GazeEventKind::none:
      break;
  }
}

void FeatureExtractor::Impl::take_gaze(const telemetry::Frame& frame, float elapsed_s) {
  for (const auto& event : gaze.push(frame.gaze, frame.time, frame.recentred)) keep(event);
  if (gaze.current() == GazeEventKind::none) return;
  const auto& direction = frame.gaze.direction;
  step.add(Sum::eye_s, elapsed_s);
  step.add(Sum::gaze_x_s, direction.x * elapsed_s);
  step.add(Sum::gaze_y_s, direction.y * elapsed_s);
  step.add(Sum::gaze_z_s, direction.z * elapsed_s);
  if (!frame.head.orientation_valid) return;
  const glm::vec3 forward = frame.head.orientation * glm::vec3{0.0F, 0.0F, -1.0F};
  const float chord = glm::length(forward - direction);
  step.add(Sum::eccentricity_deg_s, glm::degrees(2.0F * std::asin(std::min(0.5F * chord, 1.0F))) * elapsed_s);
}

void FeatureExtractor::Impl::take_areas(const telemetry::Frame& frame, float elapsed_s) {
  // The areas were drawn before the origin moved: with this frame they and the gaze do not fit together.
  if (frame.recentred || frame.aois.empty()) return;
  const std::span shapes(frame.aois.begin(), frame.aois.size());
  const auto has = [&](auto accepts) {
    return std::any_of(shapes.begin(), shapes.end(), [&](const auto& area) { return accepts(area.role); });
  };
  const bool any_threat = has([](AoiRole role) { return role == AoiRole::threat; });
  const bool any_calm = has([](AoiRole role) { return role == AoiRole::calm; });
  if (any_threat && frame.head.valid()) {
    const glm::vec3 forward = frame.head.orientation * glm::vec3{0.0F, 0.0F, -1.0F};
    const bool seen = std::any_of(shapes.begin(), shapes.end(), [&](const auto& area) {
      return area.role == AoiRole::threat &&
             attention::area_in_view(frame.head.position_m, forward, view_half_angle_rad, area);
    });
    step.add(Sum::view_s, elapsed_s);
    step.add(Sum::threat_in_view_s, seen ? elapsed_s : 0.0F);
  }

  const auto& sample = frame.gaze;
  const bool by_eye = gaze.current() != GazeEventKind::none;
  const bool by_head = sample.source == GazeSource::head && frame.time.ns - sample.time.ns <= oldest_gaze_ns;
  std::optional<std::size_t> hit;
  if (by_eye || by_head) {
    const float error =
        by_head ? std::max(sample.angular_error_rad, head_gaze_error_rad) : sample.angular_error_rad;
    hit = attention::area_hit(sample.origin_m, sample.direction, error, shapes);
    const auto role = hit ? std::optional(shapes[*hit].role) : std::nullopt;
    step.add(Sum::area_s, elapsed_s);
    if (has(attention::is_target)) {
      step.add(Sum::target_possible_s, elapsed_s);
      step.add(Sum::target_s, role && attention::is_target(*role) ? elapsed_s : 0.0F);
    }
    if (any_threat || any_calm) {
      step.add(Sum::threat_or_calm_s, elapsed_s);
      step.add(Sum::threat_s, role == AoiRole::threat ? elapsed_s : 0.0F);
      step.add(Sum::calm_s, role == AoiRole::calm ? elapsed_s : 0.0F);
    }
  }
  const auto id = hit ? std::optional(shapes[*hit].id) : std::nullopt;
  if (const auto visit = areas.push(frame.time, id)) {
    evidence.visits.push({visit->end, static_cast<float>(core::seconds_between(visit->start, visit->end))});
  }
}

void FeatureExtractor::Impl::take_head(const telemetry::Frame& frame, float elapsed_s) {
  if (frame.recentred) head.reset();
  const auto motion = head.push(frame.head, elapsed_s);
  if (!motion) return;
  step.add(Sum::head_s, elapsed_s);
  step.add(Sum::turn_deg, motion->turn_deg_s * elapsed_s);
  step.add(Sum::turn_deg2_s, motion->turn_deg_s * motion->turn_deg_s * elapsed_s);
  step.add(Sum::still_s, motion->turn_deg_s < head_still_deg_s ? elapsed_s : 0.0F);
  step.add(Sum::pitch_deg_s, motion->pitch_deg * elapsed_s);
  const glm::vec3 forward = frame.head.orientation * glm::vec3{0.0F, 0.0F, -1.0F};
  const float level = std::sqrt(forward.x * forward.x + forward.z * forward.z);
  if (level > least_level) {
    step.add(Sum::level_s, elapsed_s);
    step.add(Sum::yaw_sine_s, forward.x / level * elapsed_s);
    step.add(Sum::yaw_cosine_s, forward.z / level * elapsed_s);
  }
  if (motion->sway_m && motion->sway_m_s) {
    step.add(Sum::sway_s, elapsed_s);
    step.add(Sum::sway_m2_s, glm::dot(*motion->sway_m, *motion->sway_m) * elapsed_s);
    step.add(Sum::sway_path_m, *motion->sway_m_s * elapsed_s);
  }
}

void FeatureExtractor::Impl::take_hands(const telemetry::Frame& frame, float elapsed_s) {
  for (std::size_t side = 0; side < hands.size(); ++side) {
    const auto& hand = frame.hands[side];
    if (frame.recentred) hands[side].reset();
    if (const auto motion = hands[side].push(hand.grip, elapsed_s)) {
      const float speed = motion->speed_m_s;
      step.add(Sum::hand_s, elapsed_s);
      step.add(Sum::hand_path_m, speed * elapsed_s);
      step.add(Sum::hand_m2_s, speed * speed * elapsed_s);
      step.add(Sum::hand_still_s, speed < hand_still_m_s ? elapsed_s : 0.0F);
      if (motion->tremor_mm) {
        step.add(Sum::tremor_s, elapsed_s);
        step.add(Sum::tremor_mm2_s, *motion->tremor_mm * *motion->tremor_mm * elapsed_s);
      }
      if (frame.head.position_valid) {
        const glm::vec3 way = hand.grip.position_m - frame.head.position_m;
        step.add(Sum::reach_s, elapsed_s);
        step.add(Sum::reach_m_s, std::sqrt(way.x * way.x + way.z * way.z) * elapsed_s);
      }
    }
    if (!hand.active) {
      pulled[side] = false;
      continue;
    }
    // Two levels, so that a finger resting half-way does not count as many.
    const bool was_pulled = pulled[side];
    pulled[side] = was_pulled ? hand.trigger > 0.3F : hand.trigger > 0.6F;
    step.add(Sum::trigger_s, elapsed_s);
    step.add(Sum::trigger_pulls, pulled[side] && !was_pulled ? 1.0F : 0.0F);
  }
}

void FeatureExtractor::Impl::take_vitals(const telemetry::Vitals& vitals, float elapsed_s) {
  // The bounds are those of a living adult at rest or in fear; what lies outside is the sensor's.
  if (readable(vitals.heart_rate_bpm, 30.0F, 220.0F)) {
    step.add(Sum::heart_s, elapsed_s);
    step.add(Sum::heart_beats, vitals.heart_rate_bpm.value / 60.0F * elapsed_s);
  }
  if (readable(vitals.skin_conductance_us, 0.05F, 60.0F)) {
    const float value = vitals.skin_conductance_us.value;
    step.add(Sum::skin_s, elapsed_s);
    step.add(Sum::skin_us_s, value * elapsed_s);
    step.add(Sum::skin_us2_s, value * value * elapsed_s);
    step.skin_least = std::min(step.skin_least, value);
    step.skin_most = std::max(step.skin_most, value);
  }
  if (readable(vitals.breaths_per_min, 3.0F, 60.0F)) {
    const float value = vitals.breaths_per_min.value;
    step.add(Sum::breath_s, elapsed_s);
    step.add(Sum::breath_rate_s, value * elapsed_s);
    step.add(Sum::breath_rate2_s, value * value * elapsed_s);
  }
  if (readable(vitals.skin_temperature_c, 15.0F, 42.0F)) {
    step.add(Sum::warmth_s, elapsed_s);
    step.add(Sum::warmth_c_s, vitals.skin_temperature_c.value * elapsed_s);
  }
}

void FeatureExtractor::Impl::take(const telemetry::Frame& frame, float elapsed_s) {
  take_gaze(frame, elapsed_s);
  take_areas(frame, elapsed_s);
  take_head(frame, elapsed_s);
  take_hands(frame, elapsed_s);
  take_vitals(frame.vitals, elapsed_s);
}

void FeatureExtractor::Impl::close_steps(core::SessionTime now) {
  const float possible = step[Sum::target_possible_s];
  engaged.reset();
  if (possible >= 0.5F * static_cast<float>(step_s)) engaged = step[Sum::target_s] > 0.5F * possible;
  evidence.steps.push(step);
  step = {};
  next_step.ns += step_ns;
  // After a gap in the frames, the steps without any evidence.
  for (std::size_t i = 0; next_step <= now; ++i) {
    if (i >= long_window_steps) {
      next_step.ns += (now.ns - next_step.ns) / step_ns * step_ns + step_ns;
      break;
    }
    evidence.steps.push({});
    engaged.reset();
    next_step.ns += step_ns;
  }
  compute_features(evidence, {next_step.ns - step_ns}, features);
}

FeatureExtractor::FeatureExtractor() : impl_(std::make_unique<Impl>()) {}
FeatureExtractor::~FeatureExtractor() = default;
FeatureExtractor::FeatureExtractor(FeatureExtractor&&) noexcept = default;
FeatureExtractor& FeatureExtractor::operator=(FeatureExtractor&&) noexcept = default;

bool FeatureExtractor::push(const telemetry::Frame& frame) {
  auto& self = *impl_;
  if (self.started && frame.time < self.last) reset();
  if (!self.started) {
    self.start(frame.time);
    self.gaze.push(frame.gaze, frame.time, frame.recentred);
    return false;
  }
  const std::int64_t elapsed_ns = frame.time.ns - self.last.ns;
  if (elapsed_ns == 0) return false;
  self.last = frame.time;
  if (!frame.headset.worn) {
    telemetry::Frame nobody;
    nobody.time = frame.time;
    nobody.gaze.source = GazeSource::head;  // eyes that are not there do not blink
    self.take(nobody, 0.0F);
  } else if (elapsed_ns > longest_frame_ns) {
    // What lies across a gap is no movement; the frame itself starts anew.
    self.head.reset();
    for (auto& hand : self.hands) hand.reset();
    self.take_gaze(frame, 0.0F);
  } else {
    self.take(frame, static_cast<float>(elapsed_ns) * 1e-9F);
  }
  if (frame.time < self.next_step) return false;
  self.close_steps(frame.time);
  return true;
}

const Features& FeatureExtractor::current() const { return impl_->features; }
std::optional<bool> FeatureExtractor::engaged() const { return impl_->engaged; }
std::optional<std::uint16_t> FeatureExtractor::looked_at() const { return impl_->areas.current(); }
const attention::GazeEvents& FeatureExtractor::gaze_events() const { return impl_->gaze.events(); }
void FeatureExtractor::reset() { *impl_ = Impl{}; }

}  // namespace attune::state
