#pragma once

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/trigonometric.hpp>
#include <glm/vec3.hpp>

namespace attune::attention {

/// Degrees between two unit vectors; by the chord, which keeps small angles exact in single precision.
[[nodiscard]] inline float angle_deg(const glm::vec3& a, const glm::vec3& b) {
  return glm::degrees(2.0F * std::asin(std::min(0.5F * glm::length(a - b), 1.0F)));
}

/// Where `to` lies seen from `from`: 0 = right, π/2 = up.
[[nodiscard]] inline float direction_rad(const glm::vec3& from, const glm::vec3& to) {
  glm::vec3 right = glm::cross(from, glm::vec3{0.0F, 1.0F, 0.0F});
  const float length = glm::length(right);
  right = length > 1e-4F ? right / length : glm::vec3{1.0F, 0.0F, 0.0F};
  return std::atan2(glm::dot(to, glm::cross(right, from)), glm::dot(to, right));
}

}  // namespace attune::attention
