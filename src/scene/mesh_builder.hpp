#pragma once

#include <glm/mat4x4.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <span>
#include <string>

#include "attune/scene/draw_list.hpp"

namespace attune::scene {

/// What a surface is made of.
struct Paint {
  glm::vec3 colour{0.5F};  ///< linear albedo
  float roughness = 0.9F;
  float emission = 0.0F;
  Surface surface = Surface::plain;
  std::uint8_t style = 0;

  /// The same material, lighter or darker.
  [[nodiscard]] Paint times(float factor) const {
    auto copy = *this;
    copy.colour *= factor;
    return copy;
  }
  [[nodiscard]] Paint times(glm::vec3 factor) const {
    auto copy = *this;
    copy.colour *= factor;
    return copy;
  }
};

/// A colour as a painter writes it, 0xRRGGBB in sRGB, in linear light.
[[nodiscard]] glm::vec3 srgb(std::uint32_t rrggbb);

/// Builds one mesh out of simple solids, in metres. Corners are counter-clockwise seen from outside. Whatever
/// would be a triangle without area is left out.
class MeshBuilder {
 public:
  explicit MeshBuilder(std::string name) { mesh_.name = std::move(name); }

  /// Convex and flat.
  void polygon(std::span<const glm::vec3> corners, const Paint& paint);
  void quad(glm::vec3 a, glm::vec3 b, glm::vec3 c, glm::vec3 d, const Paint& paint);
  /// Axis-aligned; without its underside when `grounded`.
  void box(glm::vec3 low, glm::vec3 high, const Paint& paint, bool grounded = false);
  /// A box of half sizes `half` anywhere.
  void box(const glm::mat4& place, glm::vec3 half, const Paint& paint);
  /// Upright walls over a convex outline (x, z), counter-clockwise seen from above, with a lid.
  void prism(std::span<const glm::vec2> outline, float low_y, float high_y, const Paint& wall,
             const Paint& lid);
  /// A round bar, or a cone when one radius is 0; smooth around.
  void tube(glm::vec3 from, glm::vec3 to, float from_radius, float to_radius, int sides, const Paint& paint,
            bool capped = true);
  /// An ellipsoid, smooth, whose surface is dented by `rough` (share of the radius). Detail 0: 20 triangles,
  /// 1: 80, 2: 320.
  void blob(glm::vec3 centre, glm::vec3 radii, int detail, float rough, std::uint64_t seed,
            const Paint& paint);
  /// A leaf: a diamond that faces the way of `normal` and is lit as if it lay in a surface with that normal.
  void leaf(glm::vec3 centre, glm::vec3 along, glm::vec3 across, glm::vec3 normal, const Paint& paint);
  /// A blade of grass, seen from the side where a → b → tip turns left; lit mostly from above.
  void blade(glm::vec3 a, glm::vec3 b, glm::vec3 tip, const Paint& paint);
  /// A flat round facing up.
  void disc(glm::vec3 centre, float radius_x, float radius_z, int sides, const Paint& paint);

  [[nodiscard]] std::size_t triangles() const { return mesh_.indices.size() / 3; }
  [[nodiscard]] bool empty() const { return mesh_.indices.empty(); }
  [[nodiscard]] Mesh take() { return std::move(mesh_); }

 private:
  std::uint32_t vertex(glm::vec3 position, glm::vec3 normal, const Paint& paint);
  void triangle(std::uint32_t a, std::uint32_t b, std::uint32_t c);

  Mesh mesh_;
};

}  // namespace attune::scene
