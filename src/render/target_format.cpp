#include "render/target_format.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <glm/gtc/packing.hpp>

namespace attune::render {
namespace {

constexpr auto srgb = Encoding::srgb, linear = Encoding::linear;

constexpr std::array formats{
    // Encoded by the hardware, which every runtime reads alike.
    TargetFormat{VK_FORMAT_R8G8B8A8_SRGB, srgb, 4, 255, false},
    TargetFormat{VK_FORMAT_B8G8R8A8_SRGB, srgb, 4, 255, false},
    TargetFormat{VK_FORMAT_A8B8G8R8_SRGB_PACK32, srgb, 4, 255, false},
    // Linear, and fine enough for it.
    TargetFormat{VK_FORMAT_R16G16B16A16_SFLOAT, linear, 8, 0, false},
    TargetFormat{VK_FORMAT_R16G16B16A16_UNORM, linear, 8, 0, false},
    TargetFormat{VK_FORMAT_A2B10G10R10_UNORM_PACK32, linear, 4, 1023, true},
    TargetFormat{VK_FORMAT_R8G8B8A8_UNORM, linear, 4, 255, true},
    TargetFormat{VK_FORMAT_B8G8R8A8_UNORM, linear, 4, 255, true},
    TargetFormat{VK_FORMAT_A8B8G8R8_UNORM_PACK32, linear, 4, 255, true},
};

/// IEC 61966-2-1, of linear light 0..1.
std::uint8_t srgb_byte(float light) {
  const float cut = std::clamp(light, 0.0F, 1.0F);
  const float encoded = cut <= 0.0031308F ? 12.92F * cut : 1.055F * std::pow(cut, 1.0F / 2.4F) - 0.055F;
  return static_cast<std::uint8_t>(std::lround(encoded * 255.0F));
}

/// The byte for every number that a channel of `numbers` values may hold.
template <typename LightOf>
std::vector<std::uint8_t> table(std::uint32_t numbers, const LightOf& light_of) {
  std::vector<std::uint8_t> bytes(numbers);
  for (std::uint32_t i = 0; i < numbers; ++i) bytes[i] = srgb_byte(light_of(i));
  return bytes;
}

std::vector<std::uint8_t> table_of(VkFormat format) {
  const auto share_of = [](float most) {
    return [most](std::uint32_t stored) { return static_cast<float>(stored) / most; };
  };
  switch (format) {
    case VK_FORMAT_R16G16B16A16_SFLOAT:
      return table(65536, [](std::uint32_t stored) {
        const float light = glm::unpackHalf1x16(static_cast<std::uint16_t>(stored));
        return std::isnan(light) ? 0.0F : light;
      });
    case VK_FORMAT_R16G16B16A16_UNORM:
      return table(65536, share_of(65535.0F));
    case VK_FORMAT_A2B10G10R10_UNORM_PACK32:
      return table(1024, share_of(1023.0F));
    default:
      return table(256, share_of(255.0F));
  }
}

/// Red, green and blue as they are stored.
std::array<std::uint32_t, 3> stored_at(const TargetFormat& format, const std::byte* pixel) {
  if (format.bytes_per_pixel == 8) {
    std::array<std::uint16_t, 4> wide{};
    std::memcpy(wide.data(), pixel, sizeof wide);
    return {wide[0], wide[1], wide[2]};
  }
  std::uint32_t packed = 0;  // the first byte is the lowest: the packed formats name bits from the top
  std::memcpy(&packed, pixel, sizeof packed);
  const std::uint32_t bits = format.coarse_steps == 1023 ? 10 : 8;
  const std::uint32_t first = packed & format.coarse_steps, second = packed >> bits & format.coarse_steps,
                      third = packed >> 2 * bits & format.coarse_steps;
  const bool blue_first =
      format.format == VK_FORMAT_B8G8R8A8_SRGB || format.format == VK_FORMAT_B8G8R8A8_UNORM;
  return blue_first ? std::array{third, second, first} : std::array{first, second, third};
}

}  // namespace

const TargetFormat* find_target_format(VkFormat format) {
  const auto* found =
      std::find_if(formats.begin(), formats.end(), [&](const auto& one) { return one.format == format; });
  return found == formats.end() ? nullptr : found;
}

std::vector<std::uint8_t> to_rgba(const TargetFormat& format, std::span<const std::byte> pixels) {
  const auto bytes = format.encoding == linear ? table_of(format.format) : std::vector<std::uint8_t>{};
  const auto count = pixels.size() / format.bytes_per_pixel;
  std::vector<std::uint8_t> rgba(count * 4);
  for (std::size_t i = 0; i < count; ++i) {
    const auto stored = stored_at(format, pixels.data() + i * format.bytes_per_pixel);
    for (std::size_t c = 0; c < 3; ++c)
      rgba[4 * i + c] = bytes.empty() ? static_cast<std::uint8_t>(stored[c]) : bytes[stored[c]];
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}

}  // namespace attune::render
