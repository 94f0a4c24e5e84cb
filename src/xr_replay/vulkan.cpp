#include "xr_replay/vulkan.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace attune::xr_replay {
namespace {

int rank(VkPhysicalDeviceType type) {
  switch (type) {
    case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU:
      return 4;
    case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU:
      return 3;
    case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU:
      return 2;
    case VK_PHYSICAL_DEVICE_TYPE_CPU:
      return 1;
    default:
      return 0;
  }
}

/// Bytes an image takes at most: all mip maps together are less than twice the largest.
std::uint64_t largest_size(const VkImageCreateInfo& info, std::uint64_t texel_bytes) {
  const std::uint64_t texels = std::uint64_t{info.extent.width} * info.extent.height * info.arrayLayers;
  return texels * static_cast<std::uint64_t>(info.samples) * texel_bytes * (info.mipLevels > 1 ? 2 : 1);
}

template <typename Function, typename Owner, typename Get>
bool load(Function& function, Get get, Owner owner, const char* name) {
  function = reinterpret_cast<Function>(get(owner, name));
  return function != nullptr;
}

}  // namespace

PFN_vkGetInstanceProcAddr system_vulkan() {
  static const auto get = [] {
    void* const library = dlopen("libvulkan.so.1", RTLD_NOW | RTLD_LOCAL);
    return library != nullptr
               ? reinterpret_cast<PFN_vkGetInstanceProcAddr>(dlsym(library, "vkGetInstanceProcAddr"))
               : nullptr;
  }();
  return get;
}

PFN_vkGetInstanceProcAddr VulkanChoice::entry(VkInstance instance) const {
  const auto own = entries_.find(instance);
  return own != entries_.end() ? own->second : system_vulkan();
}

VkPhysicalDevice VulkanChoice::device(VkInstance instance, const std::string& wanted) {
  const auto enumerate = function<PFN_vkEnumeratePhysicalDevices>(instance, "vkEnumeratePhysicalDevices");
  const auto properties_of =
      function<PFN_vkGetPhysicalDeviceProperties>(instance, "vkGetPhysicalDeviceProperties");
  if (enumerate == nullptr || properties_of == nullptr) return VK_NULL_HANDLE;
  std::uint32_t count = 0;
  if (enumerate(instance, &count, nullptr) != VK_SUCCESS) return VK_NULL_HANDLE;
  std::vector<VkPhysicalDevice> devices(count);
  if (enumerate(instance, &count, devices.data()) < VK_SUCCESS) return VK_NULL_HANDLE;
  devices.resize(count);

  if (const auto known = named_.find(instance);
      known != named_.end() && std::find(devices.begin(), devices.end(), known->second) != devices.end()) {
    return known->second;
  }
  VkPhysicalDevice best = VK_NULL_HANDLE;
  int best_rank = -1;
  for (const VkPhysicalDevice device : devices) {
    VkPhysicalDeviceProperties properties;
    properties_of(device, &properties);
    const bool asked_for = !wanted.empty() && std::strstr(properties.deviceName, wanted.c_str()) != nullptr;
    const int this_rank = asked_for ? 100 : rank(properties.deviceType);
    if (this_rank > best_rank) {
      best = device;
      best_rank = this_rank;
    }
  }
  if (best == VK_NULL_HANDLE) return best;
  // A VkInstance that was destroyed, of which nobody tells, left its device's address to this one.
  std::erase_if(named_, [&](const auto& entry) { return entry.second == best; });
  named_[instance] = best;
  return best;
}

VkInstance VulkanChoice::instance_of(VkPhysicalDevice device) const {
  for (const auto& [instance, named] : named_) {
    if (named == device) return instance;
  }
  return VK_NULL_HANDLE;
}

