#include "render/memory.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace attune::render {
namespace {

// A headset's targets fit into two or three blocks of this size; a software driver commits pages only when
// touched.
constexpr VkDeviceSize block_bytes = VkDeviceSize{32} << 20;

}  // namespace

struct Allocation::Block {
  MemoryHandle memory;
  RangeAllocator ranges;
  std::uint32_t type;
  bool image;
  std::byte* mapped;
};

Allocation::Allocation(Allocation&& other) noexcept { *this = std::move(other); }

Allocation& Allocation::operator=(Allocation&& other) noexcept {
  std::swap(arena_, other.arena_);
  std::swap(block_, other.block_);
  std::swap(offset_, other.offset_);
  std::swap(size_, other.size_);
  return *this;
}

Allocation::~Allocation() {
  if (block_ != nullptr) arena_->release(block_, offset_, size_);
}

VkDeviceMemory Allocation::memory() const { return block_->memory.get(); }

std::byte* Allocation::mapped() const {
  return block_->mapped == nullptr ? nullptr : block_->mapped + offset_;
}

MemoryArena::MemoryArena(VkPhysicalDevice physical, VkDevice device) : device_(device) {
  vkGetPhysicalDeviceMemoryProperties(physical, &properties_);
}

MemoryArena::~MemoryArena() = default;

std::uint32_t MemoryArena::memory_type(std::uint32_t allowed, Access access) const {
  constexpr VkMemoryPropertyFlags seen =
      VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
  // Best first; the last of each is what Vulkan guarantees.
  static constexpr std::array<VkMemoryPropertyFlags, 2> gpu{VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT, 0};
  static constexpr std::array<VkMemoryPropertyFlags, 2> upload{seen | VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT,
                                                               seen};
  static constexpr std::array<VkMemoryPropertyFlags, 2> read_back{seen | VK_MEMORY_PROPERTY_HOST_CACHED_BIT,
                                                                  seen};
  const auto& wishes = access == Access::gpu ? gpu : access == Access::upload ? upload : read_back;
  for (const auto wish : wishes) {
    for (std::uint32_t type = 0; type < properties_.memoryTypeCount; ++type) {
      const bool may = ((allowed >> type) & 1U) != 0;
      if (may && (properties_.memoryTypes[type].propertyFlags & wish) == wish) return type;
    }
  }
  throw VulkanError("could not find GPU memory of the kind that is needed");
}

Allocation MemoryArena::allocate(const VkMemoryRequirements& need, Access access, bool image) {
  const auto type = memory_type(need.memoryTypeBits, access);
  Allocation out;
  const auto take = [&](Allocation::Block& block) {
    const auto offset = block.ranges.allocate(need.size, need.alignment);
    if (!offset) return false;
    out.arena_ = this;
    out.block_ = &block;
    out.offset_ = *offset;
    out.size_ = need.size;
    return true;
  };
  for (const auto& block : blocks_) {
    if (block->type == type && block->image == image && take(*block)) return out;
  }

  const auto size = std::max(block_bytes, need.size);
  const VkMemoryAllocateInfo info{.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO,
                                  .pNext = nullptr,
                                  .allocationSize = size,
                                  .memoryTypeIndex = type};
  VkDeviceMemory memory = VK_NULL_HANDLE;
  check(vkAllocateMemory(device_, &info, nullptr, &memory), "allocate GPU memory");
  MemoryHandle owned(device_, memory);
  void* mapped = nullptr;
  if (access != Access::gpu)
    check(vkMapMemory(device_, memory, 0, VK_WHOLE_SIZE, 0, &mapped), "map GPU memory");
  blocks_.push_back(std::make_unique<Allocation::Block>(Allocation::Block{
      std::move(owned), RangeAllocator(size), type, image, static_cast<std::byte*>(mapped)}));
  const bool fits = take(*blocks_.back());
  assert(fits);
  static_cast<void>(fits);
  return out;
}

void MemoryArena::release(Allocation::Block* block, VkDeviceSize offset, VkDeviceSize size) {
  block->ranges.free(offset, size);
  if (!block->ranges.unused()) return;
  std::erase_if(blocks_, [block](const auto& held) { return held.get() == block; });
}

VkDeviceSize MemoryArena::bytes_in_use() const {
  VkDeviceSize sum = 0;
  for (const auto& block : blocks_) sum += block->ranges.size() - block->ranges.free_bytes();
  return sum;
}

}  // namespace attune::render
