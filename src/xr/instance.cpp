#include "xr/instance.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <utility>
#include <vector>

#include "attune/xr/stimulus_extension.h"
#include "attune/xr/user_presence.h"
#include "xr/check.hpp"

namespace attune::xr {

namespace {

constexpr auto stereo = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO;
constexpr const char* vulkan_extension = "XR_KHR_vulkan_enable2";

bool offered(const std::vector<XrExtensionProperties>& all, const char* name) {
  return std::any_of(all.begin(), all.end(),
                     [&](const auto& extension) { return std::strcmp(extension.extensionName, name) == 0; });
}

core::Result<std::vector<XrExtensionProperties>> extensions_offered() {
  std::uint32_t count = 0;
  const auto asked =
      check(xrEnumerateInstanceExtensionProperties(nullptr, 0, &count, nullptr), "asking for a runtime");
  if (!asked) return asked.error();
  std::vector<XrExtensionProperties> all(count, {XR_TYPE_EXTENSION_PROPERTIES, nullptr, {}, 0});
  const auto read =
      check(xrEnumerateInstanceExtensionProperties(nullptr, count, &count, all.data()), "listing extensions");
  if (!read) return read.error();
  return all;
}

}  // namespace

core::Result<Instance> Instance::open(double patience_s, const std::atomic<bool>* interrupted) {
  auto instance = start();
  if (!instance) return instance;
  if (const auto found = instance->find_headset(patience_s, interrupted); !found) return found.error();
  return instance;
}

core::Result<Instance> Instance::start(std::span<const char* const> also) {
  Instance instance;
  if (const auto created = instance.create(also); !created) return created.error();
  return instance;
}

core::Result<void> Instance::find_headset(double patience_s, const std::atomic<bool>* interrupted) {
  if (const auto found = find_system(patience_s, interrupted); !found) return found;
  return read_views();
}

Instance::Instance(Instance&& other) noexcept
    : handle_(std::exchange(other.handle_, XR_NULL_HANDLE)),
      system_(other.system_),
      info_(std::move(other.info_)) {}

Instance::~Instance() {
  if (handle_ != XR_NULL_HANDLE) xrDestroyInstance(handle_);
}

core::Result<void> Instance::create(std::span<const char* const> also) {
  // The loader's own lines come before ours and say less; whoever wants them sets the variable.
  setenv("XR_LOADER_DEBUG", "none", 0);
  const auto all = extensions_offered();
  if (!all) return all.error();
  if (!offered(*all, vulkan_extension)) {
    return core::failed(std::string("OpenXR: the active runtime lacks ") + vulkan_extension +
                        ": update it, or make SteamVR, Monado or WiVRn the active runtime");
  }
  std::vector<const char*> wanted{vulkan_extension};
  const auto want = [&](const char* name) {
    const bool there = offered(*all, name);
    if (there) wanted.push_back(name);
    return there;
  };
  info_.eye_gaze = want(XR_EXT_EYE_GAZE_INTERACTION_EXTENSION_NAME);
  info_.user_presence = want(XR_EXT_USER_PRESENCE_EXTENSION_NAME);
  info_.stimulus = want(XR_ATTUNE_STIMULUS_EXTENSION_NAME);
  want("XR_KHR_convert_timespec_time");
  for (const char* name : also) want(name);

  XrInstanceCreateInfo create{XR_TYPE_INSTANCE_CREATE_INFO};
  std::strncpy(create.applicationInfo.applicationName, "Attune", XR_MAX_APPLICATION_NAME_SIZE - 1);
  std::strncpy(create.applicationInfo.engineName, "Attune", XR_MAX_ENGINE_NAME_SIZE - 1);
  create.applicationInfo.applicationVersion = 1;
  create.applicationInfo.apiVersion =
      XR_MAKE_VERSION(1, 0, 0);  // any 1.x runtime takes it; nothing newer is used
  create.enabledExtensionCount = static_cast<std::uint32_t>(wanted.size());
  create.enabledExtensionNames = wanted.data();
  const auto result = xrCreateInstance(&create, &handle_);
  // Its library listed extensions a moment ago: what is missing is the service behind it.
  if (result == XR_ERROR_RUNTIME_UNAVAILABLE)
    return core::failed(
        "OpenXR: the active runtime is installed but not running (XR_ERROR_RUNTIME_UNAVAILABLE); start it "
        "(SteamVR, monado-service, or WiVRn with its headset connected), then start again");
  if (const auto created = check(result, "starting the runtime"); !created) return created;

  XrInstanceProperties properties{XR_TYPE_INSTANCE_PROPERTIES};
  if (XR_SUCCEEDED(xrGetInstanceProperties(handle_, &properties))) {
    const auto v = properties.runtimeVersion;
    info_.runtime = std::string(properties.runtimeName) + " " + std::to_string(XR_VERSION_MAJOR(v)) + "." +
                    std::to_string(XR_VERSION_MINOR(v)) + "." + std::to_string(XR_VERSION_PATCH(v));
  }
  return {};
}

core::Result<void> Instance::find_system(double patience_s, const std::atomic<bool>* interrupted) {
  XrSystemGetInfo wanted{XR_TYPE_SYSTEM_GET_INFO};
  wanted.formFactor = XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY;
  const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(patience_s);
  auto result = xrGetSystem(handle_, &wanted, &system_);
  bool said = false;
  while (result == XR_ERROR_FORM_FACTOR_UNAVAILABLE && std::chrono::steady_clock::now() < until) {
    if (interrupted != nullptr && interrupted->load())
      return core::failed("ended by the operator before a headset was there");
    if (!std::exchange(said, true))
      spdlog::warn("no headset yet: connect it, switch it on and put it on; waiting up to {:.0f} s",
                   patience_s);
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    result = xrGetSystem(handle_, &wanted, &system_);
  }
  if (const auto found = check(result, "looking for a headset"); !found) return found;

  XrSystemUserPresencePropertiesEXT presence{XR_TYPE_SYSTEM_USER_PRESENCE_PROPERTIES_EXT, nullptr, XR_FALSE};
  XrSystemEyeGazeInteractionPropertiesEXT gaze{XR_TYPE_SYSTEM_EYE_GAZE_INTERACTION_PROPERTIES_EXT, nullptr,
                                               XR_FALSE};
  XrSystemProperties properties{XR_TYPE_SYSTEM_PROPERTIES};
  void** tail = &properties.next;
  if (info_.eye_gaze) {
    *tail = &gaze;
    tail = &gaze.next;
  }
  if (info_.user_presence) *tail = &presence;
  if (const auto read =
          check(xrGetSystemProperties(handle_, system_, &properties), "asking what the headset can do");
      !read) {
    return read;
  }
  info_.system = properties.systemName;
  info_.eye_gaze = info_.eye_gaze && gaze.supportsEyeGazeInteraction == XR_TRUE;
  info_.user_presence = info_.user_presence && presence.supportsUserPresence == XR_TRUE;
  return {};
}

core::Result<void> Instance::read_views() {
  std::uint32_t count = 0;
  std::array<XrViewConfigurationView, 2> views{};
  views.fill({XR_TYPE_VIEW_CONFIGURATION_VIEW, nullptr, 0, 0, 0, 0, 0, 0});
  const auto counted = xrEnumerateViewConfigurationViews(handle_, system_, stereo, 0, &count, nullptr);
  if (XR_FAILED(counted) || count != 2) {
    return core::failed("OpenXR: the headset '" + info_.system +
                        "' offers no stereo view: Attune needs two eyes");
  }
  const auto read =
      check(xrEnumerateViewConfigurationViews(handle_, system_, stereo, count, &count, views.data()),
            "asking for the size of the views");
  if (!read) return read;
  info_.view_width = std::max(views[0].recommendedImageRectWidth, views[1].recommendedImageRectWidth);
  info_.view_height = std::max(views[0].recommendedImageRectHeight, views[1].recommendedImageRectHeight);
  return {};
}

XrPath Instance::path(const char* text) const {
  XrPath result = XR_NULL_PATH;
  xrStringToPath(handle_, text, &result);
  return result;
}

}  // namespace attune::xr
