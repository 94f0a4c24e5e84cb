#pragma once

#define XR_USE_GRAPHICS_API_VULKAN
#include <vulkan/vulkan_core.h>
// openxr_platform.h needs Vulkan's types before it.
#include <openxr/openxr.h>
#include <openxr/openxr_platform.h>

#include <vector>

#include "attune/core/result.hpp"

namespace attune::xr {

/// One swapchain of two array layers: both eyes in one image.
class Swapchain {
 public:
  /// The first of the runtime's formats (its own order is its preference) that is also in `drawable`.
  [[nodiscard]] static core::Result<Swapchain> create(XrSession session,
                                                      const std::vector<std::int64_t>& drawable,
                                                      std::uint32_t width, std::uint32_t height);
  ~Swapchain();
  Swapchain(Swapchain&& other) noexcept;
  Swapchain& operator=(Swapchain&&) = delete;

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
};

}  // namespace attune::xr
