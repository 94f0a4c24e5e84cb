#include "render/geometry.hpp"

#include <algorithm>
#include <cstring>
#include <span>

namespace attune::render {
namespace {

std::uint32_t surface_of(const scene::Vertex& vertex) { return (vertex.material >> 16U) & 255U; }

void upload(const Device& device, const Buffer& to, const void* data, std::size_t bytes) {
  const Buffer staging(device, bytes, VK_BUFFER_USAGE_TRANSFER_SRC_BIT, Access::upload);
  std::memcpy(staging.mapped(), data, bytes);
  OneShot once(device);
  const VkBufferCopy region{0, 0, bytes};
  vkCmdCopyBuffer(once.commands(), staging.get(), to.get(), 1, &region);
  VkMemoryBarrier2 ready{};
  ready.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER_2;
  ready.srcStageMask = VK_PIPELINE_STAGE_2_COPY_BIT;
  ready.srcAccessMask = VK_ACCESS_2_TRANSFER_WRITE_BIT;
  ready.dstStageMask = VK_PIPELINE_STAGE_2_VERTEX_INPUT_BIT;
  ready.dstAccessMask = VK_ACCESS_2_VERTEX_ATTRIBUTE_READ_BIT | VK_ACCESS_2_INDEX_READ_BIT;
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.memoryBarrierCount = 1;
  dependency.pMemoryBarriers = &ready;
  vkCmdPipelineBarrier2(once.commands(), &dependency);
  once.run();
}

/// Cuts a mesh's triangles into parts by halving the longest side of their box until each is small enough.
class Cutter {
 public:
  Cutter(const scene::Mesh& mesh, PackedWorld& world)
      : mesh_(mesh), world_(world), vertex_offset_(static_cast<std::int32_t>(world.vertices.size())) {}

  void cut(std::uint32_t surface) {
    std::vector<std::uint32_t> triangles;
    for (std::uint32_t t = 0; t < mesh_.indices.size() / 3; ++t) {
      if (surface_of(mesh_.vertices[mesh_.indices[std::size_t{3} * t]]) == surface) triangles.push_back(t);
    }
    if (!triangles.empty()) cut(triangles, surface);
  }

 private:
  [[nodiscard]] const glm::vec3& corner(std::uint32_t triangle, std::size_t i) const {
    return mesh_.vertices[mesh_.indices[std::size_t{3} * triangle + i]].position_m;
  }
  [[nodiscard]] float middle(std::uint32_t triangle, int axis) const {
    return corner(triangle, 0)[axis] + corner(triangle, 1)[axis] + corner(triangle, 2)[axis];
  }

  void cut(std::span<std::uint32_t> triangles, std::uint32_t surface) {
    glm::vec3 low = corner(triangles.front(), 0), high = low;
    for (const auto triangle : triangles) {
      for (std::size_t i = 0; i < 3; ++i) {
        low = glm::min(low, corner(triangle, i));
        high = glm::max(high, corner(triangle, i));
      }
    }
    if (triangles.size() > part_triangles) {
      const auto size = high - low;
      const int axis = size.x >= size.y && size.x >= size.z ? 0 : size.y >= size.z ? 1 : 2;
      const auto half = triangles.begin() + static_cast<std::ptrdiff_t>(triangles.size() / 2);
      std::nth_element(triangles.begin(), half, triangles.end(), [&](std::uint32_t a, std::uint32_t b) {
        const float at_a = middle(a, axis), at_b = middle(b, axis);
        return at_a != at_b ? at_a < at_b : a < b;
      });
      cut(triangles.first(triangles.size() / 2), surface);
      cut(triangles.subspan(triangles.size() / 2), surface);
      return;
    }
    std::sort(triangles.begin(), triangles.end());  // neighbours share corners
    world_.parts.push_back({surface, static_cast<std::uint32_t>(world_.indices.size()),
                            static_cast<std::uint32_t>(3 * triangles.size()), vertex_offset_, low, high});
    for (const auto triangle : triangles) {
      const auto first = mesh_.indices.begin() + 3 * static_cast<std::ptrdiff_t>(triangle);
      world_.indices.insert(world_.indices.end(), first, first + 3);
    }
  }

  const scene::Mesh& mesh_;
  PackedWorld& world_;
  std::int32_t vertex_offset_;
};

}  // namespace

core::Result<PackedWorld> pack(const scene::WorldGeometry& geometry) {
  PackedWorld world;
  for (const auto& mesh : geometry.meshes) {
    const auto place = "mesh '" + mesh.name + "'";
    if (mesh.indices.size() % 3 != 0) return core::bad_input(place + ": its indices are no whole triangles");
    const auto outside = [&](std::uint32_t index) { return index >= mesh.vertices.size(); };
    if (std::any_of(mesh.indices.begin(), mesh.indices.end(), outside))
      return core::bad_input(place + ": an index points outside its vertices");
    const auto unknown = [](const scene::Vertex& vertex) { return surface_of(vertex) >= surface_kinds; };
    if (std::any_of(mesh.vertices.begin(), mesh.vertices.end(), unknown))
      return core::bad_input(place + ": a kind of surface is not known");

    const auto first_part = static_cast<std::uint32_t>(world.parts.size());
    Cutter cutter(mesh, world);
    for (std::uint32_t surface = 0; surface < surface_kinds; ++surface) cutter.cut(surface);
    world.meshes.push_back({first_part, static_cast<std::uint32_t>(world.parts.size()) - first_part});
    world.vertices.insert(world.vertices.end(), mesh.vertices.begin(), mesh.vertices.end());
  }
  return world;
}

Geometry::Geometry(const Device& device, PackedWorld world)
    : parts_(std::move(world.parts)), meshes_(std::move(world.meshes)) {
  if (world.indices.empty()) return;
  const auto vertex_bytes = world.vertices.size() * sizeof(scene::Vertex);
  const auto index_bytes = world.indices.size() * sizeof(std::uint32_t);
  vertices_ = Buffer(device, vertex_bytes,
                     VK_BUFFER_USAGE_VERTEX_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_DST_BIT, Access::gpu);
  indices_ = Buffer(device, index_bytes, VK_BUFFER_USAGE_INDEX_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_DST_BIT,
                    Access::gpu);
  upload(device, vertices_, world.vertices.data(), vertex_bytes);
  upload(device, indices_, world.indices.data(), index_bytes);
}

}  // namespace attune::render
