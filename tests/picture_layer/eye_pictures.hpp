#pragma once

#include <vulkan/vulkan_core.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attune::picture_layer {

/// The program's own Vulkan device, as it told the runtime.
struct Graphics {
  VkInstance instance = VK_NULL_HANDLE;
  VkPhysicalDevice physical = VK_NULL_HANDLE;
  VkDevice device = VK_NULL_HANDLE;
  std::uint32_t queue_family = 0, queue_index = 0;
};

/// The part of an image that is one eye's picture.
struct Part {
  VkImage image = VK_NULL_HANDLE;
  std::uint32_t layer = 0;
  VkOffset2D offset{};
  VkExtent2D size{};
};

/// What a compositor's sampler reads from it: RGBA as floats, linear light, row by row from the top. The
/// device converts: it knows what each format means, and nothing of it is written down here. The image is in
/// COLOR_ATTACHMENT_OPTIMAL, as it is handed over, and stays so. None when Vulkan refuses.
[[nodiscard]] std::optional<std::vector<float>> light_seen(const Graphics& graphics, const Part& part);

/// The name of the device.
[[nodiscard]] std::string name_of(const Graphics& graphics);

}  // namespace attune::picture_layer
