#pragma once

#include <array>
#include <glm/mat4x4.hpp>
#include <glm/vec3.hpp>
#include <glm/vec4.hpp>
#include <span>

#include "attune/scene/draw_list.hpp"
#include "render/uniforms.hpp"

namespace attune::render {

constexpr float near_m = 0.05F;

/// Clip space of Vulkan (y down) with reverse, infinite depth: 1 at `near_m`, 0 infinitely far. Reverse,
/// because a float depth is finest near 0, where a perspective picture needs it.
[[nodiscard]] glm::mat4 projection(const scene::Eye& eye);
[[nodiscard]] EyeUniforms eye_uniforms(const scene::Eye& eye);

/// A point in the middle of what both eyes see.
[[nodiscard]] glm::vec3 point_before(std::span<const EyeUniforms, 2> eyes);

/// What both eyes together can see: inside when inside of either.
class Frustum {
 public:
  explicit Frustum(std::span<const EyeUniforms, 2> eyes);
  /// False only when no point of the sphere is seen.
  [[nodiscard]] bool sees(glm::vec3 centre_m, float radius_m) const;
  /// True when the sphere lies wholly inside both frusta, so that no point of it has to be clipped.
  [[nodiscard]] bool holds(glm::vec3 centre_m, float radius_m) const;

 private:
  std::array<std::array<glm::vec4, 5>, 2> planes_;  // inwards, unit normals
};

/// The box that a shadow map covers, seen from the sun.
struct ShadowMap {
  glm::mat4 clip_from_session{1.0F};
  glm::mat4 map_from_session{1.0F};
  glm::mat4 light_from_session{1.0F};  ///< rigid, in metres, for culling
  glm::vec3 centre_light_m{0.0F};
  float half_m = 0.0F, depth_m = 0.0F;
  float texel_m = 0.0F;

  [[nodiscard]] bool covers(glm::vec3 centre_m, float radius_m) const;
};

/// A map of `radius_m` around `centre_m`, moved in whole texels only, so that its edges do not crawl.
[[nodiscard]] ShadowMap shadow_map(glm::vec3 to_sun, glm::vec3 centre_m, float radius_m, float depth_m,
                                   std::uint32_t texels);

}  // namespace attune::render
