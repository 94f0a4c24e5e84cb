#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "xr_replay/openxr.hpp"

namespace attune::xr_replay {

/// `vkGetInstanceProcAddr` of the system's Vulkan loader; null when there is none.
[[nodiscard]] PFN_vkGetInstanceProcAddr system_vulkan();

/// Which Vulkan device programs of one XrInstance are to use, and how its functions are reached.
class VulkanChoice {
 public:
  /// What the program must have asked for before it makes a session.
  bool requirements_read = false;

  /// The program's own entry to a VkInstance, as XR_KHR_vulkan_enable2 hands it over.
  void remember(VkInstance instance, PFN_vkGetInstanceProcAddr get_proc) { entries_[instance] = get_proc; }
  /// The function of an instance; null when there is none of that name.
  template <typename Function>
  [[nodiscard]] Function function(VkInstance instance, const char* name) const {
    const PFN_vkGetInstanceProcAddr get = entry(instance);
    return get != nullptr ? reinterpret_cast<Function>(get(instance, name)) : nullptr;
  }
  /// The device that programs are told to use: the first whose name holds `wanted`, else the most capable
  /// one. Always the same for an instance. Null: it has none.
  [[nodiscard]] VkPhysicalDevice device(VkInstance instance, const std::string& wanted);
  /// The VkInstance whose device was named to the program; null for any other device.
  [[nodiscard]] VkInstance instance_of(VkPhysicalDevice device) const;

 private:
  [[nodiscard]] PFN_vkGetInstanceProcAddr entry(VkInstance instance) const;

  std::map<VkInstance, PFN_vkGetInstanceProcAddr> entries_;
  std::map<VkInstance, VkPhysicalDevice> named_;
};

/// The program's device and queue, and the few functions of it that swapchains need. The queue is the
/// program's: it may only be touched in xrBeginFrame, xrEndFrame, xrAcquireSwapchainImage and
/// xrReleaseSwapchainImage (XR_KHR_vulkan_enable2, "Concurrency").
class VulkanDevice {
 public:
  /// Null: something in the binding is not what it says, or lacks a function.
  [[nodiscard]] static std::shared_ptr<VulkanDevice> open(const XrGraphicsBindingVulkanKHR& binding,
                                                          const VulkanChoice& choice);
  ~VulkanDevice();
  VulkanDevice(const VulkanDevice&) = delete;
  VulkanDevice& operator=(const VulkanDevice&) = delete;

  struct Image {
    VkImage image = VK_NULL_HANDLE;
    VkDeviceMemory memory = VK_NULL_HANDLE;
    VkFence drawn =
        VK_NULL_HANDLE;  ///< signalled when what the program drew into it before its release is done
  };

  [[nodiscard]] VkFormatFeatureFlags features(VkFormat format) const;
  /// Whether the device can make such an image, of texels of that size, at all.
  [[nodiscard]] bool can_make(const VkImageCreateInfo& info, std::uint64_t texel_bytes) const;
  /// An image with memory of its own. Nothing: out of memory.
  [[nodiscard]] std::optional<Image> make(const VkImageCreateInfo& info) const;
  /// Waits until what was drawn into it is done. Does not touch the queue.
  void destroy(const Image& image) const;
  /// The program has submitted all it draws into the image. False: the device failed.
  [[nodiscard]] bool mark_drawn(const Image& image) const;
  /// Brings fresh images into `layout`, and waits until they are. False: the device failed.
  [[nodiscard]] bool prepare(std::span<const Image> images, VkImageAspectFlags aspect,
                             VkImageLayout layout) const;
  /// Waits until the queue has done all that was submitted.
  void finish() const;

 private:
  VulkanDevice() = default;

  struct Functions {
    PFN_vkGetPhysicalDeviceFormatProperties get_format_properties;
    PFN_vkGetPhysicalDeviceImageFormatProperties get_image_format_properties;
    PFN_vkGetPhysicalDeviceMemoryProperties get_memory_properties;
    PFN_vkGetDeviceQueue get_queue;
    PFN_vkCreateImage create_image;
    PFN_vkDestroyImage destroy_image;
    PFN_vkGetImageMemoryRequirements get_memory_requirements;
    PFN_vkAllocateMemory allocate_memory;
    PFN_vkFreeMemory free_memory;
    PFN_vkBindImageMemory bind_memory;
    PFN_vkCreateCommandPool create_pool;
    PFN_vkDestroyCommandPool destroy_pool;
    PFN_vkAllocateCommandBuffers allocate_commands;
    PFN_vkBeginCommandBuffer begin_commands;
    PFN_vkEndCommandBuffer end_commands;
    PFN_vkCmdPipelineBarrier barrier;
    PFN_vkQueueSubmit submit;
    PFN_vkQueueWaitIdle wait_idle;
    PFN_vkCreateFence create_fence;
    PFN_vkDestroyFence destroy_fence;
    PFN_vkWaitForFences wait_for_fences;
    PFN_vkResetFences reset_fences;
  };
  Functions vk_{};
  VkPhysicalDevice physical_ = VK_NULL_HANDLE;
  VkDevice device_ = VK_NULL_HANDLE;
  VkQueue queue_ = VK_NULL_HANDLE;
  VkCommandPool pool_ = VK_NULL_HANDLE;
  VkPhysicalDeviceMemoryProperties memory_{};
};

}  // namespace attune::xr_replay
