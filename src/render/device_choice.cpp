#include "render/device_choice.hpp"

#include <array>
#include <vector>

#include "attune/render/device.hpp"
#include "render/handle.hpp"

namespace attune::render {
namespace {

/// The features we use, as Vulkan chains them: each in a structure of its own and not in those of a whole
/// version, because an OpenXR runtime adds what it needs to our chain, and one feature may be named there
/// once only (VUID-VkDeviceCreateInfo-pNext-02830 and its like).
struct Features {
  VkPhysicalDeviceDynamicRenderingFeatures rendering{};
  VkPhysicalDeviceSynchronization2Features synchronization{};
  VkPhysicalDeviceTimelineSemaphoreFeatures time_lines{};
  VkPhysicalDeviceMultiviewFeatures views{};
  VkPhysicalDeviceFeatures2 all{};

  Features() {
    rendering.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DYNAMIC_RENDERING_FEATURES;
    synchronization.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SYNCHRONIZATION_2_FEATURES;
    time_lines.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_TIMELINE_SEMAPHORE_FEATURES;
    views.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MULTIVIEW_FEATURES;
    all.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2;
    all.pNext = &views;
    views.pNext = &time_lines;
    time_lines.pNext = &synchronization;
    synchronization.pNext = &rendering;
  }
  Features(const Features&) = delete;
  Features& operator=(const Features&) = delete;
};

}  // namespace

std::string what_it_lacks(VkPhysicalDevice physical) {
  VkPhysicalDeviceProperties properties{};
  vkGetPhysicalDeviceProperties(physical, &properties);
  if (properties.apiVersion < VK_API_VERSION_1_3) return "Vulkan 1.3 (a newer driver may bring it)";
  Features has;
  vkGetPhysicalDeviceFeatures2(physical, &has.all);
  if (has.rendering.dynamicRendering == VK_FALSE) return "dynamic rendering";
  if (has.synchronization.synchronization2 == VK_FALSE) return "synchronization2";
  if (has.time_lines.timelineSemaphore == VK_FALSE) return "timeline semaphores";
  if (has.views.multiview == VK_FALSE) return "multiview";
  if (graphics_family(physical) < 0) return "a graphics queue";
  return "";
}

int graphics_family(VkPhysicalDevice physical) {
  std::uint32_t count = 0;
  vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, nullptr);
  std::vector<VkQueueFamilyProperties> families(count);
  vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, families.data());
  for (std::uint32_t i = 0; i < count; ++i) {
    if ((families[i].queueFlags & VK_QUEUE_GRAPHICS_BIT) != 0) return static_cast<int>(i);
  }
  return -1;
}

std::string describe(VkPhysicalDevice physical) {
  VkPhysicalDeviceDriverProperties driver{};
  driver.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DRIVER_PROPERTIES;
  VkPhysicalDeviceProperties2 properties{};
  properties.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2;
  VkPhysicalDeviceProperties basic{};
  vkGetPhysicalDeviceProperties(physical, &basic);
  const auto version = std::to_string(VK_API_VERSION_MAJOR(basic.apiVersion)) + "." +
                       std::to_string(VK_API_VERSION_MINOR(basic.apiVersion));
  std::string text = std::string(basic.deviceName) + ", Vulkan " + version;
  if (basic.apiVersion >= VK_API_VERSION_1_2) {
    properties.pNext = &driver;
    vkGetPhysicalDeviceProperties2(physical, &properties);
    text += std::string(", ") + driver.driverName + " " + driver.driverInfo;
  }
  return text;
}

DeviceDescription describe_device(VkPhysicalDevice physical) {
  VkPhysicalDeviceProperties properties{};
  vkGetPhysicalDeviceProperties(physical, &properties);
  return {describe(physical), what_it_lacks(physical), properties.deviceType == VK_PHYSICAL_DEVICE_TYPE_CPU};
}

struct DeviceRequest::State {
  std::uint32_t family = 0;
  float priority = 1.0F;
  Features features;
  VkDeviceQueueCreateInfo queue{};
  VkDeviceCreateInfo info{};
};

DeviceRequest::DeviceRequest(std::unique_ptr<State> state) : state_(std::move(state)) {}
DeviceRequest::DeviceRequest(DeviceRequest&&) noexcept = default;
DeviceRequest& DeviceRequest::operator=(DeviceRequest&&) noexcept = default;
DeviceRequest::~DeviceRequest() = default;

core::Result<DeviceRequest> DeviceRequest::make(VkInstance instance, VkPhysicalDevice physical) {
  volkLoadInstance(instance);
  if (const auto lacking = what_it_lacks(physical); !lacking.empty())
    return core::failed("the graphics device '" + describe(physical) + "' cannot be used: it lacks " +
                        lacking);
  auto state = std::make_unique<State>();
  Features has;
  vkGetPhysicalDeviceFeatures2(physical, &has.all);
  auto& want = state->features;
  want.rendering.dynamicRendering = VK_TRUE;
  want.synchronization.synchronization2 = VK_TRUE;
  want.time_lines.timelineSemaphore = VK_TRUE;
  want.views.multiview = VK_TRUE;
  want.all.features.depthClamp =
      has.all.features.depthClamp;  // shadow casters outside the map's depth still cast
  want.all.features.samplerAnisotropy = has.all.features.samplerAnisotropy;  // text seen at a slant
  state->family = static_cast<std::uint32_t>(graphics_family(physical));
  state->queue.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO;
  state->queue.queueFamilyIndex = state->family;
  state->queue.queueCount = 1;
  state->queue.pQueuePriorities = &state->priority;
  state->info.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO;
  state->info.pNext = &want.all;
  state->info.queueCreateInfoCount = 1;
  state->info.pQueueCreateInfos = &state->queue;
  return DeviceRequest(std::move(state));
}

const VkDeviceCreateInfo& DeviceRequest::create_info() const { return state_->info; }
std::uint32_t DeviceRequest::queue_family() const { return state_->family; }

}  // namespace attune::render
