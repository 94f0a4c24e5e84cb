#include <algorithm>
#include <string_view>

#include "xr_replay/api.hpp"
#include "xr_replay/call.hpp"

namespace attune::xr_replay {
namespace {

struct Entry {
  std::string_view name;
  PFN_xrVoidFunction function;
  Extension needs = Extension::none;
  bool without_instance = false;
};

template <typename Function>
PFN_xrVoidFunction erase(Function* function) {
  return reinterpret_cast<PFN_xrVoidFunction>(function);
}

#define CORE(name) \
  Entry { "xr" #name, erase(api::name) }
#define EXTENSION(name, ...) \
  Entry { "xr" #name, erase(api::name), __VA_ARGS__ }

const Entry entries[]{
    {"xrEnumerateInstanceExtensionProperties", erase(api::EnumerateInstanceExtensionProperties),
     Extension::none, true},
    {"xrCreateInstance", erase(api::CreateInstance), Extension::none, true},
    CORE(GetInstanceProcAddr),
    CORE(DestroyInstance),
    CORE(GetInstanceProperties),
    CORE(PollEvent),
    CORE(ResultToString),
    CORE(StructureTypeToString),
    CORE(GetSystem),
    CORE(GetSystemProperties),
    CORE(EnumerateEnvironmentBlendModes),
    CORE(CreateSession),
    CORE(DestroySession),
    CORE(EnumerateReferenceSpaces),
    CORE(CreateReferenceSpace),
    CORE(GetReferenceSpaceBoundsRect),
    CORE(CreateActionSpace),
    CORE(LocateSpace),
    CORE(DestroySpace),
    CORE(EnumerateViewConfigurations),
    CORE(GetViewConfigurationProperties),
    CORE(EnumerateViewConfigurationViews),
    CORE(EnumerateSwapchainFormats),
    CORE(CreateSwapchain),
    CORE(DestroySwapchain),
    CORE(EnumerateSwapchainImages),
    CORE(AcquireSwapchainImage),
    CORE(WaitSwapchainImage),
    CORE(ReleaseSwapchainImage),
    CORE(BeginSession),
    CORE(EndSession),
    CORE(RequestExitSession),
    CORE(WaitFrame),
    CORE(BeginFrame),
    CORE(EndFrame),
    CORE(LocateViews),
    CORE(StringToPath),
    CORE(PathToString),
    CORE(CreateActionSet),
    CORE(DestroyActionSet),
    CORE(CreateAction),
    CORE(DestroyAction),
    CORE(SuggestInteractionProfileBindings),
    CORE(AttachSessionActionSets),
    CORE(GetCurrentInteractionProfile),
    CORE(GetActionStateBoolean),
    CORE(GetActionStateFloat),
    CORE(GetActionStateVector2f),
    CORE(GetActionStatePose),
    CORE(SyncActions),
    CORE(EnumerateBoundSourcesForAction),
    CORE(GetInputSourceLocalizedName),
    CORE(ApplyHapticFeedback),
    CORE(StopHapticFeedback),
    // Core of a newer version: given out by name, as the suite wants it, but of use only to those who asked
    // for 1.1.
    CORE(LocateSpaces),
    {"xrLocateSpacesKHR", erase(api::LocateSpaces), Extension::locate_spaces},
    EXTENSION(GetVulkanInstanceExtensionsKHR, Extension::vulkan_enable),
    EXTENSION(GetVulkanDeviceExtensionsKHR, Extension::vulkan_enable),
    EXTENSION(GetVulkanGraphicsDeviceKHR, Extension::vulkan_enable),
    EXTENSION(GetVulkanGraphicsRequirementsKHR, Extension::vulkan_enable),
    {"xrGetVulkanGraphicsRequirements2KHR", erase(api::GetVulkanGraphicsRequirementsKHR),
     Extension::vulkan_enable2},
    EXTENSION(CreateVulkanInstanceKHR, Extension::vulkan_enable2),
    EXTENSION(CreateVulkanDeviceKHR, Extension::vulkan_enable2),
    EXTENSION(GetVulkanGraphicsDevice2KHR, Extension::vulkan_enable2),
    EXTENSION(ConvertTimespecTimeToTimeKHR, Extension::timespec),
    EXTENSION(ConvertTimeToTimespecTimeKHR, Extension::timespec),
    EXTENSION(SetDebugUtilsObjectNameEXT, Extension::debug_utils),
    EXTENSION(CreateDebugUtilsMessengerEXT, Extension::debug_utils),
    EXTENSION(DestroyDebugUtilsMessengerEXT, Extension::debug_utils),
    EXTENSION(SubmitDebugUtilsMessageEXT, Extension::debug_utils),
    EXTENSION(SessionBeginDebugUtilsLabelRegionEXT, Extension::debug_utils),
    EXTENSION(SessionEndDebugUtilsLabelRegionEXT, Extension::debug_utils),
    EXTENSION(SessionInsertDebugUtilsLabelEXT, Extension::debug_utils),
    EXTENSION(ApplyStimulusATTUNE, Extension::stimulus),
    EXTENSION(GetPatientSignalsATTUNE, Extension::stimulus),
};

#undef CORE
#undef EXTENSION

const Entry* find_entry(std::string_view name) {
  for (const Entry& entry : entries) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

}  // namespace

namespace api {

XrResult XRAPI_CALL GetInstanceProcAddr(XrInstance handle, const char* name, PFN_xrVoidFunction* function) {
  if (function == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  *function = nullptr;
  if (name == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  const Entry* const entry = find_entry(name);
  if (handle == XR_NULL_HANDLE) {
    if (entry == nullptr || !entry->without_instance) return XR_ERROR_HANDLE_INVALID;
    *function = entry->function;
    return XR_SUCCESS;
  }
  return enter<Instance>("xrGetInstanceProcAddr", handle, [&](Instance& instance, Call&) {
    // Not told to messengers: programs ask so to learn what there is.
    if (entry == nullptr || !instance.extensions.enabled(entry->needs)) return XR_ERROR_FUNCTION_UNSUPPORTED;
    *function = entry->function;
    return XR_SUCCESS;
  });
}

}  // namespace api
}  // namespace attune::xr_replay

// What the loader and a runtime tell each other, as the OpenXR loader's specification lays it out.
namespace {

enum NegotiationStructure : std::uint32_t { loader_info = 1, runtime_request = 3 };
constexpr std::uint32_t structure_version = 1, interface_version = 1;

struct LoaderInfo {
  std::uint32_t type;
  std::uint32_t version;
  std::size_t size;
  std::uint32_t min_interface, max_interface;
  XrVersion min_api, max_api;
};
struct RuntimeRequest {
  std::uint32_t type;
  std::uint32_t version;
  std::size_t size;
  std::uint32_t interface;
  XrVersion api;
  PFN_xrGetInstanceProcAddr get_instance_proc_addr;
};

}  // namespace

/// The one function that this library exports: the loader finds the others through what it gets here.
extern "C" __attribute__((visibility("default"))) XrResult XRAPI_CALL
xrNegotiateLoaderRuntimeInterface(const void* loader, void* runtime) {
  const auto* const info = static_cast<const LoaderInfo*>(loader);
  auto* const request = static_cast<RuntimeRequest*>(runtime);
  if (info == nullptr || info->type != loader_info || info->version != structure_version ||
      info->size != sizeof(LoaderInfo) || info->min_interface > interface_version ||
      info->max_interface < interface_version) {
    return XR_ERROR_INITIALIZATION_FAILED;
  }
  if (request == nullptr || request->type != runtime_request || request->version != structure_version ||
      request->size != sizeof(RuntimeRequest)) {
    return XR_ERROR_INITIALIZATION_FAILED;
  }
  using attune::xr_replay::newest_api_version;
  using attune::xr_replay::oldest_api_version;
  // The newest version that both sides speak: an older loader gets to know of 1.0 only.
  if (info->max_api < oldest_api_version || info->min_api > newest_api_version) {
    return XR_ERROR_INITIALIZATION_FAILED;
  }
  request->interface = interface_version;
  request->api = std::min(info->max_api, newest_api_version);
  request->get_instance_proc_addr = attune::xr_replay::api::GetInstanceProcAddr;
  return XR_SUCCESS;
}
