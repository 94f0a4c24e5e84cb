#include "attune/attention/areas.hpp"

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <glm/geometric.hpp>
#include <limits>

namespace attune::attention {
namespace {

constexpr std::int64_t longest_break_ns = 100'000'000;
constexpr std::int64_t longest_blink_ns = 400'000'000;
constexpr std::int64_t least_visit_ns = 60'000'000;
constexpr float far_away_m = 1e9F;

/// Distance along the ray to the box; negative when it starts inside, nothing when it misses.
std::optional<float> distance_to_box(const glm::vec3& origin, const glm::vec3& inverse,
                                     const glm::vec3& centre, const glm::vec3& extent) {
  const glm::vec3 one = (centre - extent - origin) * inverse, other = (centre + extent - origin) * inverse;
  const glm::vec3 near = glm::min(one, other), far = glm::max(one, other);
  const float enter = std::max({near.x, near.y, near.z}), leave = std::min({far.x, far.y, far.z});
  if (!(enter <= leave) || leave < 0.0F) return std::nullopt;
  return enter;
}

/// Order of preference: distance, with boxes around the eye behind all others.
float rank(float distance) { return distance >= 0.0F ? distance : far_away_m; }

}  // namespace

std::optional<std::size_t> area_hit(const glm::vec3& origin_m, const glm::vec3& direction,
                                    float angular_error_rad, std::span<const telemetry::AoiShape> areas) {
  glm::vec3 inverse;
  for (int axis = 0; axis < 3; ++axis) {
    // A ray along a plane of the box would make 0 · ∞.
    const float part =
        std::abs(direction[axis]) < 1e-7F ? std::copysign(1e-7F, direction[axis]) : direction[axis];
    inverse[axis] = 1.0F / part;
  }
  const float growth = std::tan(std::min(2.0F * angular_error_rad, 0.7F));
  std::optional<std::size_t> exact, near;
  float exact_rank = std::numeric_limits<float>::infinity(), near_rank = exact_rank;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    const auto& area = areas[i];
    if (const auto distance = distance_to_box(origin_m, inverse, area.centre_m, area.extent_m)) {
      if (rank(*distance) < exact_rank) {
        exact_rank = rank(*distance);
        exact = i;
      }
      continue;
    }
    const float margin = glm::length(area.centre_m - origin_m) * growth;
    if (const auto distance = distance_to_box(origin_m, inverse, area.centre_m, area.extent_m + margin)) {
      if (rank(*distance) < near_rank) {
        near_rank = rank(*distance);
        near = i;
      }
    }
  }
  return exact && (exact_rank < far_away_m || !near) ? exact : near;
}

bool area_in_view(const glm::vec3& origin_m, const glm::vec3& direction, float half_angle_rad,
                  const telemetry::AoiShape& area) {
  const glm::vec3 ahead = origin_m + direction * glm::length(area.centre_m - origin_m);
  const glm::vec3 nearest = glm::clamp(ahead, area.centre_m - area.extent_m, area.centre_m + area.extent_m);
  const glm::vec3 way = nearest - origin_m;
  const float length = glm::length(way);
  return length < 1e-4F || glm::dot(way, direction) >= length * std::cos(half_angle_rad);
}

std::optional<Visit> AreaFollower::push(core::SessionTime now, std::optional<std::uint16_t> id, bool seen) {
  std::optional<Visit> ended;
  if (visiting_) {
    if (!id.has_value()) (seen ? elsewhere_ : lost_) = true;
    const auto longest_ns = lost_ && !elsewhere_ ? longest_blink_ns : longest_break_ns;
    const auto break_ns = now.ns - visit_.end.ns;
    if (break_ns < 0) {
      visiting_ = false;
    } else if (id == visit_.id && break_ns <= longest_ns) {
      visit_.end = last_ = now;
      lost_ = elsewhere_ = false;
      return ended;
    } else if (id.has_value() || break_ns > longest_ns) {
      ended = close();
    }
  }
  if (!visiting_ && id.has_value()) {
    visiting_ = true;
    lost_ = elsewhere_ = false;
    const bool followed = pushed_ && now.ns >= last_.ns && now.ns - last_.ns <= longest_break_ns;
    visit_ = {*id, followed ? last_ : now, now};
  }
  last_ = now;
  pushed_ = true;
  return ended;
}

std::optional<Visit> AreaFollower::close() {
  const bool visited = visiting_ && visit_.end.ns - visit_.start.ns >= least_visit_ns;
  visiting_ = false;
  return visited ? std::optional(visit_) : std::nullopt;
}

std::optional<Visit> AreaFollower::finish() {
  const auto ended = close();
  reset();
  return ended;
}

std::optional<std::uint16_t> AreaFollower::current() const {
  if (!visiting_) return std::nullopt;
  return visit_.id;
}

}  // namespace attune::attention
