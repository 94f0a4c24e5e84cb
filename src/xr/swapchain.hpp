#pragma once

#define XR_USE_GRAPHICS_API_VULKAN
#include <vulkan/vulkan_core.h>
// openxr_platform.h needs Vulkan's types before it.
#include <openxr/openxr.h>
#include <openxr/openxr_platform.h>

#include <vector>

#include "attune/core/result.hpp"
#include "attune/xr/headset.hpp"

namespace attune::xr {

/// One swapchain of two array layers: both eyes in one image.
class Swapchain {
 public:
  /// In the format that is chosen from those the runtime offers.
  [[nodiscard]] static core::Result<Swapchain> create(XrSession session, const ChooseFormat& choose_format,
                                                      std::uint32_t width, std::uint32_t height);
  ~Swapchain();
  Swapchain(Swapchain&& other) noexcept;
  Swapchain& operator=(Swapchain&&) = delete;

  /// An image that may be drawn to; null when the runtime has none free now. Then ask again with a later
  /// frame.
  [[nodiscard]] core::Result<VkImage> acquire();
  [[nodiscard]] core::Result<void> release();

  [[nodiscard]] XrSwapchain handle() const { return handle_; }
  [[nodiscard]] std::int64_t format() const { return format_; }
  [[nodiscard]] XrRect2Di area() const { return area_; }

 private:
  Swapchain() = default;
  XrSwapchain handle_ = XR_NULL_HANDLE;
  std::int64_t format_ = 0;
  XrRect2Di area_{};
  std::vector<VkImage> images_;
  VkImage awaited_ = VK_NULL_HANDLE;  // acquired, not yet free
};

}  // namespace attune::xr
