#include <algorithm>

#include "xr_replay/api.hpp"
#include "xr_replay/system.hpp"

namespace attune::xr_replay {

XrResult check_system(XrSystemId system, Call& call) {
  return system == the_system ? XR_SUCCESS
                              : call.fail(XR_ERROR_SYSTEM_INVALID, "systemId is not from xrGetSystem");
}

XrResult check_views(XrViewConfigurationType type, Call& call) {
  if (type == the_views) return XR_SUCCESS;
  const bool known = type == XR_VIEW_CONFIGURATION_TYPE_PRIMARY_MONO ||
                     (type == XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO_WITH_FOVEATED_INSET &&
                      call.instance().extensions.enabled(Extension::version_1_1));
  return known ? call.fail(XR_ERROR_VIEW_CONFIGURATION_TYPE_UNSUPPORTED, "the headset has two views")
               : call.invalid("viewConfigurationType is of no version or extension that is enabled");
}

namespace api {

XrResult XRAPI_CALL GetSystem(XrInstance handle, const XrSystemGetInfo* getInfo, XrSystemId* systemId) {
  return enter<Instance>("xrGetSystem", handle, [&](Instance&, Call& call) {
    if (!is(getInfo, XR_TYPE_SYSTEM_GET_INFO) || systemId == nullptr) {
      return call.invalid("getInfo is null or mistyped, or systemId is null");
    }
    if (getInfo->formFactor != XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY) {
      return call.fail(XR_ERROR_FORM_FACTOR_UNSUPPORTED, "only a head-mounted display is played");
    }
    *systemId = the_system;
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL GetSystemProperties(XrInstance handle, XrSystemId systemId,
                                        XrSystemProperties* properties) {
  return enter<Instance>("xrGetSystemProperties", handle, [&](Instance& instance, Call& call) {
    if (!is(properties, XR_TYPE_SYSTEM_PROPERTIES)) return call.invalid("properties is null or mistyped");
    if (const XrResult bad = check_system(systemId, call); XR_FAILED(bad)) return bad;
    properties->systemId = the_system;
    properties->vendorId = 0x4174;
    copy_text(properties->systemName, "Attune replay: " + instance.source.name);
    properties->graphicsProperties = {max_swapchain_side, max_swapchain_side, max_layers};
    properties->trackingProperties = {XR_TRUE, XR_TRUE};
    if (instance.extensions.has(Extension::eye_gaze)) {
      if (auto* const gaze = out_chain<XrSystemEyeGazeInteractionPropertiesEXT>(
              properties->next, XR_TYPE_SYSTEM_EYE_GAZE_INTERACTION_PROPERTIES_EXT)) {
        gaze->supportsEyeGazeInteraction = instance.source.has_eye_gaze ? XR_TRUE : XR_FALSE;
      }
    }
    if (instance.extensions.has(Extension::user_presence)) {
      if (auto* const presence = out_chain<XrSystemUserPresencePropertiesEXT>(
              properties->next, XR_TYPE_SYSTEM_USER_PRESENCE_PROPERTIES_EXT)) {
        presence->supportsUserPresence = XR_TRUE;
      }
    }
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL EnumerateEnvironmentBlendModes(XrInstance handle, XrSystemId systemId,
                                                   XrViewConfigurationType viewConfigurationType,
                                                   uint32_t capacity, uint32_t* count,
                                                   XrEnvironmentBlendMode* modes) {
  return enter<Instance>("xrEnumerateEnvironmentBlendModes", handle, [&](Instance&, Call& call) {
    if (const XrResult bad = check_system(systemId, call); XR_FAILED(bad)) return bad;
    if (const XrResult bad = check_views(viewConfigurationType, call); XR_FAILED(bad)) return bad;
    const XrEnvironmentBlendMode opaque[]{XR_ENVIRONMENT_BLEND_MODE_OPAQUE};
    return call.list<XrEnvironmentBlendMode>(capacity, count, modes, opaque);
  });
}

XrResult XRAPI_CALL EnumerateViewConfigurations(XrInstance handle, XrSystemId systemId, uint32_t capacity,
                                                uint32_t* count, XrViewConfigurationType* types) {
  return enter<Instance>("xrEnumerateViewConfigurations", handle, [&](Instance&, Call& call) {
    if (const XrResult bad = check_system(systemId, call); XR_FAILED(bad)) return bad;
    const XrViewConfigurationType stereo[]{the_views};
    return call.list<XrViewConfigurationType>(capacity, count, types, stereo);
  });
}

XrResult XRAPI_CALL GetViewConfigurationProperties(XrInstance handle, XrSystemId systemId,
                                                   XrViewConfigurationType viewConfigurationType,
                                                   XrViewConfigurationProperties* properties) {
  return enter<Instance>("xrGetViewConfigurationProperties", handle, [&](Instance&, Call& call) {
    if (const XrResult bad = check_system(systemId, call); XR_FAILED(bad)) return bad;
    if (!is(properties, XR_TYPE_VIEW_CONFIGURATION_PROPERTIES)) {
      return call.invalid("configurationProperties is null or mistyped");
    }
    if (const XrResult bad = check_views(viewConfigurationType, call); XR_FAILED(bad)) return bad;
    properties->viewConfigurationType = the_views;
    properties->fovMutable = XR_TRUE;
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL EnumerateViewConfigurationViews(XrInstance handle, XrSystemId systemId,
                                                    XrViewConfigurationType viewConfigurationType,
                                                    uint32_t capacity, uint32_t* count,
                                                    XrViewConfigurationView* views) {
  return enter<Instance>("xrEnumerateViewConfigurationViews", handle, [&](Instance& instance, Call& call) {
    if (const XrResult bad = check_system(systemId, call); XR_FAILED(bad)) return bad;
    if (const XrResult bad = check_views(viewConfigurationType, call); XR_FAILED(bad)) return bad;
    if (count == nullptr) return call.invalid("viewCountOutput is null");
    *count = view_count;
    if (capacity == 0) return XR_SUCCESS;
    if (capacity < view_count) return call.fail(XR_ERROR_SIZE_INSUFFICIENT, "there are two views");
    if (views == nullptr) return call.invalid("views is null");
    for (std::uint32_t i = 0; i < view_count; ++i) {
      if (views[i].type != XR_TYPE_VIEW_CONFIGURATION_VIEW)
        return call.invalid("an element of views is mistyped");
    }
    const auto& settings = instance.settings;
    for (std::uint32_t i = 0; i < view_count; ++i) {
      views[i].recommendedImageRectWidth = settings.view_width;
      views[i].recommendedImageRectHeight = settings.view_height;
      views[i].maxImageRectWidth = std::min(2 * settings.view_width, max_swapchain_side);
      views[i].maxImageRectHeight = std::min(2 * settings.view_height, max_swapchain_side);
      views[i].recommendedSwapchainSampleCount = 1;
      views[i].maxSwapchainSampleCount = max_samples;
    }
    return XR_SUCCESS;
  });
}

}  // namespace api
}  // namespace attune::xr_replay
