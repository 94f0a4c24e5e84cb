#include "render/read_back.hpp"

namespace attune::render {

Picture read_layer(const Device& device, VkImage image, const TargetFormat& format, std::uint32_t width,
                   std::uint32_t height, std::uint32_t layer) {
  const auto bytes = std::size_t{width} * height * format.bytes_per_pixel;
  const Buffer buffer(device, bytes, VK_BUFFER_USAGE_TRANSFER_DST_BIT, Access::read_back);
  constexpr Use drawn{VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT, VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT,
                      VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL};
  constexpr Use copied{VK_PIPELINE_STAGE_2_COPY_BIT, VK_ACCESS_2_TRANSFER_READ_BIT,
                       VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL};
  OneShot once(device);
  barrier(once.commands(), image, VK_IMAGE_ASPECT_COLOR_BIT, drawn, copied);
  VkBufferImageCopy region{};
  region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, layer, 1};
  region.imageExtent = {width, height, 1};
  vkCmdCopyImageToBuffer(once.commands(), image, VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, buffer.get(), 1,
                         &region);
  barrier(once.commands(), image, VK_IMAGE_ASPECT_COLOR_BIT, copied, drawn);
  make_copies_visible(once.commands());
  once.run();

  return {width, height, to_rgba(format, {buffer.mapped(), bytes})};
}

}  // namespace attune::render
