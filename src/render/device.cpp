#include "attune/render/device.hpp"

#include <spdlog/spdlog.h>

#include "render/device_choice.hpp"
#include "render/handle.hpp"
#include "render/memory.hpp"
#include "render/pipeline_cache.hpp"
#include "render/validation.hpp"

namespace attune::render {
namespace {

class OwnedInstance {
 public:
  OwnedInstance(VkInstance instance, ValidationLog* log) : instance_(instance) {
    if (log == nullptr || vkCreateDebugUtilsMessengerEXT == nullptr) return;
    const auto info = messenger_info(*log);
    check(vkCreateDebugUtilsMessengerEXT(instance, &info, nullptr, &messenger_),
          "listen to the validation layer");
  }
  OwnedInstance(const OwnedInstance&) = delete;
  OwnedInstance& operator=(const OwnedInstance&) = delete;
  ~OwnedInstance() {
    if (messenger_ != VK_NULL_HANDLE) vkDestroyDebugUtilsMessengerEXT(instance_, messenger_, nullptr);
    vkDestroyInstance(instance_, nullptr);
  }

 private:
  VkInstance instance_;
  VkDebugUtilsMessengerEXT messenger_ = VK_NULL_HANDLE;
};

class OwnedDevice {
 public:
  explicit OwnedDevice(VkDevice device) : device_(device) {}
  OwnedDevice(const OwnedDevice&) = delete;
  OwnedDevice& operator=(const OwnedDevice&) = delete;
  ~OwnedDevice() { vkDestroyDevice(device_, nullptr); }

 private:
  VkDevice device_;
};

constexpr const char* no_device =
    "no Vulkan device on this machine: install a driver (Debian: mesa-vulkan-drivers has one for every "
    "processor)";

std::vector<VkPhysicalDevice> physical_devices(VkInstance instance) {
  std::uint32_t count = 0;
  vkEnumeratePhysicalDevices(instance, &count, nullptr);
  std::vector<VkPhysicalDevice> devices(count);
  vkEnumeratePhysicalDevices(instance, &count, devices.data());
  devices.resize(count);
  return devices;
}

int rank(VkPhysicalDevice physical) {
  VkPhysicalDeviceProperties properties{};
  vkGetPhysicalDeviceProperties(physical, &properties);
  switch (properties.deviceType) {
    case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU:
      return 4;
    case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU:
      return 3;
    case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU:
      return 2;
    default:
      return 1;
  }
}

core::Result<VkInstance> make_instance(const InstanceRequest& request) {
  VkInstance instance = VK_NULL_HANDLE;
  const auto result = vkCreateInstance(&request.create_info(), nullptr, &instance);
  if (result == VK_ERROR_INCOMPATIBLE_DRIVER) return core::failed(no_device);
  if (result != VK_SUCCESS) return core::failed(std::string("could not start Vulkan: ") + words(result));
  volkLoadInstance(instance);
  return instance;
}

}  // namespace

struct Device::State {
  std::shared_ptr<ValidationLog> log;
  DeviceHandles handles;
  OwnedInstance instance;
  OwnedDevice device;
  VkQueue queue = VK_NULL_HANDLE;
  std::string description;
  double timestamp_ns = 0.0;
  MemoryArena memory;
  PipelineCache cache;

  State(const DeviceHandles& made, std::shared_ptr<ValidationLog> to)
      : log(std::move(to)),
        handles(made),
        instance(made.instance, log.get()),
        device(made.device),
        description(describe(made.physical)),
        memory(made.physical, made.device),
        cache(made.physical, made.device) {
    vkGetDeviceQueue(made.device, made.queue_family, 0, &queue);
    VkPhysicalDeviceProperties properties{};
    vkGetPhysicalDeviceProperties(made.physical, &properties);
    std::uint32_t count = 0;
    vkGetPhysicalDeviceQueueFamilyProperties(made.physical, &count, nullptr);
    std::vector<VkQueueFamilyProperties> families(count);
    vkGetPhysicalDeviceQueueFamilyProperties(made.physical, &count, families.data());
    if (families.at(made.queue_family).timestampValidBits > 0)
      timestamp_ns = static_cast<double>(properties.limits.timestampPeriod);
  }
};

Device::Device(std::unique_ptr<State> state) : state_(std::move(state)) {}
Device::Device(Device&&) noexcept = default;
Device& Device::operator=(Device&&) noexcept = default;

Device::~Device() {
  if (!state_) return;
  vkDeviceWaitIdle(state_->handles.device);
  if (const auto saved = state_->cache.save(); !saved) spdlog::debug("{}", saved.error().message);
}

core::Result<Device> Device::adopt(const DeviceHandles& handles, const InstanceRequest& request) {
  volkLoadInstance(handles.instance);
  try {
    return Device(std::make_unique<State>(handles, request.log()));
  } catch (const VulkanError& error) {
    return core::failed(error.what());
  }
}

core::Result<Device> Device::offscreen(const InstanceOptions& options) {
  auto request = InstanceRequest::make(options);
  if (!request) return request.error();
  auto instance = make_instance(*request);
  if (!instance) return instance.error();

  VkPhysicalDevice best = VK_NULL_HANDLE;
  std::string refused;
  for (auto* physical : physical_devices(*instance)) {
    if (const auto lacking = what_it_lacks(physical); !lacking.empty())
      refused += "; '" + describe(physical) + "' lacks " + lacking;
    else if (best == VK_NULL_HANDLE || rank(physical) > rank(best))
      best = physical;
  }
  if (best == VK_NULL_HANDLE) {
    vkDestroyInstance(*instance, nullptr);
    return core::failed(refused.empty() ? no_device : "no usable Vulkan device on this machine" + refused);
  }
  auto wanted = DeviceRequest::make(*instance, best);
  VkDevice device = VK_NULL_HANDLE;
  const auto result = wanted ? vkCreateDevice(best, &wanted->create_info(), nullptr, &device) : VK_SUCCESS;
  if (!wanted || result != VK_SUCCESS) {
    const auto name = describe(best);
    vkDestroyInstance(*instance, nullptr);
    if (!wanted) return wanted.error();
    return core::failed("could not open the graphics device '" + name + "': " + words(result));
  }
  return adopt({*instance, best, device, wanted->queue_family()}, *request);
}

VkInstance Device::instance() const { return state_->handles.instance; }
VkPhysicalDevice Device::physical() const { return state_->handles.physical; }
VkDevice Device::handle() const { return state_->handles.device; }
std::uint32_t Device::queue_family() const { return state_->handles.queue_family; }
VkQueue Device::queue() const { return state_->queue; }
VkPipelineCache Device::pipeline_cache() const { return state_->cache.get(); }
MemoryArena& Device::memory() const { return state_->memory; }
const std::string& Device::description() const { return state_->description; }
double Device::timestamp_ns() const { return state_->timestamp_ns; }
ValidationLog* Device::validation() const { return state_->log.get(); }
void Device::wait_idle() const { vkDeviceWaitIdle(state_->handles.device); }
core::Result<void> Device::save_pipeline_cache() const { return state_->cache.save(); }

core::Result<std::vector<DeviceDescription>> describe_devices() {
  auto request = InstanceRequest::make({.application = "Attune", .validation = false});
  if (!request) return request.error();
  auto instance = make_instance(*request);
  if (!instance) return instance.error();
  std::vector<DeviceDescription> all;
  for (auto* physical : physical_devices(*instance)) all.push_back(describe_device(physical));
  vkDestroyInstance(*instance, nullptr);
  return all;
}

}  // namespace attune::render
