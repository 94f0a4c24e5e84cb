#include "state/area_evidence.hpp"

#include <algorithm>

namespace attune::state {
namespace {

using attention::Looking;
using telemetry::AoiRole;
using telemetry::AoiShape;

constexpr std::int64_t oldest_head_ns = 100'000'000;
constexpr float head_gaze_error_rad = 0.17F;  // eyes rest within some 10° of the head's direction mostly
constexpr float view_half_angle_rad = 0.7F;  // what a headset shows sharply: 40° around the head's direction

template <class Accepts>
bool any(std::span<const AoiShape> areas, Accepts accepts) {
  return std::any_of(areas.begin(), areas.end(), accepts);
}
bool any_of_role(std::span<const AoiShape> areas, AoiRole role) {
  return any(areas, [&](const AoiShape& area) { return area.role == role; });
}

void add_view(const telemetry::Frame& frame, std::span<const AoiShape> areas, float elapsed_s,
              StepSums& step) {
  if (!frame.head.valid()) return;
  const glm::vec3 forward = frame.head.orientation * glm::vec3{0.0F, 0.0F, -1.0F};
  const bool seen = any(areas, [&](const AoiShape& area) {
    return area.role == AoiRole::threat &&
           attention::area_in_view(frame.head.position_m, forward, view_half_angle_rad, area);
  });
  step.add(Sum::view_s, elapsed_s);
  step.add(Sum::threat_in_view_s, seen ? elapsed_s : 0.0F);
}

}  // namespace

void AreaEvidence::push(const telemetry::Frame& frame, bool eyes_seen, float elapsed_s, StepSums& step,
                        Evidence& evidence) {
  // The areas were drawn before the origin moved: with this frame they and the gaze do not fit together.
  if (frame.recentred || frame.aois.empty()) {
    gaze_ = {};
    push_nothing(frame.time);
    return;
  }
  const std::span areas(frame.aois.begin(), frame.aois.size());
  const bool any_threat = any_of_role(areas, AoiRole::threat), any_calm = any_of_role(areas, AoiRole::calm);
  if (any_threat) add_view(frame, areas, elapsed_s, step);

  // A lost sample or a blink between looks leaves the eyes where they were.
  if (frame.gaze.source != telemetry::GazeSource::none || !eyes_seen) gaze_ = frame.gaze;
  const auto& gaze = gaze_;
  const bool by_head =
      gaze.source == telemetry::GazeSource::head && frame.time.ns - gaze.time.ns <= oldest_head_ns;
  const bool by_eye = eyes_seen && gaze.source == telemetry::GazeSource::eye;
  std::optional<std::uint16_t> id;
  auto looking = Looking::unknown;
  if (by_eye || by_head) {
    const float error_rad =
        by_head ? std::max(gaze.angular_error_rad, head_gaze_error_rad) : gaze.angular_error_rad;
    const auto hit = attention::area_hit(gaze.origin_m, gaze.direction, error_rad, areas);
    const auto role = hit ? std::optional(areas[*hit].role) : std::nullopt;
    if (hit) id = areas[*hit].id;
    step.add(Sum::area_s, elapsed_s);
    if (any(areas, [](const AoiShape& area) { return attention::is_target(area.role); })) {
      looking = role && attention::is_target(*role) ? Looking::target : Looking::elsewhere;
      step.add(Sum::target_possible_s, elapsed_s);
      step.add(Sum::target_s, looking == Looking::target ? elapsed_s : 0.0F);
    }
    if (any_threat || any_calm) {
      step.add(Sum::threat_or_calm_s, elapsed_s);
      step.add(Sum::threat_s, role == AoiRole::threat ? elapsed_s : 0.0F);
      step.add(Sum::calm_s, role == AoiRole::calm ? elapsed_s : 0.0F);
    }
  }
  observe(frame.time, looking);
  if (const auto visit = follower_.push(frame.time, id, by_eye || by_head))
    evidence.visits.push(
        {.end = visit->end, .duration = static_cast<float>(core::seconds_between(visit->start, visit->end))});
}

void AreaEvidence::observe(core::SessionTime now, Looking looking) {
  if (const auto observed = engagement_.push(now, looking)) on_target_ = observed->on_target;
}

std::optional<bool> AreaEvidence::end_step() {
  const auto on_target = on_target_;
  on_target_.reset();
  return on_target;
}

}  // namespace attune::state
