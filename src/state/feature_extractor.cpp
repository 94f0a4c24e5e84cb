#include "attune/state/feature_extractor.hpp"

#include <array>
#include <cmath>
#include <glm/geometric.hpp>
#include <limits>

#include "attune/signal/event_rate.hpp"
#include "attune/signal/freezing.hpp"
#include "attune/signal/motion.hpp"
#include "state/area_evidence.hpp"
#include "state/body_evidence.hpp"
#include "state/compute_features.hpp"
#include "state/eye_evidence.hpp"

namespace attune::state {
namespace {

constexpr std::int64_t step_ns = 250'000'000;
constexpr std::int64_t longest_frame_ns = 100'000'000;  // a longer gap between frames is evidence of nothing
constexpr auto head_still_deg_s = static_cast<float>(signal::Freezing::head_still_deg_s);
constexpr auto hand_still_m_s = static_cast<float>(signal::Freezing::hand_still_m_s);
constexpr float least_level =
    0.17F;  // the heading of a head that looks within 10° of straight up or down is noise

}  // namespace

struct FeatureExtractor::Impl {
  EyeEvidence eyes;
  BodyEvidence body;
  AreaEvidence areas;
  signal::HeadMotion head;
  std::array<signal::HandMotion, 2> hands;
  // Two levels, so that a finger that rests half-way does not count as many.
  std::array<signal::RisingEdge, 2> pulls{signal::RisingEdge{0.6, 0.3}, signal::RisingEdge{0.6, 0.3}};
  Evidence evidence;
  StepSums step;
  Features features;
  OwnStart own_start;
  std::optional<bool> engaged;
  core::SessionTime last{}, next_step{};
  bool started = false;

  void start(const telemetry::Frame& frame);
  void take(const telemetry::Frame& frame, float elapsed_s);
  void take_head(const telemetry::Frame& frame, float elapsed_s);
  void take_hands(const telemetry::Frame& frame, float elapsed_s);
  void take_nobody(const telemetry::Frame& frame);
  void take_after_gap(const telemetry::Frame& frame);
  void close_steps(core::SessionTime now);
};

void FeatureExtractor::Impl::start(const telemetry::Frame& frame) {
  started = true;
  last = frame.time;
  next_step = {frame.time.ns + step_ns};
  take_after_gap(frame);
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
    // Pressing select says what pulling the trigger says; where one control does both, it counts once.
    const double level =
        (hand.buttons & telemetry::button_select) != 0 ? 1.0 : static_cast<double>(hand.trigger);
    const bool pulled = pulls[side].push(hand.active ? level : std::numeric_limits<double>::quiet_NaN());
    if (!hand.active) continue;
    step.add(Sum::trigger_s, elapsed_s);
    step.add(Sum::trigger_pulls, pulled ? 1.0F : 0.0F);
  }
}

void FeatureExtractor::Impl::take(const telemetry::Frame& frame, float elapsed_s) {
  eyes.push(frame, step, evidence);
  areas.push(frame, eyes.seen(), elapsed_s, step, evidence);
  take_head(frame, elapsed_s);
  take_hands(frame, elapsed_s);
  body.push(frame.vitals, frame.time, elapsed_s, step, evidence);
}

/// A headset that nobody wears measures the table.
void FeatureExtractor::Impl::take_nobody(const telemetry::Frame& frame) {
  eyes.end(step, evidence);
  areas.push_nothing(frame.time);
  head.reset();
  for (auto& hand : hands) hand.reset();
}

/// What lies across a gap is no movement; the frame itself starts anew.
void FeatureExtractor::Impl::take_after_gap(const telemetry::Frame& frame) {
  head.reset();
  for (auto& hand : hands) hand.reset();
  eyes.push(frame, step, evidence);
  areas.push_nothing(frame.time);
}

void FeatureExtractor::Impl::close_steps(core::SessionTime now) {
  engaged = areas.end_step();
  body.end_step(next_step, step, evidence);
  evidence.steps.push(step);
  step = {};
  next_step.ns += step_ns;
  // After a gap in the frames, the steps without any evidence.
  for (std::size_t i = 0; next_step <= now; ++i) {
    if (i >= longest_window_steps) {
      next_step.ns += (now.ns - next_step.ns) / step_ns * step_ns + step_ns;
      break;
    }
    StepSums empty;
    body.end_step(next_step, empty, evidence);
    evidence.steps.push({});
    engaged.reset();
    next_step.ns += step_ns;
  }
  compute_features(evidence, {next_step.ns - step_ns}, features);
  own_start.push(features, static_cast<float>(FeatureExtractor::step_s));
}

FeatureExtractor::FeatureExtractor() : impl_(std::make_unique<Impl>()) {}
FeatureExtractor::~FeatureExtractor() = default;
FeatureExtractor::FeatureExtractor(FeatureExtractor&&) noexcept = default;
FeatureExtractor& FeatureExtractor::operator=(FeatureExtractor&&) noexcept = default;

bool FeatureExtractor::push(const telemetry::Frame& frame) {
  auto& self = *impl_;
  if (self.started && frame.time < self.last) reset();
  if (!self.started) {
    self.start(frame);
    return false;
  }
  const std::int64_t elapsed_ns = frame.time.ns - self.last.ns;
  if (elapsed_ns == 0) return false;
  self.last = frame.time;
  if (!frame.headset.worn) {
    self.take_nobody(frame);
  } else if (elapsed_ns > longest_frame_ns) {
    self.take_after_gap(frame);
  } else {
    self.take(frame, static_cast<float>(elapsed_ns) * 1e-9F);
  }
  if (frame.time < self.next_step) return false;
  self.close_steps(frame.time);
  return true;
}

const Features& FeatureExtractor::current() const { return impl_->features; }
const OwnStart& FeatureExtractor::own_start() const { return impl_->own_start; }
std::optional<bool> FeatureExtractor::engaged() const { return impl_->engaged; }
std::optional<std::uint16_t> FeatureExtractor::looked_at() const { return impl_->areas.looked_at(); }
void FeatureExtractor::reset() { *impl_ = Impl{}; }

}  // namespace attune::state
