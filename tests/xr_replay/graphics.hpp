#pragma once

#include <volk.h>

#include <string>
#include <vector>

#include "rig.hpp"

namespace attune::xr_replay::test {

/// A Vulkan device made through the runtime, under the validation layer, and a session on it.
class Graphics {
 public:
  /// `next` is chained to every structure that the runtime gets on the way.
  explicit Graphics(const Rig& rig, void* next = nullptr);
  ~Graphics();
  Graphics(const Graphics&) = delete;
  Graphics& operator=(const Graphics&) = delete;

  [[nodiscard]] XrGraphicsBindingVulkan2KHR binding() const;
  /// A swapchain of 64 × 64 in the runtime's first format, changed by the test before it is made.
  [[nodiscard]] XrSwapchainCreateInfo swapchain_info() const;
  /// Runs frames until pictures are wanted, and leaves the last one begun.
  [[nodiscard]] XrFrameState begin_visible_frame() const;
  /// Does something that the validation layer complains about.
  void provoke() const;

  XrSession session = XR_NULL_HANDLE;
  std::vector<std::string> complaints;  ///< of the validation layer

  VkInstance instance = VK_NULL_HANDLE;
  VkPhysicalDevice physical = VK_NULL_HANDLE;
  VkDevice device = VK_NULL_HANDLE;
  VkDeviceCreateInfo device_info{VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO};  ///< that it was made by

 private:
  void create_instance(const Rig& rig, const void* next);
  void create_device(const Rig& rig, const void* next);
  const float priority_ = 1.0F;
  VkDeviceQueueCreateInfo queue_{VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO};
  VkDebugUtilsMessengerEXT messenger_ = VK_NULL_HANDLE;
};

[[nodiscard]] std::vector<std::int64_t> formats_of(XrSession session);
[[nodiscard]] XrResult acquire_wait_release(XrSwapchain swapchain);

}  // namespace attune::xr_replay::test
