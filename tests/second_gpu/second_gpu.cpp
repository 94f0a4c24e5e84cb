// A second graphics device for machines that have only one driver, or none but Mesa's for the processor: that
// driver once more, under a name of its own and as a card in a slot, which every chooser prefers. Loaded
// through a manifest, as any driver is (Vulkan loader's "Loader/Driver Interface", version 5).
#include <dlfcn.h>
#include <vulkan/vk_icd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>

namespace {

constexpr const char* name = "Second graphics card (a test)";

void* driver() {
  static void* const opened = dlopen("libvulkan_lvp.so", RTLD_NOW | RTLD_LOCAL);
  return opened;
}

template <typename Function>
Function of_driver(const char* function) {
  return driver() != nullptr ? reinterpret_cast<Function>(dlsym(driver(), function)) : nullptr;
}

PFN_vkVoidFunction below(VkInstance instance, const char* function) {
  const auto get = of_driver<PFN_vkGetInstanceProcAddr>("vk_icdGetInstanceProcAddr");
  return get != nullptr ? get(instance, function) : nullptr;
}

// Any instance of the driver gives the same functions; the loader asks for them before it calls them.
PFN_vkGetPhysicalDeviceProperties properties_below = nullptr;
PFN_vkGetPhysicalDeviceProperties2 properties2_below = nullptr;

void rename(VkPhysicalDeviceProperties& properties) {
  std::snprintf(properties.deviceName, sizeof properties.deviceName, "%s", name);
  properties.deviceType = VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU;
}

VKAPI_ATTR void VKAPI_CALL get_properties(VkPhysicalDevice device, VkPhysicalDeviceProperties* properties) {
  properties_below(device, properties);
  rename(*properties);
}

VKAPI_ATTR void VKAPI_CALL get_properties2(VkPhysicalDevice device, VkPhysicalDeviceProperties2* properties) {
  properties2_below(device, properties);
  rename(properties->properties);
}

}  // namespace

extern "C" {

__attribute__((visibility("default"))) VKAPI_ATTR VkResult VKAPI_CALL
vk_icdNegotiateLoaderICDInterfaceVersion(std::uint32_t* version) {
  const auto negotiate =
      of_driver<PFN_vkNegotiateLoaderICDInterfaceVersion>("vk_icdNegotiateLoaderICDInterfaceVersion");
  return negotiate != nullptr ? negotiate(version) : VK_ERROR_INCOMPATIBLE_DRIVER;
}

__attribute__((visibility("default"))) VKAPI_ATTR PFN_vkVoidFunction VKAPI_CALL
vk_icdGetInstanceProcAddr(VkInstance instance, const char* function) {
  const auto found = below(instance, function);
  const auto is = [&](const char* wanted) { return found != nullptr && std::strcmp(function, wanted) == 0; };
  if (is("vkGetPhysicalDeviceProperties")) {
    properties_below = reinterpret_cast<PFN_vkGetPhysicalDeviceProperties>(found);
    return reinterpret_cast<PFN_vkVoidFunction>(get_properties);
  }
  if (is("vkGetPhysicalDeviceProperties2") || is("vkGetPhysicalDeviceProperties2KHR")) {
    properties2_below = reinterpret_cast<PFN_vkGetPhysicalDeviceProperties2>(found);
    return reinterpret_cast<PFN_vkVoidFunction>(get_properties2);
  }
  return found;
}

}  // extern "C"
