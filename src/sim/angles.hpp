#pragma once

#include <glm/geometric.hpp>
#include <glm/gtc/quaternion.hpp>
#include <glm/trigonometric.hpp>
#include <glm/vec3.hpp>

/// Directions as the body sees them: −Z ahead, Y up; yaw to the left and pitch up are positive, in degrees.
namespace attune::sim {

[[nodiscard]] glm::dvec3 direction_of(double yaw_deg, double pitch_deg);
[[nodiscard]] double yaw_of(const glm::dvec3& direction);
[[nodiscard]] double pitch_of(const glm::dvec3& direction);
/// Degrees between two unit vectors.
[[nodiscard]] double angle_between(const glm::dvec3& a, const glm::dvec3& b);
/// The unit vector `degrees` from `from` on the great circle to `to` (beyond it, when that is far enough).
[[nodiscard]] glm::dvec3 moved_towards(const glm::dvec3& from, const glm::dvec3& to, double degrees);
/// `direction`, or the nearest to it that is at most `degrees` from `axis`.
[[nodiscard]] glm::dvec3 within_cone(const glm::dvec3& direction, const glm::dvec3& axis, double degrees);
/// The unit vector `degrees` from `from`, where `bearing_rad` picks the way to go.
[[nodiscard]] glm::dvec3 moved_along(const glm::dvec3& from, double bearing_rad, double degrees);

}  // namespace attune::sim
