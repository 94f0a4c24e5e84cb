#pragma once

#include <array>
#include <cstdint>
#include <glm/vec3.hpp>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/scene/draw_list.hpp"
#include "render/resources.hpp"

namespace attune::render {

constexpr std::size_t surface_kinds = 5;  ///< of scene::Surface

/// Triangles of one mesh that lie near each other and have the same kind of surface: what is drawn, or left
/// out, as one.
struct Part {
  std::uint32_t surface = 0;  ///< scene::Surface
  std::uint32_t first_index = 0, index_count = 0;
  std::int32_t vertex_offset = 0;
  glm::vec3 low_m{0.0F}, high_m{0.0F};  ///< box round its triangles, mesh frame
};

/// Most triangles of a part. Small enough that a city behind the patient's back costs nothing, large enough
/// that a part is worth a draw call.
constexpr std::size_t part_triangles = 700;

struct MeshRange {
  std::uint32_t first_part = 0, part_count = 0;
};

/// A world's meshes as the GPU wants them, before upload: one run of vertices and of indices, parts sorted by
/// surface.
struct PackedWorld {
  std::vector<scene::Vertex> vertices;
  std::vector<std::uint32_t> indices;
  std::vector<Part> parts;
  std::vector<MeshRange> meshes;
};

/// Errors: an index outside its mesh, a number of indices that is no multiple of three, a kind of surface
/// that is not known; the mesh is named.
[[nodiscard]] core::Result<PackedWorld> pack(const scene::WorldGeometry& geometry);

/// A world's meshes on the GPU.
class Geometry {
 public:
  Geometry() = default;
  Geometry(const Device& device, PackedWorld world);

  [[nodiscard]] VkBuffer vertices() const { return vertices_.get(); }
  [[nodiscard]] VkBuffer indices() const { return indices_.get(); }
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }
  [[nodiscard]] const std::vector<MeshRange>& meshes() const { return meshes_; }

 private:
  Buffer vertices_, indices_;
  std::vector<Part> parts_;
  std::vector<MeshRange> meshes_;
};

}  // namespace attune::render
