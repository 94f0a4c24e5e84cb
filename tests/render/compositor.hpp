#pragma once

#include <cstring>

#include "render/resources.hpp"
#include "support/light.hpp"

namespace attune::render::test {

/// What a compositor's sampler reads from one layer of a target that was drawn: linear light, row by row from
/// the top. The graphics device itself reads the format (a blit into 32-bit floats converts as sampling
/// does), so that nothing of the renderer's own knowledge of formats is in it.
inline attune::test::Light light_seen(Device& device, VkImage target, std::uint32_t width,
                                      std::uint32_t height, std::uint32_t layer) {
  const Image floats(device, {.format = VK_FORMAT_R32G32B32A32_SFLOAT,
                              .width = width,
                              .height = height,
                              .usage = VK_IMAGE_USAGE_TRANSFER_DST_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT |
                                       VK_IMAGE_USAGE_SAMPLED_BIT});
  const auto bytes = std::size_t{width} * height * 4 * sizeof(float);
  const Buffer buffer(device, bytes, VK_BUFFER_USAGE_TRANSFER_DST_BIT, Access::read_back);
  constexpr Use drawn{VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT, VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT,
                      VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL};
  constexpr Use read{VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT, VK_ACCESS_2_TRANSFER_READ_BIT,
                     VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL};
  constexpr Use unused{VK_PIPELINE_STAGE_2_NONE, VK_ACCESS_2_NONE, VK_IMAGE_LAYOUT_UNDEFINED};
  constexpr Use written{VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT, VK_ACCESS_2_TRANSFER_WRITE_BIT,
                        VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL};
  OneShot once(device);
  barrier(once.commands(), target, VK_IMAGE_ASPECT_COLOR_BIT, drawn, read);
  barrier(once.commands(), floats.get(), VK_IMAGE_ASPECT_COLOR_BIT, unused, written);
  const VkOffset3D end{static_cast<std::int32_t>(width), static_cast<std::int32_t>(height), 1};
  const VkImageBlit blit{{VK_IMAGE_ASPECT_COLOR_BIT, 0, layer, 1},
                         {{0, 0, 0}, end},
                         {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1},
                         {{0, 0, 0}, end}};
  vkCmdBlitImage(once.commands(), target, read.layout, floats.get(), written.layout, 1, &blit,
                 VK_FILTER_NEAREST);
  barrier(once.commands(), floats.get(), VK_IMAGE_ASPECT_COLOR_BIT, written, read);
  VkBufferImageCopy copy{};
  copy.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  copy.imageExtent = {width, height, 1};
  vkCmdCopyImageToBuffer(once.commands(), floats.get(), read.layout, buffer.get(), 1, &copy);
  barrier(once.commands(), target, VK_IMAGE_ASPECT_COLOR_BIT, read, drawn);
  once.run();
  attune::test::Light light{width, height, std::vector<float>(std::size_t{4} * width * height)};
  std::memcpy(light.rgba.data(), buffer.mapped(), bytes);
  return light;
}

}  // namespace attune::render::test
