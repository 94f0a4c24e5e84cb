#pragma once

#include "xr/instance.hpp"
#include "xr/swapchain.hpp"

namespace attune::xr {

/// Vulkan's instance and device by way of the runtime, which adds what it needs to what the renderer wants.
class RuntimeVulkanMaker final : public VulkanMaker {
 public:
  explicit RuntimeVulkanMaker(const Instance& instance) : instance_(instance) {}

  core::Result<VkInstance> make_instance(const VkInstanceCreateInfo& wanted) override;
  core::Result<VkPhysicalDevice> choose_device(VkInstance instance) override;
  core::Result<VkDevice> make_device(VkPhysicalDevice physical, const VkDeviceCreateInfo& wanted) override;

 private:
  const Instance& instance_;
};

}  // namespace attune::xr
