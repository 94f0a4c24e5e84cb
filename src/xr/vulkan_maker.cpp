#include "xr/vulkan_maker.hpp"

#include <dlfcn.h>

#include "xr/check.hpp"

namespace attune::xr {

namespace {

/// The Vulkan loader's entry, opened once and kept: the runtime calls through it as long as the program
/// lives.
PFN_vkGetInstanceProcAddr vulkan_loader() {
  static void* const library = dlopen("libvulkan.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return nullptr;
  return reinterpret_cast<PFN_vkGetInstanceProcAddr>(dlsym(library, "vkGetInstanceProcAddr"));
}

core::Error vulkan_refused(const char* what, VkResult result) {
  return core::failed(std::string("Vulkan: ") + what + " failed (" +
                      std::to_string(static_cast<int>(result)) +
                      "): is a Vulkan 1.3 driver installed for this graphics card?");
}

}  // namespace

core::Result<VkInstance> RuntimeVulkanMaker::make_instance(const VkInstanceCreateInfo& wanted) {
  const auto loader = vulkan_loader();
  if (loader == nullptr)
    return core::failed("Vulkan: libvulkan.so.1 is missing: install the package libvulkan1");
  // The runtime must be asked which Vulkan it bears before it makes anything.
  const auto requirements =
      instance_.function<PFN_xrGetVulkanGraphicsRequirements2KHR>("xrGetVulkanGraphicsRequirements2KHR");
  const auto create = instance_.function<PFN_xrCreateVulkanInstanceKHR>("xrCreateVulkanInstanceKHR");
  if (requirements == nullptr || create == nullptr)
    return core::failed("OpenXR: the runtime's Vulkan functions are missing");
  XrGraphicsRequirementsVulkan2KHR versions{XR_TYPE_GRAPHICS_REQUIREMENTS_VULKAN2_KHR, nullptr, 0, 0};
  if (const auto asked = check(requirements(instance_.handle(), instance_.system(), &versions),
                               "asking for Vulkan's version");
      !asked) {
    return asked.error();
  }
  // Too high a least version rules Vulkan 1.3 out; the highest is only what the runtime was tried with.
  if (versions.minApiVersionSupported > XR_MAKE_VERSION(1, 3, 0xFFFFFFFFU)) {
    return core::failed("OpenXR: the runtime wants a newer Vulkan than 1.3");
  }
  XrVulkanInstanceCreateInfoKHR info{XR_TYPE_VULKAN_INSTANCE_CREATE_INFO_KHR};
  info.systemId = instance_.system();
  info.pfnGetInstanceProcAddr = loader;
  info.vulkanCreateInfo = &wanted;
  VkInstance made = VK_NULL_HANDLE;
  VkResult result = VK_SUCCESS;
  if (const auto done = check(create(instance_.handle(), &info, &made, &result), "making Vulkan's instance");
      !done) {
    return done.error();
  }
  if (result != VK_SUCCESS) return vulkan_refused("making an instance", result);
  return made;
}

core::Result<VkPhysicalDevice> RuntimeVulkanMaker::choose_device(VkInstance instance) {
  const auto choose = instance_.function<PFN_xrGetVulkanGraphicsDevice2KHR>("xrGetVulkanGraphicsDevice2KHR");
  if (choose == nullptr) return core::failed("OpenXR: the runtime's Vulkan functions are missing");
  XrVulkanGraphicsDeviceGetInfoKHR info{XR_TYPE_VULKAN_GRAPHICS_DEVICE_GET_INFO_KHR, nullptr,
                                        instance_.system(), instance};
  VkPhysicalDevice physical = VK_NULL_HANDLE;
  if (const auto done =
          check(choose(instance_.handle(), &info, &physical), "asking which graphics card the headset is on");
      !done) {
    return done.error();
  }
  return physical;
}

core::Result<VkDevice> RuntimeVulkanMaker::make_device(VkPhysicalDevice physical,
                                                       const VkDeviceCreateInfo& wanted) {
  const auto create = instance_.function<PFN_xrCreateVulkanDeviceKHR>("xrCreateVulkanDeviceKHR");
  if (create == nullptr) return core::failed("OpenXR: the runtime's Vulkan functions are missing");
  XrVulkanDeviceCreateInfoKHR info{XR_TYPE_VULKAN_DEVICE_CREATE_INFO_KHR};
  info.systemId = instance_.system();
  info.pfnGetInstanceProcAddr = vulkan_loader();
  info.vulkanPhysicalDevice = physical;
  info.vulkanCreateInfo = &wanted;
  VkDevice made = VK_NULL_HANDLE;
  VkResult result = VK_SUCCESS;
  if (const auto done = check(create(instance_.handle(), &info, &made, &result), "making Vulkan's device");
      !done) {
    return done.error();
  }
  if (result != VK_SUCCESS) return vulkan_refused("making a device", result);
  return made;
}

}  // namespace attune::xr