std::shared_ptr<VulkanDevice> VulkanDevice::open(const XrGraphicsBindingVulkanKHR& binding,
                                                 const VulkanChoice& choice) {
  const auto get_device_proc =
      choice.function<PFN_vkGetDeviceProcAddr>(binding.instance, "vkGetDeviceProcAddr");
  const auto get_families = choice.function<PFN_vkGetPhysicalDeviceQueueFamilyProperties>(
      binding.instance, "vkGetPhysicalDeviceQueueFamilyProperties");
  if (get_device_proc == nullptr || get_families == nullptr) return nullptr;

  std::uint32_t family_count = 0;
  get_families(binding.physicalDevice, &family_count, nullptr);
  std::vector<VkQueueFamilyProperties> families(family_count);
  get_families(binding.physicalDevice, &family_count, families.data());
  if (binding.queueFamilyIndex >= family_count ||
      binding.queueIndex >= families[binding.queueFamilyIndex].queueCount) {
    return nullptr;
  }

  const std::shared_ptr<VulkanDevice> opened(new VulkanDevice);
  auto& vk = opened->vk_;
  const auto of_instance = [&](VkInstance owner, const char* name) {
    return choice.function<PFN_vkVoidFunction>(owner, name);
  };
  const VkInstance instance = binding.instance;
  const VkDevice device = binding.device;
  const bool complete =
      load(vk.get_format_properties, of_instance, instance, "vkGetPhysicalDeviceFormatProperties") &&
      load(vk.get_image_format_properties, of_instance, instance,
           "vkGetPhysicalDeviceImageFormatProperties") &&
      load(vk.get_memory_properties, of_instance, instance, "vkGetPhysicalDeviceMemoryProperties") &&
      load(vk.get_queue, get_device_proc, device, "vkGetDeviceQueue") &&
      load(vk.create_image, get_device_proc, device, "vkCreateImage") &&
      load(vk.destroy_image, get_device_proc, device, "vkDestroyImage") &&
      load(vk.get_memory_requirements, get_device_proc, device, "vkGetImageMemoryRequirements") &&
      load(vk.allocate_memory, get_device_proc, device, "vkAllocateMemory") &&
      load(vk.free_memory, get_device_proc, device, "vkFreeMemory") &&
      load(vk.bind_memory, get_device_proc, device, "vkBindImageMemory") &&
      load(vk.create_pool, get_device_proc, device, "vkCreateCommandPool") &&
      load(vk.destroy_pool, get_device_proc, device, "vkDestroyCommandPool") &&
      load(vk.allocate_commands, get_device_proc, device, "vkAllocateCommandBuffers") &&
      load(vk.begin_commands, get_device_proc, device, "vkBeginCommandBuffer") &&
      load(vk.end_commands, get_device_proc, device, "vkEndCommandBuffer") &&
      load(vk.barrier, get_device_proc, device, "vkCmdPipelineBarrier") &&
      load(vk.submit, get_device_proc, device, "vkQueueSubmit") &&
      load(vk.wait_idle, get_device_proc, device, "vkQueueWaitIdle") &&
      load(vk.create_fence, get_device_proc, device, "vkCreateFence") &&
      load(vk.destroy_fence, get_device_proc, device, "vkDestroyFence") &&
      load(vk.wait_for_fences, get_device_proc, device, "vkWaitForFences") &&
      load(vk.reset_fences, get_device_proc, device, "vkResetFences");
  if (!complete) return nullptr;

  opened->physical_ = binding.physicalDevice;
  opened->device_ = device;
  vk.get_queue(device, binding.queueFamilyIndex, binding.queueIndex, &opened->queue_);
  vk.get_memory_properties(binding.physicalDevice, &opened->memory_);
  VkCommandPoolCreateInfo pool{VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO, nullptr,
                               VK_COMMAND_POOL_CREATE_TRANSIENT_BIT, binding.queueFamilyIndex};
  if (opened->queue_ == VK_NULL_HANDLE ||
      vk.create_pool(device, &pool, nullptr, &opened->pool_) != VK_SUCCESS) {
    return nullptr;
  }
  return opened;
}

VulkanDevice::~VulkanDevice() {
  if (pool_ != VK_NULL_HANDLE) vk_.destroy_pool(device_, pool_, nullptr);
}

VkFormatFeatureFlags VulkanDevice::features(VkFormat format) const {
  VkFormatProperties properties{};
  vk_.get_format_properties(physical_, format, &properties);
  return properties.optimalTilingFeatures;
}

bool VulkanDevice::can_make(const VkImageCreateInfo& info, std::uint64_t texel_bytes) const {
  VkImageFormatProperties limits{};
  if (vk_.get_image_format_properties(physical_, info.format, info.imageType, info.tiling, info.usage,
                                      info.flags, &limits) != VK_SUCCESS) {
    return false;
  }
  // What holds for every image (VkImageCreateInfo, valid usage) is no matter of the device.
  const auto mip_levels =
      static_cast<std::uint32_t>(std::bit_width(std::max(info.extent.width, info.extent.height)));
  if (info.mipLevels > mip_levels || (info.mipLevels > 1 && info.samples != VK_SAMPLE_COUNT_1_BIT))
    return false;
  return info.extent.width <= limits.maxExtent.width && info.extent.height <= limits.maxExtent.height &&
         info.mipLevels <= limits.maxMipLevels && info.arrayLayers <= limits.maxArrayLayers &&
         (limits.sampleCounts & static_cast<VkSampleCountFlags>(info.samples)) != 0 &&
         largest_size(info, texel_bytes) <= limits.maxResourceSize;
}

