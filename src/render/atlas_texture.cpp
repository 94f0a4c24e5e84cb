#include "render/atlas_texture.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

namespace attune::render {
namespace {

constexpr std::uint32_t mips = 4;  // beyond an eighth nobody reads

std::vector<std::uint8_t> half_size(const std::vector<std::uint8_t>& from, std::uint32_t width,
                                    std::uint32_t height) {
  std::vector<std::uint8_t> out(std::size_t{width / 2} * (height / 2));
  for (std::uint32_t y = 0; y < height / 2; ++y) {
    for (std::uint32_t x = 0; x < width / 2; ++x) {
      const auto* top = &from[std::size_t{2 * y} * width + 2 * std::size_t{x}];
      const auto* bottom = top + width;
      const int sum = top[0] + top[1] + bottom[0] + bottom[1];
      out[std::size_t{y} * (width / 2) + x] = static_cast<std::uint8_t>((sum + 2) / 4);
    }
  }
  return out;
}

}  // namespace

Image upload_atlas(const Device& device, const GlyphAtlas& atlas) {
  Image image(device, {.format = VK_FORMAT_R8_UNORM,
                       .width = atlas.width(),
                       .height = atlas.height(),
                       .mips = mips,
                       .usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT});
  std::vector<std::vector<std::uint8_t>> levels{{atlas.texels().begin(), atlas.texels().end()}};
  for (std::uint32_t mip = 1; mip < mips; ++mip)
    levels.push_back(half_size(levels.back(), atlas.width() >> (mip - 1), atlas.height() >> (mip - 1)));

  std::size_t bytes = 0;
  for (const auto& level : levels) bytes += level.size();
  const Buffer staging(device, bytes, VK_BUFFER_USAGE_TRANSFER_SRC_BIT, Access::upload);
  std::vector<VkBufferImageCopy> regions;
  std::size_t at = 0;
  for (std::uint32_t mip = 0; mip < mips; ++mip) {
    std::memcpy(staging.mapped() + at, levels[mip].data(), levels[mip].size());
    VkBufferImageCopy region{};
    region.bufferOffset = at;
    region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, mip, 0, 1};
    region.imageExtent = {atlas.width() >> mip, atlas.height() >> mip, 1};
    regions.push_back(region);
    at += levels[mip].size();
  }

  OneShot once(device);
  constexpr Use copied{VK_PIPELINE_STAGE_2_COPY_BIT, VK_ACCESS_2_TRANSFER_WRITE_BIT,
                       VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL};
  constexpr Use read{VK_PIPELINE_STAGE_2_FRAGMENT_SHADER_BIT, VK_ACCESS_2_SHADER_SAMPLED_READ_BIT,
                     VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL};
  barrier(once.commands(), image.get(), VK_IMAGE_ASPECT_COLOR_BIT,
          {VK_PIPELINE_STAGE_2_NONE, VK_ACCESS_2_NONE, VK_IMAGE_LAYOUT_UNDEFINED}, copied);
  vkCmdCopyBufferToImage(once.commands(), staging.get(), image.get(), VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL,
                         static_cast<std::uint32_t>(regions.size()), regions.data());
  barrier(once.commands(), image.get(), VK_IMAGE_ASPECT_COLOR_BIT, copied, read);
  once.run();
  return image;
}

}  // namespace attune::render
