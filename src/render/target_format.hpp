#pragma once

#include <volk.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace attune::render {

/// What a compositor takes the numbers in a target for; values as in shaders/output. OpenXR 1.1, "Swapchain
/// Image Management": what is meant to be sRGB encoded must say so in its format, all else is linear light.
enum class Encoding : std::int32_t { srgb = 0, linear = 1 };

/// A format that the renderer draws to.
struct TargetFormat {
  VkFormat format = VK_FORMAT_UNDEFINED;
  Encoding encoding = Encoding::srgb;
  std::uint32_t bytes_per_pixel = 4;
  /// The largest number a channel stores, where steps are so wide that they need a dither; else 0.
  std::uint32_t coarse_steps = 0;
  /// Steps that even a dither hides badly: linear light in 8 or 10 bits is up to 13 times as coarse in the
  /// dark as the same bits encoded.
  bool last_resort = false;
};

/// Null when the renderer does not draw to it.
[[nodiscard]] const TargetFormat* find_target_format(VkFormat format);

/// Pixels of a target as screens and files want them: RGBA, 8 bits, sRGB encoded. What lies outside 0..1 is
/// cut off, as a display does.
[[nodiscard]] std::vector<std::uint8_t> to_rgba(const TargetFormat& format,
                                                std::span<const std::byte> pixels);

}  // namespace attune::render
