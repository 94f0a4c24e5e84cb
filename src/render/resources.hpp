#pragma once

#include <volk.h>

#include <cstddef>

#include "attune/render/device.hpp"
#include "render/handle.hpp"
#include "render/memory.hpp"

namespace attune::render {

/// A buffer with its memory. Throws VulkanError when it cannot be made.
class Buffer {
 public:
  Buffer() = default;
  Buffer(const Device& device, VkDeviceSize size, VkBufferUsageFlags usage, Access access);

  [[nodiscard]] VkBuffer get() const { return buffer_.get(); }
  [[nodiscard]] VkDeviceSize size() const { return size_; }
  [[nodiscard]] std::byte* mapped() const { return memory_.mapped(); }

 private:
  Allocation memory_;
  BufferHandle buffer_;  // goes before its memory
  VkDeviceSize size_ = 0;
};

struct ImageSpec {
  VkFormat format = VK_FORMAT_UNDEFINED;
  std::uint32_t width = 0, height = 0;
  std::uint32_t layers = 1, mips = 1;
  VkSampleCountFlagBits samples = VK_SAMPLE_COUNT_1_BIT;
  VkImageUsageFlags usage = 0;
  VkImageAspectFlags aspect = VK_IMAGE_ASPECT_COLOR_BIT;
};

/// An image with its memory and a view of all its layers and mips, as an array. Throws VulkanError when it
/// cannot be made.
class Image {
 public:
  Image() = default;
  Image(const Device& device, const ImageSpec& spec);

  [[nodiscard]] VkImage get() const { return image_.get(); }
  [[nodiscard]] VkImageView view() const { return view_.get(); }
  [[nodiscard]] const ImageSpec& spec() const { return spec_; }

 private:
  ImageSpec spec_;
  Allocation memory_;
  ImageHandle image_;
  ViewHandle view_;
};

/// A view of `layers` layers of an image from `first_layer` on, as an array.
[[nodiscard]] ViewHandle make_view(VkDevice device, VkImage image, VkFormat format, VkImageAspectFlags aspect,
                                   std::uint32_t first_layer, std::uint32_t layers, std::uint32_t mips = 1);

/// One transition of a whole image between two uses.
struct Use {
  VkPipelineStageFlags2 stage;
  VkAccessFlags2 access;
  VkImageLayout layout;
};
void barrier(VkCommandBuffer commands, VkImage image, VkImageAspectFlags aspect, const Use& before,
             const Use& after);
/// What was copied into buffers before can be read by the CPU, once it has waited for the commands.
void make_copies_visible(VkCommandBuffer commands);

/// A command buffer with a pool of its own. Throws VulkanError when it cannot be made.
class Commands {
 public:
  explicit Commands(const Device& device, VkCommandPoolCreateFlags flags = 0);
  /// Starts recording anew, for one submission. What was recorded before must have run.
  void begin();
  [[nodiscard]] VkCommandBuffer get() const { return buffer_; }

 private:
  const Device* device_;
  CommandPoolHandle pool_;
  VkCommandBuffer buffer_ = VK_NULL_HANDLE;
};

/// Commands that run at once, outside frames: uploads and read-backs. Runs and waits in `run`.
class OneShot {
 public:
  explicit OneShot(const Device& device);
  [[nodiscard]] VkCommandBuffer commands() const { return commands_.get(); }
  /// Submits what was recorded and waits for it.
  void run();

 private:
  const Device* device_;
  Commands commands_;
};

}  // namespace attune::render
