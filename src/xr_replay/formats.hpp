#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "xr_replay/openxr.hpp"

namespace attune::xr_replay {

/// An image format the runtime can offer.
struct Format {
  VkFormat format;
  std::string_view name;  ///< as in ATTUNE_XR_FORMATS: Vulkan's, without VK_FORMAT_
  VkImageAspectFlags aspect;
  std::uint64_t texel_bytes;
  /// Offered only where the setting names it: the conformance suite stops at formats it does not know.
  bool on_request = false;

  [[nodiscard]] constexpr bool is_color() const { return aspect == VK_IMAGE_ASPECT_COLOR_BIT; }
  /// What a device must be able to do with it.
  [[nodiscard]] constexpr VkFormatFeatureFlags needs() const {
    return is_color() ? VK_FORMAT_FEATURE_COLOR_ATTACHMENT_BIT | VK_FORMAT_FEATURE_SAMPLED_IMAGE_BIT
                      : VK_FORMAT_FEATURE_DEPTH_STENCIL_ATTACHMENT_BIT | VK_FORMAT_FEATURE_SAMPLED_IMAGE_BIT;
  }
  /// The layout in which images change hands (XR_KHR_vulkan_enable2, "Swapchain Image Layout").
  [[nodiscard]] constexpr VkImageLayout layout() const {
    return is_color() ? VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL
                      : VK_IMAGE_LAYOUT_DEPTH_STENCIL_ATTACHMENT_OPTIMAL;
  }
};

// Best first: encoded colour as displays want it, then more range, then what is coarse for the linear light
// that all formats hold which are not SRGB (OpenXR 1.1, XrSwapchain).
inline constexpr std::array all_formats{
    Format{VK_FORMAT_R8G8B8A8_SRGB, "R8G8B8A8_SRGB", VK_IMAGE_ASPECT_COLOR_BIT, 4},
    Format{VK_FORMAT_B8G8R8A8_SRGB, "B8G8R8A8_SRGB", VK_IMAGE_ASPECT_COLOR_BIT, 4},
    Format{VK_FORMAT_A8B8G8R8_SRGB_PACK32, "A8B8G8R8_SRGB_PACK32", VK_IMAGE_ASPECT_COLOR_BIT, 4, true},
    Format{VK_FORMAT_R16G16B16A16_SFLOAT, "R16G16B16A16_SFLOAT", VK_IMAGE_ASPECT_COLOR_BIT, 8},
    Format{VK_FORMAT_R16G16B16A16_UNORM, "R16G16B16A16_UNORM", VK_IMAGE_ASPECT_COLOR_BIT, 8},
    Format{VK_FORMAT_A2B10G10R10_UNORM_PACK32, "A2B10G10R10_UNORM_PACK32", VK_IMAGE_ASPECT_COLOR_BIT, 4},
    Format{VK_FORMAT_R8G8B8A8_UNORM, "R8G8B8A8_UNORM", VK_IMAGE_ASPECT_COLOR_BIT, 4},
    Format{VK_FORMAT_B8G8R8A8_UNORM, "B8G8R8A8_UNORM", VK_IMAGE_ASPECT_COLOR_BIT, 4},
    Format{VK_FORMAT_A8B8G8R8_UNORM_PACK32, "A8B8G8R8_UNORM_PACK32", VK_IMAGE_ASPECT_COLOR_BIT, 4, true},
    Format{VK_FORMAT_D32_SFLOAT, "D32_SFLOAT", VK_IMAGE_ASPECT_DEPTH_BIT, 4},
    Format{VK_FORMAT_D24_UNORM_S8_UINT, "D24_UNORM_S8_UINT",
           VK_IMAGE_ASPECT_DEPTH_BIT | VK_IMAGE_ASPECT_STENCIL_BIT, 4},
    Format{VK_FORMAT_D32_SFLOAT_S8_UINT, "D32_SFLOAT_S8_UINT",
           VK_IMAGE_ASPECT_DEPTH_BIT | VK_IMAGE_ASPECT_STENCIL_BIT, 8},
    Format{VK_FORMAT_D16_UNORM, "D16_UNORM", VK_IMAGE_ASPECT_DEPTH_BIT, 2},
};

[[nodiscard]] constexpr const Format* find_format(std::int64_t format) {
  for (const Format& candidate : all_formats) {
    if (candidate.format == format) return &candidate;
  }
  return nullptr;
}

}  // namespace attune::xr_replay
