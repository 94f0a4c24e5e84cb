#include "scene/plants.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace attune::scene {

namespace {

constexpr float turn = 6.283185307F;

int steps(Detail detail) { return detail == Detail::near ? 2 : detail == Detail::middle ? 1 : 0; }

Paint bark() { return {srgb(0x6B5440), 0.95F}; }

}  // namespace

Paint leaves(Dice& dice) {
  static const std::array<glm::vec3, 5> greens{srgb(0x5E8C3A), srgb(0x4F7F38), srgb(0x739A45), srgb(0x3F6F3C),
                                               srgb(0x86A24A)};
  const auto green = greens[static_cast<std::size_t>(dice.whole(0, 4))];
  return {green * dice.between(0.85F, 1.1F), 0.9F, 0.0F, Surface::foliage};
}

void add_tree(MeshBuilder& builder, glm::vec3 foot, float height_m, Detail detail, Dice& dice,
              const Paint& crown) {
  const auto trunk_m = height_m * 0.38F;
  const auto radius = height_m * dice.between(0.27F, 0.34F);
  builder.tube(foot, foot + glm::vec3(0.0F, trunk_m + 0.2F * height_m, 0.0F), 0.035F * height_m,
               0.018F * height_m, detail == Detail::near ? 8 : 4, bark(), false);
  const auto middle = foot + glm::vec3(0.0F, trunk_m + 0.30F * height_m, 0.0F);
  builder.blob(middle, {radius, 0.31F * height_m, radius}, steps(detail), 0.10F, dice.bits(), crown);
  if (detail == Detail::far) return;
  const auto clusters = detail == Detail::near ? 4 : 2;
  const auto first = dice.between(0.0F, turn);
  for (int i = 0; i < clusters; ++i) {
    const auto angle = first + turn * static_cast<float>(i) / static_cast<float>(clusters);
    const auto size = radius * dice.between(0.52F, 0.68F);
    const auto offset = glm::vec3(std::cos(angle) * radius * 0.62F, dice.between(-0.10F, 0.14F) * height_m,
                                  std::sin(angle) * radius * 0.62F);
    builder.blob(middle + offset, {size, size * 0.85F, size}, steps(detail) - (i % 2), 0.10F, dice.bits(),
                 crown.times(dice.between(0.88F, 1.14F)));
  }
}

void add_cypress(MeshBuilder& builder, glm::vec3 foot, float height_m, Detail detail, Dice& dice) {
  const auto paint = Paint{srgb(0x3C5F3A) * dice.between(0.85F, 1.15F), 0.9F, 0.0F, Surface::foliage};
  builder.tube(foot, foot + glm::vec3(0.0F, 0.15F * height_m, 0.0F), 0.03F * height_m, 0.03F * height_m, 5,
               bark(), false);
  builder.blob(foot + glm::vec3(0.0F, 0.54F * height_m, 0.0F),
               {0.13F * height_m, 0.46F * height_m, 0.13F * height_m}, steps(detail), 0.08F, dice.bits(),
               paint);
}

void add_bush(MeshBuilder& builder, glm::vec3 foot, float radius_m, Detail detail, Dice& dice,
              const Paint& paint) {
  builder.blob(foot + glm::vec3(0.0F, 0.6F * radius_m, 0.0F), {radius_m, 0.8F * radius_m, radius_m},
               steps(detail), 0.13F, dice.bits(), paint);
}

void add_grass_tuft(MeshBuilder& builder, glm::vec3 foot, float height_m, int blades, Dice& dice) {
  for (int i = 0; i < blades; ++i) {
    const auto angle = dice.between(0.0F, turn);
    const auto out = glm::vec3(std::cos(angle), 0.0F, std::sin(angle));
    const auto side = glm::vec3(-out.z, 0.0F, out.x) * (0.012F + 0.02F * height_m);
    const auto base = foot + out * dice.between(0.0F, 0.12F) * height_m;
    const auto tip =
        base + glm::vec3(0.0F, height_m * dice.between(0.7F, 1.1F), 0.0F) + out * height_m * 0.35F;
    const auto paint = Paint{srgb(0x8FA35A) * dice.between(0.7F, 1.1F), 0.9F, 0.0F, Surface::foliage};
    // A blade has two faces, since back faces are not drawn.
    builder.polygon(std::array{base - side, base + side, tip}, paint);
    builder.polygon(std::array{base + side, base - side, tip}, paint);
  }
}

void add_flowers(MeshBuilder& builder, glm::vec3 centre, float radius_x, float radius_z, int count,
                 glm::vec3 colour, Dice& dice) {
  for (int i = 0; i < count; ++i) {
    const auto angle = dice.between(0.0F, turn);
    const auto reach = std::sqrt(dice.unit());
    const auto foot =
        centre + glm::vec3(std::cos(angle) * reach * radius_x, 0.0F, std::sin(angle) * reach * radius_z);
    const auto top = foot + glm::vec3(0.0F, dice.between(0.14F, 0.30F), 0.0F);
    builder.tube(foot, top, 0.006F, 0.005F, 3, {srgb(0x557A3A), 0.9F, 0.0F, Surface::foliage}, false);
    builder.blob(top, glm::vec3(dice.between(0.03F, 0.05F)) * glm::vec3(1.0F, 0.7F, 1.0F), 0, 0.15F,
                 dice.bits(), {colour * dice.between(0.8F, 1.15F), 0.85F});
  }
}

}  // namespace attune::scene
