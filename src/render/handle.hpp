#pragma once

#include <volk.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace attune::render {

/// Inside the module a failing Vulkan call throws; the public functions turn it into a `core::Error`.
class VulkanError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A result code in Vulkan's own words.
[[nodiscard]] const char* words(VkResult result);

/// Throws "could not WHAT: CODE" unless the call succeeded.
inline void check(VkResult result, const char* what) {
  if (result != VK_SUCCESS) throw VulkanError(std::string("could not ") + what + ": " + words(result));
}

/// Owns a Vulkan object of a device and destroys it with `*Destroy`, volk's pointer to the function.
template <typename T, auto* Destroy>
class Handle {
 public:
  Handle() = default;
  Handle(VkDevice device, T handle) : device_(device), handle_(handle) {}
  Handle(Handle&& other) noexcept : device_(other.device_), handle_(std::exchange(other.handle_, T{})) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      reset();
      device_ = other.device_;
      handle_ = std::exchange(other.handle_, T{});
    }
    return *this;
  }
  ~Handle() { reset(); }

  [[nodiscard]] T get() const { return handle_; }
  explicit operator bool() const { return handle_ != T{}; }

 private:
  void reset() {
    if (handle_ != T{}) (*Destroy)(device_, handle_, nullptr);
    handle_ = T{};
  }

  VkDevice device_ = VK_NULL_HANDLE;
  T handle_{};
};

using BufferHandle = Handle<VkBuffer, &vkDestroyBuffer>;
using ImageHandle = Handle<VkImage, &vkDestroyImage>;
using ViewHandle = Handle<VkImageView, &vkDestroyImageView>;
using SamplerHandle = Handle<VkSampler, &vkDestroySampler>;
using MemoryHandle = Handle<VkDeviceMemory, &vkFreeMemory>;
using PipelineHandle = Handle<VkPipeline, &vkDestroyPipeline>;
using PipelineLayoutHandle = Handle<VkPipelineLayout, &vkDestroyPipelineLayout>;
using SetLayoutHandle = Handle<VkDescriptorSetLayout, &vkDestroyDescriptorSetLayout>;
using DescriptorPoolHandle = Handle<VkDescriptorPool, &vkDestroyDescriptorPool>;
using ShaderHandle = Handle<VkShaderModule, &vkDestroyShaderModule>;
using CommandPoolHandle = Handle<VkCommandPool, &vkDestroyCommandPool>;
using SemaphoreHandle = Handle<VkSemaphore, &vkDestroySemaphore>;
using QueryPoolHandle = Handle<VkQueryPool, &vkDestroyQueryPool>;
using PipelineCacheHandle = Handle<VkPipelineCache, &vkDestroyPipelineCache>;

}  // namespace attune::render
