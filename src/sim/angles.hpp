#pragma once

#include <cmath>
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

/// An angle to compare others with. Cosines decide nearly always; only at the very border the angle itself is
/// computed, so that the answer is that of `angle_between`.
class AngleLimit {
 public:
  explicit AngleLimit(double degrees) : degrees_(degrees), cosine_(std::cos(glm::radians(degrees))) {}

  /// Whether two unit vectors lie less than the limit apart.
  [[nodiscard]] bool holds(const glm::dvec3& a, const glm::dvec3& b) const {
    const double cosine = glm::dot(a, b);
    if (std::abs(cosine - cosine_) > border) return cosine > cosine_;
    return angle_between(a, b) < degrees_;
  }
  [[nodiscard]] double degrees() const { return degrees_; }

 private:
  static constexpr double border = 1e-6;  // many times what rounding does to cosines
  double degrees_, cosine_;
};

/// `direction`, or the nearest to it that is within the limit of `axis`.
[[nodiscard]] glm::dvec3 within_cone(const glm::dvec3& direction, const glm::dvec3& axis,
                                     const AngleLimit& limit);
/// The unit vector `degrees` from `from`, where `bearing_rad` picks the way to go.
[[nodiscard]] glm::dvec3 moved_along(const glm::dvec3& from, double bearing_rad, double degrees);

}  // namespace attune::sim
