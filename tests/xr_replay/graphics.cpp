#include "graphics.hpp"

namespace attune::xr_replay::test {
namespace {

VkBool32 VKAPI_PTR hear(VkDebugUtilsMessageSeverityFlagBitsEXT, VkDebugUtilsMessageTypeFlagsEXT,
                        const VkDebugUtilsMessengerCallbackDataEXT* data, void* user) {
  static_cast<std::vector<std::string>*>(user)->emplace_back(data->pMessage);
  return VK_FALSE;
}

}  // namespace

Graphics::Graphics(const Rig& rig, void* next) {
  EXPECT_EQ(volkInitialize(), VK_SUCCESS);
  XrGraphicsRequirementsVulkan2KHR requirements{XR_TYPE_GRAPHICS_REQUIREMENTS_VULKAN2_KHR, next, 0, 0};
  EXPECT_EQ(rig.function<PFN_xrGetVulkanGraphicsRequirements2KHR>("xrGetVulkanGraphicsRequirements2KHR")(
                rig.instance, rig.system, &requirements),
            XR_SUCCESS);
  create_instance(rig, next);
  create_device(rig, next);
  auto bound = binding();
  bound.next = next;
  XrSessionCreateInfo info{XR_TYPE_SESSION_CREATE_INFO, &bound, 0, rig.system};
  EXPECT_EQ(xrCreateSession(rig.instance, &info, &session), XR_SUCCESS);
}

Graphics::~Graphics() {
  if (session != XR_NULL_HANDLE) xrDestroySession(session);
  vkDestroyDevice(device, nullptr);
  vkDestroyDebugUtilsMessengerEXT(instance, messenger_, nullptr);
  vkDestroyInstance(instance, nullptr);
}

void Graphics::create_instance(const Rig& rig, const void* next) {
  const char* const layer = "VK_LAYER_KHRONOS_validation";
  const char* const extension = VK_EXT_DEBUG_UTILS_EXTENSION_NAME;
  VkApplicationInfo application{VK_STRUCTURE_TYPE_APPLICATION_INFO};
  application.apiVersion = VK_API_VERSION_1_1;
  VkInstanceCreateInfo wanted{VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO};
  wanted.pApplicationInfo = &application;
  wanted.enabledLayerCount = wanted.enabledExtensionCount = 1;
  wanted.ppEnabledLayerNames = &layer;
  wanted.ppEnabledExtensionNames = &extension;
  XrVulkanInstanceCreateInfoKHR info{XR_TYPE_VULKAN_INSTANCE_CREATE_INFO_KHR, next};
  info.systemId = rig.system;
  info.pfnGetInstanceProcAddr = vkGetInstanceProcAddr;
  info.vulkanCreateInfo = &wanted;
  VkResult result = VK_ERROR_UNKNOWN;
  EXPECT_EQ(rig.function<PFN_xrCreateVulkanInstanceKHR>("xrCreateVulkanInstanceKHR")(rig.instance, &info,
                                                                                     &instance, &result),
            XR_SUCCESS);
  ASSERT_EQ(result, VK_SUCCESS);
  volkLoadInstance(instance);

  VkDebugUtilsMessengerCreateInfoEXT ear{VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT};
  ear.messageSeverity =
      VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT;
  ear.messageType = VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT;
  ear.pfnUserCallback = hear;
  ear.pUserData = &complaints;
  ASSERT_EQ(vkCreateDebugUtilsMessengerEXT(instance, &ear, nullptr, &messenger_), VK_SUCCESS);
}

void Graphics::create_device(const Rig& rig, const void* next) {
  XrVulkanGraphicsDeviceGetInfoKHR get{XR_TYPE_VULKAN_GRAPHICS_DEVICE_GET_INFO_KHR, next, rig.system,
                                       instance};
  ASSERT_EQ(rig.function<PFN_xrGetVulkanGraphicsDevice2KHR>("xrGetVulkanGraphicsDevice2KHR")(rig.instance,
                                                                                             &get, &physical),
            XR_SUCCESS);
  queue_.queueCount = 1;
  queue_.pQueuePriorities = &priority_;
  device_info.queueCreateInfoCount = 1;
  device_info.pQueueCreateInfos = &queue_;
  XrVulkanDeviceCreateInfoKHR info{XR_TYPE_VULKAN_DEVICE_CREATE_INFO_KHR, next};
  info.systemId = rig.system;
  info.pfnGetInstanceProcAddr = vkGetInstanceProcAddr;
  info.vulkanPhysicalDevice = physical;
  info.vulkanCreateInfo = &device_info;
  VkResult result = VK_ERROR_UNKNOWN;
  ASSERT_EQ(rig.function<PFN_xrCreateVulkanDeviceKHR>("xrCreateVulkanDeviceKHR")(rig.instance, &info, &device,
                                                                                 &result),
            XR_SUCCESS);
  ASSERT_EQ(result, VK_SUCCESS);
  volkLoadDevice(device);
}

XrGraphicsBindingVulkan2KHR Graphics::binding() const {
  return {XR_TYPE_GRAPHICS_BINDING_VULKAN2_KHR, nullptr, instance, physical, device, 0, 0};
}

XrSwapchainCreateInfo Graphics::swapchain_info() const {
  return {XR_TYPE_SWAPCHAIN_CREATE_INFO,
          nullptr,
          0,
          XR_SWAPCHAIN_USAGE_COLOR_ATTACHMENT_BIT,
          formats_of(session).at(0),
          1,
          64,
          64,
          1,
          1,
          1};
}

XrFrameState Graphics::begin_visible_frame() const {
  XrFrameState state{XR_TYPE_FRAME_STATE};
  EXPECT_EQ(begin(session), XR_SUCCESS);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(xrWaitFrame(session, nullptr, &state), XR_SUCCESS);
    EXPECT_EQ(xrBeginFrame(session, nullptr), XR_SUCCESS);
    if (state.shouldRender) return state;
    EXPECT_EQ(end_frame(session, state.predictedDisplayTime), XR_SUCCESS);
  }
  ADD_FAILURE() << "no frame is ever to be rendered";
  return state;
}

void Graphics::provoke() const {
  VkBufferCreateInfo info{VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO};  // of no size, for no use
  VkBuffer buffer = VK_NULL_HANDLE;
  if (vkCreateBuffer(device, &info, nullptr, &buffer) == VK_SUCCESS) vkDestroyBuffer(device, buffer, nullptr);
}

std::vector<std::int64_t> formats_of(XrSession session) {
  std::uint32_t count = 0;
  EXPECT_EQ(xrEnumerateSwapchainFormats(session, 0, &count, nullptr), XR_SUCCESS);
  std::vector<std::int64_t> formats(count);
  EXPECT_EQ(xrEnumerateSwapchainFormats(session, count, &count, formats.data()), XR_SUCCESS);
  return formats;
}

XrResult acquire_wait_release(XrSwapchain swapchain) {
  std::uint32_t index = 0;
  if (const auto result = xrAcquireSwapchainImage(swapchain, nullptr, &index); XR_FAILED(result))
    return result;
  XrSwapchainImageWaitInfo wait{XR_TYPE_SWAPCHAIN_IMAGE_WAIT_INFO, nullptr, XR_INFINITE_DURATION};
  if (const auto result = xrWaitSwapchainImage(swapchain, &wait); XR_FAILED(result)) return result;
  return xrReleaseSwapchainImage(swapchain, nullptr);
}

}  // namespace attune::xr_replay::test
