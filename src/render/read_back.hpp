#pragma once

#include "attune/render/picture.hpp"
#include "render/resources.hpp"
#include "render/target_format.hpp"

namespace attune::render {

/// One layer of a target in COLOR_ATTACHMENT_OPTIMAL, where it is again afterwards. Waits for the GPU.
/// Throws VulkanError.
[[nodiscard]] Picture read_layer(const Device& device, VkImage image, const TargetFormat& format,
                                 std::uint32_t width, std::uint32_t height, std::uint32_t layer);

}  // namespace attune::render
