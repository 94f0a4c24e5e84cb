#include <algorithm>
#include <chrono>
#include <thread>

#include "fault_layer/calls.hpp"
#include "fault_layer/layer.hpp"

namespace attune::fault_layer {

XrResult XRAPI_CALL get_system(XrInstance instance, const XrSystemGetInfo* info, XrSystemId* system) {
  auto& l = layer();
  const auto* fault = l.plan.any("no_headset");
  if (fault != nullptr) {
    const std::lock_guard lock(l.mutex);
    const bool for_ever = fault->value(0).empty();
    if (for_ever || l.sent[fault]++ < fault->number(0, 0)) {
      l.took_effect(fault->kind);
      return XR_ERROR_FORM_FACTOR_UNAVAILABLE;
    }
  }
  return below<PFN_xrGetSystem>("xrGetSystem")(instance, info, system);
}

XrResult XRAPI_CALL enumerate_formats(XrSession session, uint32_t capacity, uint32_t* count,
                                      int64_t* formats) {
  auto& l = layer();
  const auto* fault = l.plan.any("formats");
  if (fault == nullptr)
    return below<PFN_xrEnumerateSwapchainFormats>("xrEnumerateSwapchainFormats")(session, capacity, count,
                                                                                 formats);
  *count = static_cast<std::uint32_t>(fault->values.size());
  if (capacity == 0) return XR_SUCCESS;
  if (capacity < *count) return XR_ERROR_SIZE_INSUFFICIENT;
  for (std::size_t i = 0; i < fault->values.size(); ++i) formats[i] = fault->number(i, 0);
  l.took_effect(fault->kind);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL acquire_image(XrSwapchain swapchain, const XrSwapchainImageAcquireInfo* info,
                                  uint32_t* index) {
  if (const auto answer = door("acquire")) return *answer;
  return below<PFN_xrAcquireSwapchainImage>("xrAcquireSwapchainImage")(swapchain, info, index);
}

XrResult XRAPI_CALL wait_image(XrSwapchain swapchain, const XrSwapchainImageWaitInfo* info) {
  if (const auto answer = door("image")) return *answer;
  auto& l = layer();
  bool busy = false;
  {
    const std::lock_guard lock(l.mutex);
    const auto* fault = l.now("image_busy");
    busy = fault != nullptr && (fault->value(0).empty() || l.sent[fault]++ < fault->number(0, 0));
    if (busy) l.took_effect("image_busy");
  }
  if (!busy) return below<PFN_xrWaitSwapchainImage>("xrWaitSwapchainImage")(swapchain, info);
  std::this_thread::sleep_for(std::chrono::nanoseconds(info->timeout));
  return XR_TIMEOUT_EXPIRED;
}

XrResult XRAPI_CALL release_image(XrSwapchain swapchain, const XrSwapchainImageReleaseInfo* info) {
  if (const auto answer = door("release")) return *answer;
  return below<PFN_xrReleaseSwapchainImage>("xrReleaseSwapchainImage")(swapchain, info);
}

}  // namespace attune::fault_layer
