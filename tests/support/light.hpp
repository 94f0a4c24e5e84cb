#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

/// How far two pictures are from each other, as somebody in front of a display sees it.
namespace attune::test {

/// Linear light as a compositor's sampler reads it: four floats a pixel, row by row from the top.
struct Light {
  std::uint32_t width = 0, height = 0;
  std::vector<float> rgba;

  [[nodiscard]] double at(std::uint32_t x, std::uint32_t y, std::uint32_t channel) const {
    return static_cast<double>(rgba[(std::size_t{y} * width + x) * 4 + channel]);
  }
};

/// On an 8-bit sRGB display, in steps 0..255 (IEC 61966-2-1).
inline double displayed(double light) {
  return 255.0 * (light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1.0 / 2.4) - 0.055);
}

/// The largest distance of one pixel from the same pixel of the other picture, in steps of the display.
inline double farthest_pixel(const Light& one, const Light& other) {
  double farthest = 0.0;
  for (std::uint32_t y = 0; y < one.height; ++y) {
    for (std::uint32_t x = 0; x < one.width; ++x) {
      for (std::uint32_t c = 0; c < 3; ++c)
        farthest = std::max(farthest, std::abs(displayed(one.at(x, y, c)) - displayed(other.at(x, y, c))));
    }
  }
  return farthest;
}

/// Mean light of a square.
inline std::array<double, 3> mean_light(const Light& light, std::uint32_t left, std::uint32_t top,
                                        std::uint32_t side) {
  std::array<double, 3> mean{};
  for (std::uint32_t i = 0; i < side * side; ++i) {
    for (std::uint32_t c = 0; c < 3; ++c)
      mean[c] += light.at(left + i % side, top + i / side, c) / (side * side);
  }
  return mean;
}

/// As `farthest_pixel`, of the mean light of patches of 20 × 20 pixels, in which a dither evens out.
inline double farthest_patch(const Light& one, const Light& other) {
  constexpr std::uint32_t side = 20;
  double farthest = 0.0;
  for (std::uint32_t top = 0; top + side <= one.height; top += side) {
    for (std::uint32_t left = 0; left + side <= one.width; left += side) {
      const auto first = mean_light(one, left, top, side), second = mean_light(other, left, top, side);
      for (std::size_t c = 0; c < 3; ++c)
        farthest = std::max(farthest, std::abs(displayed(first[c]) - displayed(second[c])));
    }
  }
  return farthest;
}

/// The dither of one format is not that of another: means of 400 pixels lie within half a step, of the widest
/// dither in the darkest patch within two.
constexpr double patch_steps = 2.0;

/// How far a single pixel may be from the one of an 8-bit sRGB target, in steps of the display. That one is
/// dithered by half a step and rounded by another half, and powers are good to some tenths of a step.
constexpr double fine_steps = 1.5;
/// One step of linear light in 8 bits is up to 12.92 steps of the display, in 10 bits a quarter of them.
constexpr double linear_8_bit_steps = 12.92 + fine_steps;
constexpr double linear_10_bit_steps = 12.92 / 4 + fine_steps;

}  // namespace attune::test
