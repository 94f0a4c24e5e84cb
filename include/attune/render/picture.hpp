#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "attune/core/result.hpp"

namespace attune::render {

/// A picture as screens and files want it: RGBA, 8 bits, sRGB encoded, top row first.
struct Picture {
  std::uint32_t width = 0, height = 0;
  std::vector<std::uint8_t> rgba;

  /// Column from the left, row from the top.
  [[nodiscard]] std::array<std::uint8_t, 4> at(std::uint32_t x, std::uint32_t y) const {
    const auto* p = &rgba[(std::size_t{y} * width + x) * 4];
    return {p[0], p[1], p[2], p[3]};
  }
};

/// Left and right beside each other. Both must have the same size.
[[nodiscard]] Picture side_by_side(const Picture& left, const Picture& right);

/// Writes a PNG without time stamps: equal pictures give equal files. Errors, status 1: the folder is missing
/// or not writable.
[[nodiscard]] core::Result<void> write_png(const Picture& picture, const std::filesystem::path& path);

}  // namespace attune::render
