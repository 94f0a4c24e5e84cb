#include <openxr/openxr_reflection.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <utility>

#include "xr_replay/api.hpp"
#include "xr_replay/call.hpp"
#include "xr_replay/debug.hpp"

namespace attune::xr_replay {
namespace {

/// A text field of a structure: terminated within its size.
template <std::size_t N>
bool terminated(const char (&field)[N]) {
  return std::memchr(field, '\0', N) != nullptr;
}

// What the headers' own lists do not name.
#define NAMED(name) \
  std::pair { name, #name }
constexpr std::array newer_results{
    NAMED(XR_ERROR_EXTENSION_DEPENDENCY_NOT_ENABLED),
    NAMED(XR_ERROR_PERMISSION_INSUFFICIENT),
};
constexpr std::array newer_structures{
    NAMED(XR_TYPE_EVENT_DATA_USER_PRESENCE_CHANGED_EXT),
    NAMED(XR_TYPE_SYSTEM_USER_PRESENCE_PROPERTIES_EXT),
    NAMED(XR_TYPE_SPACES_LOCATE_INFO),
    NAMED(XR_TYPE_SPACE_LOCATIONS),
    NAMED(XR_TYPE_SPACE_VELOCITIES),
    NAMED(XR_TYPE_STIMULUS_ATTUNE),
    NAMED(XR_TYPE_PATIENT_SIGNALS_ATTUNE),
};
#undef NAMED

const char* name_of(XrResult value) {
  for (const auto& [newer, name] : newer_results) {
    if (newer == value) return name;
  }
  switch (value) {
#define NAME(name, number) \
  case name:               \
    return #name;
    XR_LIST_ENUM_XrResult(NAME)
#undef NAME
        default : return nullptr;
  }
}

const char* name_of(XrStructureType value) {
  for (const auto& [newer, name] : newer_structures) {
    if (newer == value) return name;
  }
  switch (value) {
#define NAME(name, number) \
  case name:               \
    return #name;
    XR_LIST_ENUM_XrStructureType(NAME)
#undef NAME
        default : return nullptr;
  }
}

XrResult create_instance(const XrInstanceCreateInfo* info, XrInstance* handle) {
  if (!is(info, XR_TYPE_INSTANCE_CREATE_INFO) || handle == nullptr || info->createFlags != 0) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const XrApplicationInfo& application = info->applicationInfo;
  if (application.applicationName[0] == '\0' || !terminated(application.applicationName) ||
      !terminated(application.engineName)) {
    return XR_ERROR_NAME_INVALID;
  }
  const auto minor = XR_VERSION_MINOR(application.apiVersion);
  if (XR_VERSION_MAJOR(application.apiVersion) != XR_VERSION_MAJOR(newest_api_version) ||
      minor > XR_VERSION_MINOR(newest_api_version)) {
    return XR_ERROR_API_VERSION_UNSUPPORTED;
  }
  if (info->enabledApiLayerCount > 0 && info->enabledApiLayerNames == nullptr)
    return XR_ERROR_VALIDATION_FAILURE;
  if (info->enabledExtensionCount > 0 && info->enabledExtensionNames == nullptr)
    return XR_ERROR_VALIDATION_FAILURE;

  ExtensionSet extensions;
  if (minor >= 1) extensions.enable_version_1_1();
  for (std::uint32_t i = 0; i < info->enabledExtensionCount; ++i) {
    const char* const name = info->enabledExtensionNames[i];
    if (name == nullptr) return XR_ERROR_VALIDATION_FAILURE;
    if (!extensions.enable(name)) return XR_ERROR_EXTENSION_NOT_PRESENT;
  }

  auto settings = Settings::from_environment();
  if (!settings) {
    say(settings.error().message);
    return XR_ERROR_INITIALIZATION_FAILED;
  }
  auto source = open_source(*settings);
  if (!source) {
    say("ATTUNE_XR_INPUT: " + source.error().message);
    return XR_ERROR_INITIALIZATION_FAILED;
  }
  const auto instance = std::make_shared<Instance>(std::move(*settings), std::move(*source), extensions);
  *handle = reinterpret_cast<XrInstance>(Handles::all().add(instance, 0));
  if (extensions.has(Extension::debug_utils)) {
    const auto* const chained = in_chain<XrDebugUtilsMessengerCreateInfoEXT>(
        info->next, XR_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT);
    if (chained != nullptr)
      Messenger::tell_once(*chained, "xrCreateInstance", "playing " + instance->source.name);
  }
  return XR_SUCCESS;
}

}  // namespace

void say(const std::string& line) { std::fprintf(stderr, "attune_xr_replay: %s\n", line.c_str()); }

namespace api {

XrResult XRAPI_CALL EnumerateInstanceExtensionProperties(const char* layerName, uint32_t capacity,
                                                         uint32_t* count, XrExtensionProperties* properties) {
  // Layers are the loader's business: the runtime has none.
  if (layerName != nullptr && layerName[0] != '\0') return XR_ERROR_API_LAYER_NOT_PRESENT;
  if (count == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  *count = static_cast<std::uint32_t>(offered_extensions.size());
  if (capacity == 0) return XR_SUCCESS;
  if (capacity < *count) return XR_ERROR_SIZE_INSUFFICIENT;
  if (properties == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  for (std::uint32_t i = 0; i < *count; ++i) {
    if (properties[i].type != XR_TYPE_EXTENSION_PROPERTIES) return XR_ERROR_VALIDATION_FAILURE;
  }
  for (std::uint32_t i = 0; i < *count; ++i) {
    copy_text(properties[i].extensionName, offered_extensions[i].name);
    properties[i].extensionVersion = offered_extensions[i].version;
  }
  return XR_SUCCESS;
}

XrResult XRAPI_CALL CreateInstance(const XrInstanceCreateInfo* createInfo, XrInstance* instance) {
  try {
    return create_instance(createInfo, instance);
  } catch (const std::bad_alloc&) {
    return XR_ERROR_OUT_OF_MEMORY;
  } catch (...) {
    return XR_ERROR_RUNTIME_FAILURE;
  }
}

XrResult XRAPI_CALL DestroyInstance(XrInstance handle) {
  return enter<Instance>("xrDestroyInstance", handle, [&](Instance& instance, Call&) {
    Handles::all().destroy(instance.handle());
    instance.suggestions.clear();
    instance.messengers.clear();
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL GetInstanceProperties(XrInstance handle, XrInstanceProperties* properties) {
  return enter<Instance>("xrGetInstanceProperties", handle, [&](Instance&, Call& call) {
    if (!is(properties, XR_TYPE_INSTANCE_PROPERTIES))
      return call.invalid("instanceProperties is null or mistyped");
    properties->runtimeVersion = XR_MAKE_VERSION(0, 1, 0);
    copy_text(properties->runtimeName, "Attune replay");
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL ResultToString(XrInstance handle, XrResult value, char* buffer) {
  return enter<Instance>("xrResultToString", handle, [&](Instance&, Call& call) {
    if (buffer == nullptr) return call.invalid("buffer is null");
    if (const char* const name = name_of(value)) {
      std::snprintf(buffer, XR_MAX_RESULT_STRING_SIZE, "%s", name);
    } else {
      std::snprintf(buffer, XR_MAX_RESULT_STRING_SIZE, "XR_UNKNOWN_%s_%d",
                    XR_FAILED(value) ? "FAILURE" : "SUCCESS", static_cast<int>(value));
    }
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL StructureTypeToString(XrInstance handle, XrStructureType value, char* buffer) {
  return enter<Instance>("xrStructureTypeToString", handle, [&](Instance&, Call& call) {
    if (buffer == nullptr) return call.invalid("buffer is null");
    if (const char* const name = name_of(value)) {
      std::snprintf(buffer, XR_MAX_STRUCTURE_NAME_SIZE, "%s", name);
    } else {
      std::snprintf(buffer, XR_MAX_STRUCTURE_NAME_SIZE, "XR_UNKNOWN_STRUCTURE_TYPE_%d",
                    static_cast<int>(value));
    }
    return XR_SUCCESS;
  });
}

// XrTime is CLOCK_MONOTONIC in nanoseconds. With the virtual clock the two have only this scale in common:
// time stands still between frames.

XrResult XRAPI_CALL ConvertTimespecTimeToTimeKHR(XrInstance handle, const timespec* timespecTime,
                                                 XrTime* time) {
  return enter<Instance>("xrConvertTimespecTimeToTimeKHR", handle, [&](Instance&, Call& call) {
    if (timespecTime == nullptr || time == nullptr) return call.invalid("timespecTime or time is null");
    constexpr std::int64_t most_seconds = INT64_MAX / 1'000'000'000 - 1;
    if (timespecTime->tv_sec < 0 || timespecTime->tv_sec > most_seconds || timespecTime->tv_nsec < 0 ||
        timespecTime->tv_nsec >= 1'000'000'000) {
      return call.fail(XR_ERROR_TIME_INVALID, "timespecTime is no time of CLOCK_MONOTONIC");
    }
    const XrTime converted = timespecTime->tv_sec * 1'000'000'000 + timespecTime->tv_nsec;
    if (converted <= 0) return call.fail(XR_ERROR_TIME_INVALID, "XrTime is positive");
    *time = converted;
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL ConvertTimeToTimespecTimeKHR(XrInstance handle, XrTime time, timespec* timespecTime) {
  return enter<Instance>("xrConvertTimeToTimespecTimeKHR", handle, [&](Instance&, Call& call) {
    if (timespecTime == nullptr) return call.invalid("timespecTime is null");
    if (time <= 0) return call.fail(XR_ERROR_TIME_INVALID, "XrTime is positive");
    timespecTime->tv_sec = time / 1'000'000'000;
    timespecTime->tv_nsec = time % 1'000'000'000;
    return XR_SUCCESS;
  });
}

}  // namespace api
}  // namespace attune::xr_replay
