#pragma once

#include <array>
#include <glm/gtc/matrix_transform.hpp>
#include <glm/packing.hpp>
#include <memory>

#include "attune/render/renderer.hpp"

/// A small scene and a device for the tests of this module.
namespace attune::render::test {

constexpr std::uint32_t width = 160, height = 120;

inline std::uint32_t rgba(float r, float g, float b, float a = 1.0F) {
  return glm::packUnorm4x8({r, g, b, a});
}

inline std::uint32_t material(scene::Surface surface, float roughness = 0.8F, std::uint32_t style = 0) {
  return static_cast<std::uint32_t>(roughness * 255.0F) | static_cast<std::uint32_t>(surface) << 16U |
         style << 24U;
}

/// A box of the given size whose bottom stands in y = 0.
inline scene::Mesh box(glm::vec3 size_m, std::uint32_t colour, std::uint32_t material) {
  scene::Mesh mesh{"box", {}, {}};
  for (int axis = 0; axis < 3; ++axis) {
    for (const float sign : {-1.0F, 1.0F}) {
      glm::vec3 n(0.0F), u(0.0F), v(0.0F);
      n[axis] = sign;
      u[(axis + 1) % 3] = sign;
      v[(axis + 2) % 3] = 1.0F;
      const auto first = static_cast<std::uint32_t>(mesh.vertices.size());
      for (const auto corner : {glm::vec2(-1, -1), glm::vec2(1, -1), glm::vec2(1, 1), glm::vec2(-1, 1)}) {
        const glm::vec3 p =
            (n + u * corner.x + v * corner.y) * 0.5F * size_m + glm::vec3(0.0F, 0.5F * size_m.y, 0.0F);
        mesh.vertices.push_back({p, colour, n, material});
      }
      for (const std::uint32_t i : {0U, 1U, 2U, 0U, 2U, 3U}) mesh.indices.push_back(first + i);
    }
  }
  return mesh;
}

enum MeshIndex : std::uint32_t { ground, red_box, green_box, tower, pool, pane, tree, mesh_count };

inline scene::WorldGeometry world() {
  using scene::Surface;
  return {{box({400.0F, 0.02F, 400.0F}, rgba(0.35F, 0.34F, 0.32F), material(Surface::plain, 0.9F)),
           box(glm::vec3(1.0F), rgba(0.7F, 0.08F, 0.06F), material(Surface::plain, 0.5F)),
           box(glm::vec3(1.0F), rgba(0.08F, 0.6F, 0.1F), material(Surface::plain, 0.5F)),
           box({12.0F, 24.0F, 12.0F}, rgba(0.55F, 0.5F, 0.45F), material(Surface::facade, 0.8F)),
           box({6.0F, 0.06F, 4.0F}, rgba(0.02F, 0.06F, 0.07F), material(Surface::water, 0.1F)),
           box({1.6F, 1.2F, 0.02F}, rgba(0.6F, 0.8F, 0.8F, 0.25F), material(Surface::glass, 0.1F)),
           box({1.6F, 2.0F, 1.6F}, rgba(0.10F, 0.25F, 0.06F), material(Surface::foliage, 0.9F))}};
}

inline scene::Instance at(std::uint32_t mesh, glm::vec3 place_m) {
  scene::Instance instance;
  instance.mesh = mesh;
  instance.to_session = glm::translate(glm::mat4(1.0F), place_m);
  return instance;
}

/// Ground, boxes, a tower, a pool, a tree and a pane of glass, in the sun.
inline scene::DrawList draw_list() {
  scene::DrawList list;
  list.environment.to_sun = glm::normalize(glm::vec3(0.5F, 0.7F, 0.45F));
  list.environment.sun_colour = {1.0F, 0.95F, 0.86F};
  list.instances = {at(ground, {0, -0.02F, 0}),      at(red_box, {-1.2F, 0, -4.0F}),
                    at(green_box, {0.6F, 0, -6.0F}), at(tower, {12.0F, 0, -40.0F}),
                    at(tower, {-18.0F, 0, -60.0F}),  at(pool, {5.0F, 0, -9.0F}),
                    at(tree, {-4.0F, 0, -9.0F}),     at(pane, {1.7F, 0.3F, -3.2F})};
  return list;
}

/// Two eyes 64 mm apart at 1.6 m, looking along -z.
inline std::array<scene::Eye, 2> eyes(glm::vec3 head_m = {0.0F, 1.6F, 0.0F}, glm::quat look = {1, 0, 0, 0}) {
  std::array<scene::Eye, 2> pair;
  for (std::size_t e = 0; e < 2; ++e) {
    pair[e].position_m = head_m + look * glm::vec3(e == 0 ? -0.032F : 0.032F, 0.0F, 0.0F);
    pair[e].orientation = look;
    pair[e].left_rad = -0.70F;
    pair[e].right_rad = 0.70F;
    pair[e].up_rad = 0.58F;
    pair[e].down_rad = -0.58F;
  }
  return pair;
}

/// The device all tests of this program draw with, under validation.
inline Device& device() {
  static auto made = Device::offscreen({.application = "attune_render_test", .validation = true});
  if (!made) throw std::runtime_error(made.error().message);
  return *made;
}

inline std::string all(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

}  // namespace attune::render::test
