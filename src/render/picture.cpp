#include "attune/render/picture.hpp"

#include <png.h>

#include <algorithm>

#include "attune/core/files.hpp"

namespace attune::render {

Picture side_by_side(const Picture& left, const Picture& right) {
  Picture both{left.width + right.width, left.height, {}};
  both.rgba.reserve(left.rgba.size() + right.rgba.size());
  for (std::uint32_t y = 0; y < left.height; ++y) {
    for (const auto* half : {&left, &right}) {
      const auto row = half->rgba.begin() + static_cast<std::ptrdiff_t>(std::size_t{y} * half->width * 4);
      both.rgba.insert(both.rgba.end(), row, row + static_cast<std::ptrdiff_t>(std::size_t{half->width} * 4));
    }
  }
  return both;
}

core::Result<void> write_png(const Picture& picture, const std::filesystem::path& path) {
  png_image info{};
  info.version = PNG_IMAGE_VERSION;
  info.width = picture.width;
  info.height = picture.height;
  info.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  if (png_image_write_get_memory_size(info, size, 0, picture.rgba.data(), 0, nullptr) == 0)
    return core::failed(path.string() + ": the picture could not be packed: " + info.message);
  std::string bytes(size, '\0');
  if (png_image_write_to_memory(&info, bytes.data(), &size, 0, picture.rgba.data(), 0, nullptr) == 0)
    return core::failed(path.string() + ": the picture could not be packed: " + info.message);
  bytes.resize(size);
  auto written = core::write_whole(path, bytes);
  if (!written) return core::failed(written.error().message);
  return {};
}

}  // namespace attune::render
