#include "xr_replay/api.hpp"
#include "xr_replay/system.hpp"

namespace attune::xr_replay::api {

// The runtime shows nothing and shares no memory with another process, so it needs no extension of Vulkan at
// all: both lists are empty.

XrResult XRAPI_CALL GetVulkanInstanceExtensionsKHR(XrInstance handle, XrSystemId systemId, uint32_t capacity,
                                                   uint32_t* count, char* buffer) {
  return enter<Instance>("xrGetVulkanInstanceExtensionsKHR", handle, [&](Instance&, Call& call) {
    if (const XrResult bad = check_system(systemId, call); XR_FAILED(bad)) return bad;
    return call.text(capacity, count, buffer, "");
  });
}

XrResult XRAPI_CALL GetVulkanDeviceExtensionsKHR(XrInstance handle, XrSystemId systemId, uint32_t capacity,
                                                 uint32_t* count, char* buffer) {
  return enter<Instance>("xrGetVulkanDeviceExtensionsKHR", handle, [&](Instance&, Call& call) {
    if (const XrResult bad = check_system(systemId, call); XR_FAILED(bad)) return bad;
    return call.text(capacity, count, buffer, "");
  });
}

XrResult XRAPI_CALL GetVulkanGraphicsDeviceKHR(XrInstance handle, XrSystemId systemId, VkInstance vkInstance,
                                               VkPhysicalDevice* vkPhysicalDevice) {
  return enter<Instance>("xrGetVulkanGraphicsDeviceKHR", handle, [&](Instance& instance, Call& call) {
    if (const XrResult bad = check_system(systemId, call); XR_FAILED(bad)) return bad;
    if (vkInstance == VK_NULL_HANDLE || vkPhysicalDevice == nullptr) {
      return call.invalid("vkInstance or vkPhysicalDevice is null");
    }
    const VkPhysicalDevice device = instance.vulkan.device(vkInstance, instance.settings.vulkan_device);
    if (device == VK_NULL_HANDLE) return call.fail(XR_ERROR_RUNTIME_FAILURE, "the VkInstance has no device");
    *vkPhysicalDevice = device;
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL GetVulkanGraphicsRequirementsKHR(XrInstance handle, XrSystemId systemId,
                                                     XrGraphicsRequirementsVulkanKHR* requirements) {
  return enter<Instance>("xrGetVulkanGraphicsRequirementsKHR", handle, [&](Instance& instance, Call& call) {
    if (const XrResult bad = check_system(systemId, call); XR_FAILED(bad)) return bad;
    if (!is(requirements, XR_TYPE_GRAPHICS_REQUIREMENTS_VULKAN_KHR)) {
      return call.invalid("graphicsRequirements is null or mistyped");
    }
    requirements->minApiVersionSupported = XR_MAKE_VERSION(1, 0, 0);
    requirements->maxApiVersionSupported = XR_MAKE_VERSION(1, 1023, 1023);
    instance.vulkan.requirements_read = true;
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL CreateVulkanInstanceKHR(XrInstance handle,
                                            const XrVulkanInstanceCreateInfoKHR* createInfo,
                                            VkInstance* vulkanInstance, VkResult* vulkanResult) {
  return enter<Instance>("xrCreateVulkanInstanceKHR", handle, [&](Instance& instance, Call& call) {
    if (!is(createInfo, XR_TYPE_VULKAN_INSTANCE_CREATE_INFO_KHR) || vulkanInstance == nullptr ||
        vulkanResult == nullptr || createInfo->createFlags != 0 || createInfo->vulkanCreateInfo == nullptr ||
        createInfo->pfnGetInstanceProcAddr == nullptr) {
      return call.invalid("createInfo is not complete, or a pointer for the result is null");
    }
    if (const XrResult bad = check_system(createInfo->systemId, call); XR_FAILED(bad)) return bad;
    const auto create = reinterpret_cast<PFN_vkCreateInstance>(
        createInfo->pfnGetInstanceProcAddr(VK_NULL_HANDLE, "vkCreateInstance"));
    if (create == nullptr) return call.fail(XR_ERROR_RUNTIME_FAILURE, "vkCreateInstance was not found");
    *vulkanResult = create(createInfo->vulkanCreateInfo, createInfo->vulkanAllocator, vulkanInstance);
    if (*vulkanResult == VK_SUCCESS)
      instance.vulkan.remember(*vulkanInstance, createInfo->pfnGetInstanceProcAddr);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL CreateVulkanDeviceKHR(XrInstance handle, const XrVulkanDeviceCreateInfoKHR* createInfo,
                                          VkDevice* vulkanDevice, VkResult* vulkanResult) {
  return enter<Instance>("xrCreateVulkanDeviceKHR", handle, [&](Instance& instance, Call& call) {
    if (!is(createInfo, XR_TYPE_VULKAN_DEVICE_CREATE_INFO_KHR) || vulkanDevice == nullptr ||
        vulkanResult == nullptr || createInfo->createFlags != 0 || createInfo->vulkanCreateInfo == nullptr ||
        createInfo->pfnGetInstanceProcAddr == nullptr) {
      return call.invalid("createInfo is not complete, or a pointer for the result is null");
    }
    if (const XrResult bad = check_system(createInfo->systemId, call); XR_FAILED(bad)) return bad;
    const VkInstance owner = instance.vulkan.instance_of(createInfo->vulkanPhysicalDevice);
    if (owner == VK_NULL_HANDLE)
      return call.fail(XR_ERROR_HANDLE_INVALID, "vulkanPhysicalDevice is not the device that was named");
    const auto create =
        reinterpret_cast<PFN_vkCreateDevice>(createInfo->pfnGetInstanceProcAddr(owner, "vkCreateDevice"));
    if (create == nullptr) return call.fail(XR_ERROR_RUNTIME_FAILURE, "vkCreateDevice was not found");
    *vulkanResult = create(createInfo->vulkanPhysicalDevice, createInfo->vulkanCreateInfo,
                           createInfo->vulkanAllocator, vulkanDevice);
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL GetVulkanGraphicsDevice2KHR(XrInstance handle,
                                                const XrVulkanGraphicsDeviceGetInfoKHR* getInfo,
                                                VkPhysicalDevice* vulkanPhysicalDevice) {
  if (!is(getInfo, XR_TYPE_VULKAN_GRAPHICS_DEVICE_GET_INFO_KHR)) {
    return enter<Instance>("xrGetVulkanGraphicsDevice2KHR", handle,
                           [](Instance&, Call& call) { return call.invalid("getInfo is null or mistyped"); });
  }
  return GetVulkanGraphicsDeviceKHR(handle, getInfo->systemId, getInfo->vulkanInstance, vulkanPhysicalDevice);
}

}  // namespace attune::xr_replay::api
