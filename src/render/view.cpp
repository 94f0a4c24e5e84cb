#include "render/view.hpp"

#include <cmath>
#include <glm/gtc/quaternion.hpp>

namespace attune::render {

glm::mat4 projection(const scene::Eye& eye) {
  const float left = std::tan(eye.left_rad), right = std::tan(eye.right_rad);
  const float up = std::tan(eye.up_rad), down = std::tan(eye.down_rad);
  glm::mat4 p(0.0F);
  p[0][0] = 2.0F / (right - left);
  p[2][0] = (right + left) / (right - left);
  p[1][1] = -2.0F / (up - down);
  p[2][1] = -(up + down) / (up - down);
  p[3][2] = near_m;
  p[2][3] = -1.0F;
  return p;
}

EyeUniforms eye_uniforms(const scene::Eye& eye) {
  const glm::mat3 axes = glm::mat3_cast(eye.orientation);
  glm::mat4 view(glm::transpose(axes));
  view[3] = glm::vec4(-(glm::transpose(axes) * eye.position_m), 1.0F);
  const float left = std::tan(eye.left_rad), right = std::tan(eye.right_rad);
  const float up = std::tan(eye.up_rad), down = std::tan(eye.down_rad);
  EyeUniforms out;
  out.clip_from_session = projection(eye) * view;
  out.position = glm::vec4(eye.position_m, 1.0F);
  out.ray_corner = glm::vec4(axes * glm::vec3(left, up, -1.0F), 0.0F);
  out.ray_across = glm::vec4(axes * glm::vec3(right - left, 0.0F, 0.0F), 0.0F);
  out.ray_down = glm::vec4(axes * glm::vec3(0.0F, down - up, 0.0F), 0.0F);
  return out;
}

glm::vec3 point_before(std::span<const EyeUniforms, 2> eyes) {
  glm::vec4 sum(0.0F);
  for (const auto& eye : eyes) {
    const auto middle = eye.ray_corner + 0.5F * (eye.ray_across + eye.ray_down);
    sum += 0.5F * (eye.position + 2.0F * middle);
  }
  return sum;
}

Frustum::Frustum(std::span<const EyeUniforms, 2> eyes) : planes_{} {
  for (std::size_t e = 0; e < 2; ++e) {
    const glm::mat4 rows = glm::transpose(eyes[e].clip_from_session);
    planes_[e] = {rows[3] + rows[0], rows[3] - rows[0], rows[3] + rows[1], rows[3] - rows[1],
                  rows[3] - rows[2]};
    for (auto& plane : planes_[e]) plane /= glm::length(glm::vec3(plane));
  }
}

bool Frustum::sees(glm::vec3 centre_m, float radius_m) const {
  for (const auto& eye : planes_) {
    bool inside = true;
    for (const auto& plane : eye) inside = inside && glm::dot(plane, glm::vec4(centre_m, 1.0F)) >= -radius_m;
    if (inside) return true;
  }
  return false;
}

bool Frustum::holds(glm::vec3 centre_m, float radius_m) const {
  for (const auto& eye : planes_) {
    for (const auto& plane : eye) {
      if (glm::dot(plane, glm::vec4(centre_m, 1.0F)) < radius_m) return false;
    }
  }
  return true;
}

ShadowMap shadow_map(glm::vec3 to_sun, glm::vec3 centre_m, float radius_m, float depth_m,
                     std::uint32_t texels) {
  const glm::vec3 z = glm::normalize(to_sun);
  const glm::vec3 helper = std::abs(z.y) < 0.99F ? glm::vec3(0.0F, 1.0F, 0.0F) : glm::vec3(0.0F, 0.0F, 1.0F);
  const glm::vec3 x = glm::normalize(glm::cross(helper, z));
  const glm::vec3 y = glm::cross(z, x);

  ShadowMap map;
  map.half_m = radius_m;
  map.depth_m = depth_m;
  map.texel_m = 2.0F * radius_m / static_cast<float>(texels);
  map.light_from_session = glm::mat4(glm::transpose(glm::mat3(x, y, z)));
  glm::vec3 centre = map.light_from_session * glm::vec4(centre_m, 1.0F);
  centre.x = std::floor(centre.x / map.texel_m) * map.texel_m;
  centre.y = std::floor(centre.y / map.texel_m) * map.texel_m;
  map.centre_light_m = centre;

  // Depth 0 nearest to the sun, 1 farthest from it.
  glm::mat4 clip(0.0F);
  clip[0][0] = 1.0F / radius_m;
  clip[1][1] = 1.0F / radius_m;
  clip[2][2] = -0.5F / depth_m;
  clip[3] = glm::vec4(-centre.x / radius_m, -centre.y / radius_m, 0.5F + 0.5F * centre.z / depth_m, 1.0F);
  map.clip_from_session = clip * map.light_from_session;
  glm::mat4 to_map(1.0F);
  to_map[0][0] = to_map[1][1] = 0.5F;
  to_map[3] = glm::vec4(0.5F, 0.5F, 0.0F, 1.0F);
  map.map_from_session = to_map * map.clip_from_session;
  return map;
}

bool ShadowMap::covers(glm::vec3 centre_m, float radius_m) const {
  const glm::vec3 off = glm::vec3(light_from_session * glm::vec4(centre_m, 1.0F)) - centre_light_m;
  return std::abs(off.x) < half_m + radius_m && std::abs(off.y) < half_m + radius_m &&
         off.z > -depth_m - radius_m;
}

}  // namespace attune::render
