#pragma once

#include <openxr/openxr.h>

#include <atomic>
#include <span>
#include <string>

#include "attune/core/result.hpp"
#include "attune/xr/headset.hpp"

namespace attune::xr {

/// The OpenXR instance with the one headset, and which of the optional extensions are on.
class Instance {
 public:
  /// Errors: no runtime, a runtime without XR_KHR_vulkan_enable2 or stereo views, no headset within
  /// `patience_s`, or before `interrupted` (may be null) became true.
  [[nodiscard]] static core::Result<Instance> open(double patience_s, const std::atomic<bool>* interrupted);
  /// The runtime alone, without asking for a headset, with those extensions of `also` that it has. Errors: no
  /// runtime, or one without XR_KHR_vulkan_enable2.
  [[nodiscard]] static core::Result<Instance> start(std::span<const char* const> also = {});
  /// Finds the headset and reads what it can do, as `open` does.
  [[nodiscard]] core::Result<void> find_headset(double patience_s, const std::atomic<bool>* interrupted);
  ~Instance();
  Instance(Instance&& other) noexcept;
  Instance& operator=(Instance&&) = delete;

  [[nodiscard]] XrInstance handle() const { return handle_; }
  [[nodiscard]] XrSystemId system() const { return system_; }
  [[nodiscard]] const HeadsetInfo& info() const { return info_; }
  [[nodiscard]] XrPath path(const char* text) const;

  /// A function of an extension; null when the runtime does not have it.
  template <typename Function>
  [[nodiscard]] Function function(const char* name) const {
    PFN_xrVoidFunction found = nullptr;
    if (XR_FAILED(xrGetInstanceProcAddr(handle_, name, &found))) return nullptr;
    return reinterpret_cast<Function>(found);
  }

 private:
  Instance() = default;
  [[nodiscard]] core::Result<void> create(std::span<const char* const> also);
  [[nodiscard]] core::Result<void> find_system(double patience_s, const std::atomic<bool>* interrupted);
  [[nodiscard]] core::Result<void> read_views();

  XrInstance handle_ = XR_NULL_HANDLE;
  XrSystemId system_ = XR_NULL_SYSTEM_ID;
  HeadsetInfo info_;
};

}  // namespace attune::xr
