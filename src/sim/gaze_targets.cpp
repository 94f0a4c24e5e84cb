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
const AngleLimit landscape_radius{22.0};  // around the landscape's centre
const AngleLimit comfortable{24.0};       // of the eyes in the head
constexpr int tries = 12;

double random_bearing(std::mt19937_64& random) { return uniform(random, 0.0, 2.0 * std::numbers::pi); }

/// Metres along the look to the box: negative when it starts inside, nothing when it misses.
std::optional<double> distance_to(const AoiShape& area, const glm::dvec3& eye_m,
                                  const glm::dvec3& direction) {
  double enters = -std::numeric_limits<double>::infinity(), leaves = -enters;
  for (int axis = 0; axis < 3; ++axis) {
    const double middle = double{area.centre_m[axis]} - eye_m[axis];
    const double half = std::abs(double{area.extent_m[axis]});
    if (std::abs(direction[axis]) < 1e-12) {
      if (!(std::abs(middle) <= half)) return std::nullopt;
      continue;
    }
    const double one = (middle - half) / direction[axis], other = (middle + half) / direction[axis];
    enters = std::max(enters, std::min(one, other));
    leaves = std::min(leaves, std::max(one, other));
  }
  if (!(enters <= leaves) || leaves < 0.0) return std::nullopt;
  return enters;
}

bool meets_stimulus(const Aois& areas, const Looking& looking, const glm::dvec3& direction) {
  const auto* met = first_met(areas, looking.eye_m, direction);
  return met != nullptr && met->role == looking.stimulus;
}

/// Whether the eyes get there without the head.
bool is_comfortable(const glm::dvec3& direction, const Looking& looking) {
  return comfortable.holds(direction, looking.ahead);
}

/// Yaw and pitch between which the area lies, as far as head and eyes reach.
struct AngularRange {
  double yaw_from = 0.0, yaw_to = 0.0, pitch_from = 0.0, pitch_to = 0.0;
};

AngularRange range_of(const AoiShape& area, const glm::dvec3& eye_m) {
  const glm::dvec3 centre(area.centre_m), half = glm::abs(glm::dvec3(area.extent_m));
  const auto middle = centre - eye_m;
  // The box's steepest part is the one nearest to the eye as seen from above, its corners bound the yaw.
  const auto nearest = glm::clamp(glm::dvec3(0.0), middle - half, middle + half);
  AngularRange range{180.0, -180.0, 90.0, -90.0};
  const auto take_pitch = [&range](double x, double y, double z) {
    const double pitch = glm::degrees(std::atan2(y, std::hypot(x, z)));
    range.pitch_from = std::min(range.pitch_from, pitch);
    range.pitch_to = std::max(range.pitch_to, pitch);
  };
  for (const double up : {-1.0, 1.0}) take_pitch(nearest.x, middle.y + up * half.y, nearest.z);
  for (int corner = 0; corner < 4; ++corner) {
    const double x = middle.x + ((corner & 1) != 0 ? half.x : -half.x);
    const double z = middle.z + ((corner & 2) != 0 ? half.z : -half.z);
    const double yaw = yaw_of({x, 0.0, z});
    range.yaw_from = std::min(range.yaw_from, yaw);
    range.yaw_to = std::max(range.yaw_to, yaw);
    for (const double up : {-1.0, 1.0}) take_pitch(x, middle.y + up * half.y, z);
  }
  const bool all_around = range.yaw_to - range.yaw_from > 180.0;
  const double reach = Head::widest_yaw_deg + Head::eyes_reach_deg;
  return {all_around ? -reach : std::max(range.yaw_from, -reach),
          all_around ? reach : std::min(range.yaw_to, reach),
          std::max(range.pitch_from, Head::lowest_pitch_deg - Head::eyes_reach_deg),
          std::min(range.pitch_to, Head::highest_pitch_deg + Head::eyes_reach_deg)};
}

/// A part of the area that is seen. Where the eyes alone get there by a saccade of the wanted amplitude they
/// do; else they go where the way differs least from it and the head has least to turn.
std::optional<glm::dvec3> look_at(const AoiShape& area, const Aois& areas, const Looking& looking,
                                  std::mt19937_64& random) {
  const auto is_seen = [&](const glm::dvec3& direction) {
    return Head::reaches(direction) && first_met(areas, looking.eye_m, direction) == &area;
  };
  for (int i = 0; i < tries; ++i) {
    const auto candidate = moved_along(looking.gaze, random_bearing(random), looking.amplitude_deg);
    if (is_comfortable(candidate, looking) && is_seen(candidate)) return candidate;
  }
  const auto range = range_of(area, looking.eye_m);
  if (!(range.yaw_from <= range.yaw_to && range.pitch_from <= range.pitch_to)) return std::nullopt;
  constexpr int looks = 60, enough = 8;  // of a drop behind a railing only some are free
  constexpr double turning_costs = 3.0;  // as much as that many times the way of the eyes
  std::optional<glm::dvec3> best;
  double least = std::numeric_limits<double>::infinity();
  for (int i = 0, seen = 0; i < looks && seen < enough; ++i) {
    const auto candidate = direction_of(uniform(random, range.yaw_from, range.yaw_to),
                                        uniform(random, range.pitch_from, range.pitch_to));
    if (!is_seen(candidate)) continue;
    ++seen;
    const double turn_deg = std::max(0.0, angle_between(candidate, looking.ahead) - comfortable.degrees());
    const double misfit_deg = std::abs(angle_between(candidate, looking.gaze) - looking.amplitude_deg);
    if (const double cost = misfit_deg + turning_costs * turn_deg; cost < least) {
      least = cost;
      best = candidate;
    }
  }
  return best;
}

