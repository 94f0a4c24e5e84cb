#include "scene/plants.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/geometric.hpp>

namespace attune::scene {

namespace {

constexpr float turn = 6.283185307F;

int steps(Detail detail) { return detail == Detail::far ? 0 : 1; }

Paint bark() { return {srgb(0x6B5440), 0.95F}; }

}  // namespace

Paint leaves(Dice& dice) {
  static const std::array<glm::vec3, 5> greens{srgb(0x5E8C3A), srgb(0x4F7F38), srgb(0x739A45), srgb(0x3F6F3C),
                                               srgb(0x86A24A)};
  const auto green = greens[static_cast<std::size_t>(dice.whole(0, 4))];
  return {green * dice.between(0.85F, 1.1F), 0.9F, 0.0F, Surface::foliage};
}

Paint tall_grass() { return {srgb(0x9DB066), 0.9F, 0.0F, Surface::foliage}; }

void add_leaves(MeshBuilder& builder, glm::vec3 centre, glm::vec3 radii, int count, float size_m, Dice& dice,
                const Paint& paint) {
  for (int i = 0; i < count; ++i) {
    // Even on the sphere, by height and angle (Archimedes).
    const auto up = dice.between(-0.85F, 1.0F), angle = dice.between(0.0F, turn);
    const auto level = std::sqrt(std::max(0.0F, 1.0F - up * up));
    const auto out = glm::vec3(level * std::cos(angle), up, level * std::sin(angle));
    const auto normal = glm::normalize(out / radii);
    const auto lean =
        glm::vec3{dice.between(-0.7F, 0.7F), dice.between(-0.4F, 0.7F), dice.between(-0.7F, 0.7F)};
    const auto facing = glm::normalize(normal + lean);
    const auto helper = std::abs(facing.y) < 0.9F ? glm::vec3(0, 1, 0) : glm::vec3(1, 0, 0);
    const auto x = glm::normalize(glm::cross(helper, facing)), y = glm::cross(facing, x);
    const auto spin = dice.between(0.0F, turn), size = size_m * dice.between(0.7F, 1.25F);
    const auto along = std::cos(spin) * x + std::sin(spin) * y,
               across = std::cos(spin) * y - std::sin(spin) * x;
    const auto place = centre + radii * out * dice.between(0.86F, 1.02F);
    const auto shade = dice.between(0.72F, 1.22F) * (0.82F + 0.18F * up);
    builder.leaf(place, along * size, across * (0.55F * size), normal, paint.times(shade));
  }
}

namespace {

/// A crown of many clusters with single leaves: for what stands near.
void add_leafy_crown(MeshBuilder& builder, glm::vec3 middle, float height_m, float radius, bool near,
                     Dice& dice, const Paint& crown) {
  const auto leaf_m = (near ? 0.030F : 0.045F) * height_m;
  const auto whole = glm::vec3(radius, 0.31F * height_m, radius);
  builder.blob(middle, whole * 0.86F, 1, 0.10F, dice.bits(), crown.times(0.62F));
  add_leaves(builder, middle, whole, near ? 380 : 80, leaf_m, dice, crown);
  const auto clusters = near ? 9 : 3;
  const auto first = dice.between(0.0F, turn);
  for (int i = 0; i < clusters; ++i) {
    const auto angle = first + 2.4F * static_cast<float>(i);  // the golden angle: no two in a row
    const auto size = radius * dice.between(0.50F, 0.66F), reach = radius * dice.between(0.52F, 0.72F);
    const auto up = 0.26F * height_m * (static_cast<float>(i) / static_cast<float>(clusters) - 0.42F);
    const auto place = middle + glm::vec3(std::cos(angle) * reach, up, std::sin(angle) * reach);
    const auto radii = glm::vec3(size, size * 0.85F, size);
    const auto tone = crown.times(dice.between(0.88F, 1.14F));
    builder.blob(place, radii * 0.86F, 1, 0.10F, dice.bits(), tone.times(0.68F));
    add_leaves(builder, place, radii, near ? 150 : 36, leaf_m, dice, tone);
  }
}

}  // namespace

void add_tree(MeshBuilder& builder, glm::vec3 foot, float height_m, Detail detail, Dice& dice,
              const Paint& crown) {
  const auto trunk_m = height_m * 0.36F;
  const auto radius = height_m * dice.between(0.27F, 0.33F);
  const auto fine = detail == Detail::near || detail == Detail::leafy;
  builder.tube(foot, foot + glm::vec3(0.0F, trunk_m + 0.2F * height_m, 0.0F), 0.035F * height_m,
               0.018F * height_m, fine ? 8 : 4, bark(), false);
  const auto middle = foot + glm::vec3(0.0F, trunk_m + 0.30F * height_m, 0.0F);
  if (fine) {
    add_leafy_crown(builder, middle, height_m, radius, detail == Detail::near, dice, crown);
    return;
  }
  builder.blob(middle, {radius, 0.31F * height_m, radius}, steps(detail), 0.10F, dice.bits(), crown);
  if (detail == Detail::far) return;
  const auto first = dice.between(0.0F, turn);
  for (int i = 0; i < 2; ++i) {
    const auto angle = first + 0.5F * turn * static_cast<float>(i);
    const auto size = radius * dice.between(0.52F, 0.68F), up = dice.between(-0.10F, 0.14F) * height_m;
    const auto place =
        middle + glm::vec3(std::cos(angle) * radius * 0.62F, up, std::sin(angle) * radius * 0.62F);
    builder.blob(place, {size, size * 0.85F, size}, 0, 0.10F, dice.bits(),
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
  const auto middle = foot + glm::vec3(0.0F, 0.6F * radius_m, 0.0F);
  const auto radii = glm::vec3(radius_m, 0.8F * radius_m, radius_m);
  const auto fine = detail == Detail::near || detail == Detail::leafy;
  builder.blob(middle, radii * (fine ? 0.92F : 1.0F), steps(detail), 0.13F, dice.bits(),
               paint.times(fine ? 0.68F : 1.0F));
  if (fine) {
    add_leaves(builder, middle, radii, detail == Detail::near ? 200 : 80, 0.16F * radius_m + 0.012F, dice,
               paint);
  }
}

void add_grass_tuft(MeshBuilder& builder, glm::vec3 foot, float height_m, int blades, Dice& dice,
                    const Paint& paint) {
  for (int i = 0; i < blades; ++i) {
    const auto angle = dice.between(0.0F, turn);
    const auto out = glm::vec3(std::cos(angle), 0.0F, std::sin(angle));
    const auto side = glm::vec3(-out.z, 0.0F, out.x) * (0.010F + 0.02F * height_m);
    const auto base = foot + out * dice.between(0.0F, 0.12F) * height_m;
    const auto tip =
        base + glm::vec3(0.0F, height_m * dice.between(0.7F, 1.1F), 0.0F) + out * height_m * 0.35F;
    const auto tone = paint.times(dice.between(0.82F, 1.12F));
    // A blade has two faces, since back faces are not drawn; both are lit much like the ground they grow
    // from.
    builder.blade(base - side, base + side, tip, tone);
    builder.blade(base + side, base - side, tip, tone);
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
