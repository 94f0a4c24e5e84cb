#include "sim/gaze_targets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "attune/sim/random.hpp"
#include "sim/angles.hpp"
#include "sim/head.hpp"

namespace attune::sim {
using telemetry::AoiRole;
using telemetry::AoiShape;

namespace {

constexpr double attending_share = 0.7, absent_share = 0.1;
constexpr double landscape_radius_deg = 22.0;  // around the landscape's centre
constexpr double comfortable_deg = 24.0;       // of the eyes in the head
constexpr int tries = 12;

double random_bearing(std::mt19937_64& random) { return uniform(random, 0.0, 2.0 * std::numbers::pi); }

bool meets_threat(const Aois& areas, const glm::dvec3& eye_m, const glm::dvec3& direction) {
  return std::any_of(areas.begin(), areas.end(), [&](const AoiShape& area) {
    return area.role == AoiRole::threat && meets(area, eye_m, direction);
  });
}

/// A point of the area that can be looked at, as a direction.
std::optional<glm::dvec3> point_on(const AoiShape& area, const Looking& looking, std::mt19937_64& random) {
  constexpr double inner = 0.9;  // away from the edges, so that tracker noise does not carry the gaze out
  for (int i = 0; i < tries; ++i) {
    glm::dvec3 point(area.centre_m);
    for (int axis = 0; axis < 3; ++axis)
      point[axis] += inner * uniform(random, -1.0, 1.0) * area.extent_m[axis];
    const auto way = point - looking.eye_m;
    const double distance_m = glm::length(way);
    if (distance_m > 0.2 && Head::reaches(way / distance_m)) return way / distance_m;
  }
  return std::nullopt;
}

/// A point of the area at the wanted amplitude, when the gaze can go there; else any point.
std::optional<glm::dvec3> look_at(const AoiShape& area, const Looking& looking, std::mt19937_64& random) {
  for (int i = 0; i < tries; ++i) {
    const auto candidate = moved_along(looking.gaze, random_bearing(random), looking.amplitude_deg);
    if (meets(area, looking.eye_m, candidate) && Head::reaches(candidate)) return candidate;
  }
  return point_on(area, looking, random);
}

/// One of the areas that are (or are not) a threat and can be looked at.
std::optional<glm::dvec3> look_at_some(bool threat, const Aois& areas, const Looking& looking,
                                       std::mt19937_64& random) {
  const auto fits = [&](const AoiShape& area) { return (area.role == AoiRole::threat) == threat; };
  const auto count = std::count_if(areas.begin(), areas.end(), fits);
  if (count == 0) return std::nullopt;
  auto chosen = static_cast<std::ptrdiff_t>(unit(random) * static_cast<double>(count));
  for (const auto& area : areas) {
    if (!fits(area) || chosen-- > 0) continue;
    for (int i = 0; i < 3; ++i) {
      const auto found = look_at(area, looking, random);
      if (found && (threat || !meets_threat(areas, looking.eye_m, *found))) return found;
    }
    return std::nullopt;
  }
  return std::nullopt;
}

glm::dvec3 look_around(const Aois& areas, const Looking& looking, std::mt19937_64& random) {
  // The part of the landscape that is looked at lies between straight ahead of the body and ahead of the
  // head.
  const auto centre = direction_of(0.6 * yaw_of(looking.ahead), 0.6 * pitch_of(looking.ahead) - 4.0);
  const auto is_free = [&](const glm::dvec3& candidate) {
    return !meets_threat(areas, looking.eye_m, candidate);
  };
  for (int i = 0; i < tries; ++i) {
    const auto candidate = moved_along(looking.gaze, random_bearing(random), looking.amplitude_deg);
    if (angle_between(candidate, centre) < landscape_radius_deg &&
        angle_between(candidate, looking.ahead) < comfortable_deg && is_free(candidate)) {
      return candidate;
    }
  }
  const auto across = moved_towards(looking.gaze, centre, looking.amplitude_deg);
  const auto back = within_cone(across, looking.ahead, comfortable_deg);
  if (is_free(back) && Head::reaches(back)) return back;
  // A stimulus fills the middle of the view: whatever is beside it, farther each time.
  for (int i = 0; i < 3 * tries; ++i) {
    const auto candidate = moved_along(looking.gaze, random_bearing(random), looking.amplitude_deg + i);
    if (is_free(candidate) && Head::reaches(candidate)) return candidate;
  }
  return back;
}

}  // namespace

bool meets(const AoiShape& area, const glm::dvec3& eye_m, const glm::dvec3& direction) {
  double enters = 0.0, leaves = std::numeric_limits<double>::infinity();
  for (int axis = 0; axis < 3; ++axis) {
    const double middle = double{area.centre_m[axis]} - eye_m[axis];
    const double half = std::abs(double{area.extent_m[axis]});
    if (std::abs(direction[axis]) < 1e-12) {
      if (std::abs(middle) > half) return false;
      continue;
    }
    const double one = (middle - half) / direction[axis], other = (middle + half) / direction[axis];
    enters = std::max(enters, std::min(one, other));
    leaves = std::min(leaves, std::max(one, other));
  }
  return enters <= leaves;
}

GazeTarget choose_target(const Looking& looking, const Aois& areas, std::mt19937_64& random) {
  const bool wants_stimulus = unit(random) < (looking.attends ? attending_share : absent_share);
  const bool wants_area = unit(random) < 0.5;
  std::optional<glm::dvec3> found;
  if (wants_stimulus) found = look_at_some(true, areas, looking, random);
  if (!found && wants_area) found = look_at_some(false, areas, looking, random);
  const auto direction = found ? *found : look_around(areas, looking, random);
  return {direction, meets_threat(areas, looking.eye_m, direction), found.has_value()};
}

}  // namespace attune::sim