/// One of the areas that are wanted; another one when nothing of the first is seen. Some are turned to
/// wherever they are; others seldom make the head turn.
template <typename Wanted>
std::optional<glm::dvec3> look_at_some(Wanted wanted, bool turns, const Aois& areas, const Looking& looking,
                                       std::mt19937_64& random) {
  constexpr double turns_for_other_share = 0.1;
  core::StaticVector<const AoiShape*, telemetry::max_aois> left;
  for (const auto& area : areas) {
    if (wanted(area.role)) left.push_back(&area);
  }
  for (auto count = left.size(); count > 0; --count) {
    const auto chosen =
        std::min(static_cast<std::size_t>(unit(random) * static_cast<double>(count)), count - 1);
    const auto found = look_at(*left[chosen], areas, looking, random);
    const bool turns_now = turns || unit(random) < turns_for_other_share;
    if (found && (turns_now || is_comfortable(*found, looking))) return found;
    left[chosen] = left[count - 1];
  }
  return std::nullopt;
}

glm::dvec3 look_around(const Aois& areas, const Looking& looking, std::mt19937_64& random) {
  // The part of the landscape that is looked at lies between straight ahead of the body and ahead of the
  // head.
  const auto centre = direction_of(0.6 * yaw_of(looking.ahead), 0.6 * pitch_of(looking.ahead) - 4.0);
  const auto is_free = [&](const glm::dvec3& candidate) {
    return !meets_stimulus(areas, looking, candidate);
  };
  for (int i = 0; i < tries; ++i) {
    const auto candidate = moved_along(looking.gaze, random_bearing(random), looking.amplitude_deg);
    if (landscape_radius.holds(candidate, centre) && is_comfortable(candidate, looking) &&
        is_free(candidate)) {
      return candidate;
    }
  }
  const auto across = moved_towards(looking.gaze, centre, looking.amplitude_deg);
  const auto back = within_cone(across, looking.ahead, comfortable);
  if (is_free(back) && Head::reaches(back)) return back;
  // A stimulus fills the middle of the view: whatever is beside it, farther each time, last by a turn of the
  // head.
  for (int i = 0; i < 4 * tries; ++i) {
    const auto candidate = moved_along(looking.gaze, random_bearing(random), looking.amplitude_deg + i);
    const bool may_turn = i >= 3 * tries && Head::reaches(candidate);
    if ((may_turn || is_comfortable(candidate, looking)) && is_free(candidate)) return candidate;
  }
  return back;
}

}  // namespace

const AoiShape* first_met(const Aois& areas, const glm::dvec3& eye_m, const glm::dvec3& direction) {
  const AoiShape *nearest = nullptr, *around = nullptr;
  double nearest_m = std::numeric_limits<double>::infinity();
  for (const auto& area : areas) {
    const auto distance_m = distance_to(area, eye_m, direction);
    if (!distance_m) continue;
    if (*distance_m < 0.0) {
      around = &area;
    } else if (*distance_m < nearest_m) {
      nearest_m = *distance_m;
      nearest = &area;
    }
  }
  return nearest != nullptr ? nearest : around;
}

GazeTarget choose_target(const Looking& looking, const Aois& areas, std::mt19937_64& random) {
  const bool wants_stimulus = unit(random) < (looking.attends ? attending_share : absent_share);
  const bool wants_area = unit(random) < 0.5;
  std::optional<glm::dvec3> found;
  const auto is_stimulus = [&](AoiRole role) { return role == looking.stimulus; };
  const auto is_other = [&](AoiRole role) { return role != looking.stimulus; };
  if (wants_stimulus) found = look_at_some(is_stimulus, true, areas, looking, random);
  if (!found && wants_area) found = look_at_some(is_other, false, areas, looking, random);
  const auto direction = found ? *found : look_around(areas, looking, random);
  return {direction, meets_stimulus(areas, looking, direction), found.has_value()};
}

std::optional<GazeTarget> choose_on(AoiRole role, const Looking& looking, const Aois& areas,
                                    std::mt19937_64& random) {
  const auto found =
      look_at_some([role](AoiRole each) { return each == role; }, true, areas, looking, random);
  if (!found) return std::nullopt;
  return GazeTarget{*found, role == looking.stimulus, true};
}

GazeTarget choose_beside(const Looking& looking, const Aois& areas, std::mt19937_64& random) {
  constexpr double least_deg = 0.3, most_deg = 1.5;
  const double away_deg = uniform(random, least_deg, most_deg);
  const auto direction = moved_along(looking.gaze, random_bearing(random), away_deg);
  const auto* met = first_met(areas, looking.eye_m, direction);
  return {direction, met != nullptr && met->role == looking.stimulus, met != nullptr};
}

}  // namespace attune::sim
