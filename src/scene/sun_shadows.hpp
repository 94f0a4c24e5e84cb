#pragma once

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <span>
#include <vector>

#include "scene/mesh_builder.hpp"

namespace attune::scene {

/// Sun shadows of what never moves, painted into flat ground once. A city's shadow map would cost every frame
/// what this costs at load; the sun of a world stands still.
///
/// Casters are upright prisms. Plans are convex outlines (x, z), counter-clockwise seen from above.
class SunShadows {
 public:
  explicit SunShadows(glm::vec3 to_sun);

  void add_caster(std::span<const glm::vec2> outline, float top_y);

  /// A flat convex piece at height `y`, facing up, cut along the shadows that fall on it.
  void lay(MeshBuilder& builder, std::span<const glm::vec2> outline, float y, const Paint& paint) const;
  /// The same of a rectangle.
  void lay(MeshBuilder& builder, glm::vec2 low, glm::vec2 high, float y, const Paint& paint) const;
  /// True when a point lies in the shadow of a caster.
  [[nodiscard]] bool covers(glm::vec3 point) const;
  /// How far a shadow lies from what casts it, (x, z) for every metre of height.
  [[nodiscard]] glm::vec2 slide() const { return slide_; }
  /// What paint looks like out of the sun.
  [[nodiscard]] static Paint shaded(const Paint& paint);

 private:
  struct Caster {
    std::vector<glm::vec2> outline;
    float top_y = 0.0F;
    glm::vec2 low{0.0F}, high{0.0F};  // box around outline and shadow on y = 0
  };
  [[nodiscard]] std::vector<glm::vec2> shadow_at(const Caster& caster, float y) const;

  glm::vec2 slide_{0.0F};
  std::vector<Caster> casters_;
};

}  // namespace attune::scene
