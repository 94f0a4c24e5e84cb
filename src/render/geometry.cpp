#include "render/geometry.hpp"

#include <algorithm>
#include <cstring>

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

    MeshRange range;
    range.first_part = static_cast<std::uint32_t>(world.parts.size());
    range.vertex_offset = static_cast<std::int32_t>(world.vertices.size());
    for (std::uint32_t surface = 0; surface < surface_kinds; ++surface) {
      Part part{surface, static_cast<std::uint32_t>(world.indices.size()), 0};
      for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
        if (surface_of(mesh.vertices[mesh.indices[i]]) != surface) continue;
        world.indices.insert(world.indices.end(), mesh.indices.begin() + static_cast<std::ptrdiff_t>(i),
                             mesh.indices.begin() + static_cast<std::ptrdiff_t>(i) + 3);
        part.index_count += 3;
      }
      if (part.index_count > 0) world.parts.push_back(part);
    }
    range.part_count = static_cast<std::uint32_t>(world.parts.size()) - range.first_part;
    if (!mesh.vertices.empty()) range.low_m = range.high_m = mesh.vertices.front().position_m;
    for (const auto& vertex : mesh.vertices) {
      range.low_m = glm::min(range.low_m, vertex.position_m);
      range.high_m = glm::max(range.high_m, vertex.position_m);
    }
    world.vertices.insert(world.vertices.end(), mesh.vertices.begin(), mesh.vertices.end());
    world.meshes.push_back(range);
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
