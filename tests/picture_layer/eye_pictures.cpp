#include "picture_layer/eye_pictures.hpp"

#include <dlfcn.h>

#include <cstring>

namespace attune::picture_layer {
namespace {

constexpr VkFormat float_format = VK_FORMAT_R32G32B32A32_SFLOAT;
constexpr std::size_t pixel_bytes = 4 * sizeof(float);

/// Vulkan's functions, by name.
struct Vulkan {
  explicit Vulkan(const Graphics& graphics) : graphics_(graphics) {
    void* const loader = dlopen("libvulkan.so.1", RTLD_NOW | RTLD_LOCAL);
    get_ = reinterpret_cast<PFN_vkGetInstanceProcAddr>(dlsym(loader, "vkGetInstanceProcAddr"));
  }
  template <typename Function>
  Function of(const char* name) const {
    return reinterpret_cast<Function>(get_(graphics_.instance, name));
  }

 private:
  const Graphics& graphics_;
  PFN_vkGetInstanceProcAddr get_ = nullptr;
};
// A function under its own name, so that calls read as Vulkan's do.
#define ATTUNE_USE(vk, name) const auto name = (vk).of<PFN_##name>(#name)

std::uint32_t memory_type(const Vulkan& vk, VkPhysicalDevice physical, std::uint32_t allowed,
                          VkMemoryPropertyFlags wanted) {
  ATTUNE_USE(vk, vkGetPhysicalDeviceMemoryProperties);
  VkPhysicalDeviceMemoryProperties memory{};
  vkGetPhysicalDeviceMemoryProperties(physical, &memory);
  for (std::uint32_t i = 0; i < memory.memoryTypeCount; ++i) {
    if ((allowed >> i & 1U) != 0 && (memory.memoryTypes[i].propertyFlags & wanted) == wanted) return i;
  }
  return 0;
}

VkDeviceMemory allocate(const Vulkan& vk, const Graphics& graphics, const VkMemoryRequirements& needs,
                        VkMemoryPropertyFlags wanted) {
  ATTUNE_USE(vk, vkAllocateMemory);
  const VkMemoryAllocateInfo info{VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO, nullptr, needs.size,
                                  memory_type(vk, graphics.physical, needs.memoryTypeBits, wanted)};
  VkDeviceMemory memory = VK_NULL_HANDLE;
  return vkAllocateMemory(graphics.device, &info, nullptr, &memory) == VK_SUCCESS ? memory : VK_NULL_HANDLE;
}

VkImageMemoryBarrier change(VkImage image, VkAccessFlags from, VkAccessFlags to, VkImageLayout before,
                            VkImageLayout after) {
  return {VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER,
          nullptr,
          from,
          to,
          before,
          after,
          VK_QUEUE_FAMILY_IGNORED,
          VK_QUEUE_FAMILY_IGNORED,
          image,
          {VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, VK_REMAINING_ARRAY_LAYERS}};
}

/// Blit into floats, copy into the buffer.
void record(const Vulkan& vk, VkCommandBuffer commands, const Part& part, VkImage floats, VkBuffer buffer) {
  ATTUNE_USE(vk, vkCmdPipelineBarrier);
  ATTUNE_USE(vk, vkCmdBlitImage);
  ATTUNE_USE(vk, vkCmdCopyImageToBuffer);
  constexpr auto source = VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, target = VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL,
                 handed_over = VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL;
  const auto wait_for = [&](const VkImageMemoryBarrier& barrier) {
    vkCmdPipelineBarrier(commands, VK_PIPELINE_STAGE_ALL_COMMANDS_BIT, VK_PIPELINE_STAGE_ALL_COMMANDS_BIT, 0,
                         0, nullptr, 0, nullptr, 1, &barrier);
  };
  wait_for(change(part.image, VK_ACCESS_MEMORY_WRITE_BIT, VK_ACCESS_TRANSFER_READ_BIT, handed_over, source));
  wait_for(change(floats, 0, VK_ACCESS_TRANSFER_WRITE_BIT, VK_IMAGE_LAYOUT_UNDEFINED, target));
  const auto [width, height] = part.size;
  const VkOffset3D first{part.offset.x, part.offset.y, 0};
  const VkOffset3D size{static_cast<std::int32_t>(width), static_cast<std::int32_t>(height), 1};
  const VkImageBlit blit{{VK_IMAGE_ASPECT_COLOR_BIT, 0, part.layer, 1},
                         {first, {first.x + size.x, first.y + size.y, 1}},
                         {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1},
                         {{0, 0, 0}, size}};
  vkCmdBlitImage(commands, part.image, source, floats, target, 1, &blit, VK_FILTER_NEAREST);
  wait_for(change(floats, VK_ACCESS_TRANSFER_WRITE_BIT, VK_ACCESS_TRANSFER_READ_BIT, target, source));
  const VkBufferImageCopy copy{0, 0, 0, {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1}, {0, 0, 0}, {width, height, 1}};
  vkCmdCopyImageToBuffer(commands, floats, source, buffer, 1, &copy);
  wait_for(change(part.image, VK_ACCESS_TRANSFER_READ_BIT, VK_ACCESS_MEMORY_READ_BIT, source, handed_over));
}

bool run(const Vulkan& vk, const Graphics& graphics, const Part& part, VkImage floats, VkBuffer buffer) {
  ATTUNE_USE(vk, vkGetDeviceQueue);
  ATTUNE_USE(vk, vkCreateCommandPool);
  ATTUNE_USE(vk, vkDestroyCommandPool);
  ATTUNE_USE(vk, vkAllocateCommandBuffers);
  ATTUNE_USE(vk, vkBeginCommandBuffer);
  ATTUNE_USE(vk, vkEndCommandBuffer);
  ATTUNE_USE(vk, vkQueueSubmit);
  ATTUNE_USE(vk, vkQueueWaitIdle);
  VkQueue queue = VK_NULL_HANDLE;
  vkGetDeviceQueue(graphics.device, graphics.queue_family, graphics.queue_index, &queue);
  const VkCommandPoolCreateInfo of_pool{VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO, nullptr, 0,
                                        graphics.queue_family};
  VkCommandPool pool = VK_NULL_HANDLE;
  if (vkCreateCommandPool(graphics.device, &of_pool, nullptr, &pool) != VK_SUCCESS) return false;
  const VkCommandBufferAllocateInfo one{VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO, nullptr, pool,
                                        VK_COMMAND_BUFFER_LEVEL_PRIMARY, 1};
  VkCommandBuffer commands = VK_NULL_HANDLE;
  vkAllocateCommandBuffers(graphics.device, &one, &commands);
  const VkCommandBufferBeginInfo once{VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO, nullptr,
                                      VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT, nullptr};
  vkBeginCommandBuffer(commands, &once);
  record(vk, commands, part, floats, buffer);
  vkEndCommandBuffer(commands);
  VkSubmitInfo submit{VK_STRUCTURE_TYPE_SUBMIT_INFO};
  submit.commandBufferCount = 1;
  submit.pCommandBuffers = &commands;
  const bool done =
      vkQueueSubmit(queue, 1, &submit, VK_NULL_HANDLE) == VK_SUCCESS && vkQueueWaitIdle(queue) == VK_SUCCESS;
  vkDestroyCommandPool(graphics.device, pool, nullptr);
  return done;
}

}  // namespace

std::optional<std::vector<float>> light_seen(const Graphics& graphics, const Part& part) {
  const Vulkan vk(graphics);
  ATTUNE_USE(vk, vkCreateImage);
  ATTUNE_USE(vk, vkDestroyImage);
  ATTUNE_USE(vk, vkGetImageMemoryRequirements);
  ATTUNE_USE(vk, vkBindImageMemory);
  ATTUNE_USE(vk, vkCreateBuffer);
  ATTUNE_USE(vk, vkDestroyBuffer);
  ATTUNE_USE(vk, vkGetBufferMemoryRequirements);
  ATTUNE_USE(vk, vkBindBufferMemory);
  ATTUNE_USE(vk, vkMapMemory);
  ATTUNE_USE(vk, vkFreeMemory);
  const auto [width, height] = part.size;
  VkImageCreateInfo of_image{VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO};
  of_image.imageType = VK_IMAGE_TYPE_2D;
  of_image.format = float_format;
  of_image.extent = {width, height, 1};
  of_image.mipLevels = of_image.arrayLayers = 1;
  of_image.samples = VK_SAMPLE_COUNT_1_BIT;
  of_image.usage = VK_IMAGE_USAGE_TRANSFER_SRC_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  VkBufferCreateInfo of_buffer{VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO};
  of_buffer.size = pixel_bytes * width * height;
  of_buffer.usage = VK_BUFFER_USAGE_TRANSFER_DST_BIT;

  VkImage floats = VK_NULL_HANDLE;
  VkBuffer buffer = VK_NULL_HANDLE;
  if (vkCreateImage(graphics.device, &of_image, nullptr, &floats) != VK_SUCCESS ||
      vkCreateBuffer(graphics.device, &of_buffer, nullptr, &buffer) != VK_SUCCESS)
    return std::nullopt;
  VkMemoryRequirements needs{};
  vkGetImageMemoryRequirements(graphics.device, floats, &needs);
  const auto image_memory = allocate(vk, graphics, needs, 0);
  vkBindImageMemory(graphics.device, floats, image_memory, 0);
  vkGetBufferMemoryRequirements(graphics.device, buffer, &needs);
  const auto buffer_memory = allocate(
      vk, graphics, needs, VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT);
  vkBindBufferMemory(graphics.device, buffer, buffer_memory, 0);

  std::optional<std::vector<float>> light;
  void* mapped = nullptr;
  if (run(vk, graphics, part, floats, buffer) &&
      vkMapMemory(graphics.device, buffer_memory, 0, VK_WHOLE_SIZE, 0, &mapped) == VK_SUCCESS) {
    light.emplace(std::size_t{4} * width * height);
    std::memcpy(light->data(), mapped, of_buffer.size);
  }
  vkDestroyBuffer(graphics.device, buffer, nullptr);
  vkDestroyImage(graphics.device, floats, nullptr);
  vkFreeMemory(graphics.device, buffer_memory, nullptr);
  vkFreeMemory(graphics.device, image_memory, nullptr);
  return light;
}

std::string name_of(const Graphics& graphics) {
  const Vulkan vk(graphics);
  ATTUNE_USE(vk, vkGetPhysicalDeviceProperties);
  VkPhysicalDeviceProperties properties{};
  vkGetPhysicalDeviceProperties(graphics.physical, &properties);
  return properties.deviceName;
}

}  // namespace attune::picture_layer
