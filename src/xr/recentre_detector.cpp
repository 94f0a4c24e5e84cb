#include "attune/xr/recentre_detector.hpp"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

namespace attune::xr {

namespace {

// STAGE is calibrated against LOCAL: what drift there is, is far slower than this from frame to frame.
constexpr float space_moved_m = 0.02F, space_turned_rad = 0.02F;
// The fastest turns and steps of a head are some 600°/s and 3 m/s; the rest is tracking noise.
constexpr float head_speed_m_s = 5.0F, head_turn_rad_s = 15.0F;
constexpr float head_noise_m = 0.1F, head_noise_rad = 0.15F;
constexpr float tilt_kept_rad = 0.1F;
constexpr double longest_gap_s = 0.25;  // a head that was out of sight longer may be anywhere

/// How far apart two poses are.
struct Move {
  float metres = 0.0F, radians = 0.0F;
};

Move between(const telemetry::Pose& a, const telemetry::Pose& b) {
  const float half = std::min(1.0F, std::abs(glm::dot(a.orientation, b.orientation)));
  return {glm::distance(a.position_m, b.position_m), 2.0F * std::acos(half)};
}

/// `pose` as seen from `space`.
telemetry::Pose seen_from(const telemetry::Pose& space, const telemetry::Pose& pose) {
  telemetry::Pose result = pose;
  const auto back = glm::conjugate(space.orientation);
  result.position_m = back * (pose.position_m - space.position_m);
  result.orientation = back * pose.orientation;
  return result;
}

/// Where a head goes on to that moved from `a` to `b`.
telemetry::Pose continued(const telemetry::Pose& a, const telemetry::Pose& b) {
  telemetry::Pose result = b;
  result.position_m += b.position_m - a.position_m;
  result.orientation = b.orientation * (glm::conjugate(a.orientation) * b.orientation);
  return result;
}

/// Angle between the vertical as the head felt it before and now.
float tilt_between(const telemetry::Pose& a, const telemetry::Pose& b) {
  const glm::vec3 up(0, 1, 0);
  const float cosine = glm::dot(glm::conjugate(a.orientation) * up, glm::conjugate(b.orientation) * up);
  return std::acos(std::clamp(cosine, -1.0F, 1.0F));
}

bool impossible(const Move& head, double seconds) {
  const auto s = static_cast<float>(seconds);
  return head.metres > head_noise_m + head_speed_m_s * s ||
         head.radians > head_noise_rad + head_turn_rad_s * s;
}

}  // namespace

bool RecentreDetector::push(const telemetry::Pose& head, const std::optional<telemetry::Pose>& stage,
                            double dt_s) {
  since_s_ += dt_s;
  if (!head.valid() || !head.tracked) return false;
  const auto earlier = before_, before = last_;
  const double gap_s = since_s_;
  before_ = last_;
  last_ = Seen{head, stage};
  since_s_ = 0.0;
  if (!before) return false;

  if (stage && before->stage) {
    const auto space = between(*before->stage, *stage);
    if (space.metres > space_moved_m || space.radians > space_turned_rad) {
      // One of the two moved: the one in which the head went on less smoothly.
      const auto off_course = [&](const auto& seen) {
        const auto from = seen(*before);
        const auto move = between(earlier ? continued(seen(*earlier), from) : from, seen(*last_));
        return move.metres + move.radians;
      };
      const bool known = !earlier || earlier->stage;
      return known && off_course([](const Seen& s) { return s.head; }) >
                          off_course([](const Seen& s) { return seen_from(*s.stage, s.head); });
    }
  }
  return gap_s <= longest_gap_s && impossible(between(before->head, head), gap_s) &&
         tilt_between(before->head, head) < tilt_kept_rad;
}

}  // namespace attune::xr
