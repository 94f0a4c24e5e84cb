#pragma once

#include <volk.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "render/handle.hpp"
#include "render/range_allocator.hpp"

namespace attune::render {

/// Who reads and writes some memory.
enum class Access {
  gpu,       ///< the GPU alone
  upload,    ///< written by the CPU every frame, read by the GPU
  read_back  ///< written by the GPU, read by the CPU
};

class MemoryArena;

/// A piece of device memory; goes back to its arena by itself.
class Allocation {
 public:
  Allocation() = default;
  Allocation(Allocation&& other) noexcept;
  Allocation& operator=(Allocation&& other) noexcept;
  ~Allocation();

  [[nodiscard]] VkDeviceMemory memory() const;
  [[nodiscard]] VkDeviceSize offset() const { return offset_; }
  [[nodiscard]] std::byte* mapped() const;  ///< null where the CPU has no access

 private:
  friend class MemoryArena;
  struct Block;
  MemoryArena* arena_ = nullptr;
  Block* block_ = nullptr;
  VkDeviceSize offset_ = 0, size_ = 0;
};

/// Takes large blocks from the driver, which allows few allocations, and hands out pieces of them. Buffers
/// and images get blocks of their own, so that no `bufferImageGranularity` can put one into the other's page.
class MemoryArena {
 public:
  MemoryArena(VkPhysicalDevice physical, VkDevice device);
  ~MemoryArena();
  MemoryArena(const MemoryArena&) = delete;
  MemoryArena& operator=(const MemoryArena&) = delete;

  /// Throws VulkanError when no memory is left or no memory type fits.
  [[nodiscard]] Allocation allocate(const VkMemoryRequirements& need, Access access, bool image);

  [[nodiscard]] std::size_t blocks() const { return blocks_.size(); }
  [[nodiscard]] VkDeviceSize bytes_in_use() const;

 private:
  friend class Allocation;
  [[nodiscard]] std::uint32_t memory_type(std::uint32_t allowed, Access access) const;
  void release(Allocation::Block* block, VkDeviceSize offset, VkDeviceSize size);

  VkDevice device_;
  VkPhysicalDeviceMemoryProperties properties_{};
  std::vector<std::unique_ptr<Allocation::Block>> blocks_;
};

}  // namespace attune::render
