#pragma once

#include <openxr/openxr.h>

#include <glm/gtc/quaternion.hpp>
#include <glm/vec3.hpp>

namespace attune::fault_layer {

/// A pose that can be chained; moves a point by turning it, then shifting it.
struct Rigid {
  glm::quat turn{1.0F, 0.0F, 0.0F, 0.0F};
  glm::vec3 shift{0.0F};
};

[[nodiscard]] inline Rigid operator*(const Rigid& a, const Rigid& b) {
  return {a.turn * b.turn, a.turn * b.shift + a.shift};
}
[[nodiscard]] inline Rigid inverse(const Rigid& a) {
  const auto back = glm::conjugate(a.turn);
  return {back, -(back * a.shift)};
}
[[nodiscard]] inline Rigid from(const XrPosef& p) {
  return {{p.orientation.w, p.orientation.x, p.orientation.y, p.orientation.z},
          {p.position.x, p.position.y, p.position.z}};
}
[[nodiscard]] inline XrPosef to_xr(const Rigid& a) {
  return {{a.turn.x, a.turn.y, a.turn.z, a.turn.w}, {a.shift.x, a.shift.y, a.shift.z}};
}

}  // namespace attune::fault_layer