std::optional<VulkanDevice::Image> VulkanDevice::make(const VkImageCreateInfo& info) const {
  Image made;
  const VkFenceCreateInfo nothing_drawn{VK_STRUCTURE_TYPE_FENCE_CREATE_INFO, nullptr,
                                        VK_FENCE_CREATE_SIGNALED_BIT};
  if (vk_.create_image(device_, &info, nullptr, &made.image) != VK_SUCCESS ||
      vk_.create_fence(device_, &nothing_drawn, nullptr, &made.drawn) != VK_SUCCESS) {
    destroy(made);
    return std::nullopt;
  }
  VkMemoryRequirements needs{};
  vk_.get_memory_requirements(device_, made.image, &needs);

  std::optional<std::uint32_t> type;
  for (std::uint32_t i = 0; i < memory_.memoryTypeCount; ++i) {
    if ((needs.memoryTypeBits & (1U << i)) == 0) continue;
    const bool local = (memory_.memoryTypes[i].propertyFlags & VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT) != 0;
    if (!type || local) type = i;
    if (local) break;
  }
  // Some drivers promise more than they have.
  const auto room = [&](std::uint32_t of) {
    return memory_.memoryHeaps[memory_.memoryTypes[of].heapIndex].size;
  };
  if (type && needs.size <= room(*type)) {
    VkMemoryAllocateInfo allocate{VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO, nullptr, needs.size, *type};
    if (vk_.allocate_memory(device_, &allocate, nullptr, &made.memory) == VK_SUCCESS &&
        vk_.bind_memory(device_, made.image, made.memory, 0) == VK_SUCCESS) {
      return made;
    }
  }
  destroy(made);
  return std::nullopt;
}

void VulkanDevice::destroy(const Image& image) const {
  constexpr std::uint64_t longest_wait_ns = 10'000'000'000;  // a device that takes longer hangs
  if (image.drawn != VK_NULL_HANDLE) vk_.wait_for_fences(device_, 1, &image.drawn, VK_TRUE, longest_wait_ns);
  vk_.destroy_fence(device_, image.drawn, nullptr);
  vk_.destroy_image(device_, image.image, nullptr);
  vk_.free_memory(device_, image.memory, nullptr);
}

bool VulkanDevice::mark_drawn(const Image& image) const {
  return vk_.wait_for_fences(device_, 1, &image.drawn, VK_TRUE, UINT64_MAX) == VK_SUCCESS &&
         vk_.reset_fences(device_, 1, &image.drawn) == VK_SUCCESS &&
         vk_.submit(queue_, 0, nullptr, image.drawn) == VK_SUCCESS;
}

bool VulkanDevice::prepare(std::span<const Image> images, VkImageAspectFlags aspect,
                           VkImageLayout layout) const {
  VkCommandBufferAllocateInfo allocate{VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO, nullptr, pool_,
                                       VK_COMMAND_BUFFER_LEVEL_PRIMARY, 1};
  VkCommandBuffer commands = VK_NULL_HANDLE;
  if (vk_.allocate_commands(device_, &allocate, &commands) != VK_SUCCESS) return false;
  VkCommandBufferBeginInfo begin{VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO, nullptr,
                                 VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT, nullptr};
  if (vk_.begin_commands(commands, &begin) != VK_SUCCESS) return false;

  std::vector<VkImageMemoryBarrier> barriers;
  for (const Image& image : images) {
    VkImageMemoryBarrier barrier{VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER};
    barrier.dstAccessMask = VK_ACCESS_MEMORY_READ_BIT | VK_ACCESS_MEMORY_WRITE_BIT;
    barrier.oldLayout = VK_IMAGE_LAYOUT_UNDEFINED;
    barrier.newLayout = layout;
    barrier.srcQueueFamilyIndex = barrier.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
    barrier.image = image.image;
    barrier.subresourceRange = {aspect, 0, VK_REMAINING_MIP_LEVELS, 0, VK_REMAINING_ARRAY_LAYERS};
    barriers.push_back(barrier);
  }
  vk_.barrier(commands, VK_PIPELINE_STAGE_TOP_OF_PIPE_BIT, VK_PIPELINE_STAGE_ALL_COMMANDS_BIT, 0, 0, nullptr,
              0, nullptr, static_cast<std::uint32_t>(barriers.size()), barriers.data());
  if (vk_.end_commands(commands) != VK_SUCCESS) return false;
  VkSubmitInfo submit{VK_STRUCTURE_TYPE_SUBMIT_INFO};
  submit.commandBufferCount = 1;
  submit.pCommandBuffers = &commands;
  return vk_.submit(queue_, 1, &submit, VK_NULL_HANDLE) == VK_SUCCESS && vk_.wait_idle(queue_) == VK_SUCCESS;
}

void VulkanDevice::finish() const { vk_.wait_idle(queue_); }

}  // namespace attune::xr_replay
