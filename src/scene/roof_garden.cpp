#include "scene/roof_garden.hpp"

#include <algorithm>
#include <glm/gtc/matrix_transform.hpp>

#include "scene/plants.hpp"

namespace attune::scene {

namespace {

const auto warm_wood = Paint{srgb(0xB5793F), 0.7F};
const auto soil = Paint{srgb(0x4B3826), 1.0F};
const auto turf = Paint{srgb(0x6F9440), 0.95F};

/// A box of boards filled with soil.
void add_planter(MeshBuilder& builder, glm::vec3 low, glm::vec3 high) {
  const auto boards = std::max(2, static_cast<int>((high.y - low.y) / 0.14F));
  const auto step = (high.y - low.y) / static_cast<float>(boards);
  for (int i = 0; i < boards; ++i) {
    const auto y = low.y + step * static_cast<float>(i);
    const auto tone = warm_wood.times(i % 2 == 0 ? 0.92F : 1.04F);
    const auto wall = 0.05F;
    const auto top = y + step - 0.008F;
    builder.box({low.x, y, low.z}, {high.x, top, low.z + wall}, tone);
    builder.box({low.x, y, high.z - wall}, {high.x, top, high.z}, tone);
    builder.box({low.x, y, low.z + wall}, {low.x + wall, top, high.z - wall}, tone);
    builder.box({high.x - wall, y, low.z + wall}, {high.x, top, high.z - wall}, tone);
  }
  const auto y = high.y - 0.07F;
  builder.quad({low.x, y, low.z}, {low.x, y, high.z}, {high.x, y, high.z}, {high.x, y, low.z}, soil);
}

void add_tree_tub(MeshBuilder& builder, Dice& dice) {
  const auto centre = glm::vec3(-3.3F, 0.0F, -3.7F);
  builder.tube(centre, centre + glm::vec3(0.0F, 0.5F, 0.0F), 0.50F, 0.62F, 20, {srgb(0xC9BBA6), 0.85F},
               false);
  builder.disc(centre + glm::vec3(0.0F, 0.46F, 0.0F), 0.62F, 0.62F, 20, soil);
  const auto crown = Paint{srgb(0x7F9F4A), 0.9F, 0.0F, Surface::foliage};
  add_tree(builder, centre + glm::vec3(0.0F, 0.42F, 0.0F), 2.3F, Detail::near, dice, crown);
  for (int i = 0; i < 5; ++i) {
    const auto angle = 1.2566F * static_cast<float>(i);
    add_bush(builder, centre + glm::vec3(0.42F * std::cos(angle), 0.44F, 0.42F * std::sin(angle)), 0.16F,
             Detail::leafy, dice, leaves(dice));
  }
}

void add_beds(MeshBuilder& builder, const TerraceShape& s, Dice& dice) {
  // Along the garden's front rail: lavender and grasses, low enough to look over.
  add_planter(builder, {s.left + 0.25F, 0.0F, s.garden_front + 0.25F},
              {s.inner - 0.25F, 0.42F, s.garden_front + 0.80F});
  for (int i = 0; i < 9; ++i) {
    const auto x = s.left + 0.55F + 0.42F * static_cast<float>(i);
    const auto foot = glm::vec3(x, 0.36F, s.garden_front + 0.52F);
    if (i % 3 == 1)
      add_grass_tuft(builder, foot, 0.55F, 16, dice, tall_grass());
    else
      add_bush(builder, foot, 0.24F, Detail::leafy, dice, leaves(dice));
  }
  add_flowers(builder, {-3.0F, 0.36F, s.garden_front + 0.52F}, 0.9F, 0.2F, 26, srgb(0x8E7CC3), dice);

  // Along the inner edge beside the bay: the plants nearest to the patient.
  add_planter(builder, {s.inner - 0.75F, 0.0F, -4.2F}, {s.inner - 0.22F, 0.50F, -1.5F});
  for (int i = 0; i < 6; ++i) {
    const auto foot = glm::vec3(s.inner - 0.48F, 0.44F, -1.75F - 0.44F * static_cast<float>(i));
    if (i % 2 == 0)
      add_bush(builder, foot, 0.25F, Detail::near, dice, leaves(dice));
    else
      add_grass_tuft(builder, foot, 0.6F, 20, dice, tall_grass());
  }
  add_flowers(builder, {s.inner - 0.48F, 0.44F, -2.2F}, 0.2F, 0.7F, 22, srgb(0xE9A0B4), dice);
  add_flowers(builder, {s.inner - 0.48F, 0.44F, -3.4F}, 0.2F, 0.7F, 22, srgb(0xF2E3A0), dice);

  // Left edge: a clipped hedge.
  add_planter(builder, {s.left + 0.22F, 0.0F, -4.0F}, {s.left + 0.75F, 0.45F, 3.6F});
  for (int i = 0; i < 15; ++i) {
    const auto foot = glm::vec3(s.left + 0.48F, 0.40F, -3.75F + 0.5F * static_cast<float>(i));
    add_bush(builder, foot, 0.36F, Detail::leafy, dice,
             Paint{srgb(0x557F3B) * dice.between(0.85F, 1.1F), 0.9F, 0.0F, Surface::foliage});
  }
}

}  // namespace

void add_bench(MeshBuilder& builder, glm::vec3 foot, float length_m, float yaw_rad) {
  auto place = glm::rotate(glm::translate(glm::mat4(1.0F), foot), yaw_rad, glm::vec3(0.0F, 1.0F, 0.0F));
  const auto part = [&](glm::vec3 centre, glm::vec3 half, const Paint& paint) {
    builder.box(glm::translate(place, centre), half, paint);
  };
  const auto half = length_m / 2.0F;
  for (int i = 0; i < 5; ++i) {
    const auto z = -0.19F + 0.095F * static_cast<float>(i);
    part({0.0F, 0.44F, z}, {half, 0.018F, 0.042F}, warm_wood.times(i % 2 == 0 ? 1.0F : 0.93F));
  }
  for (int i = 0; i < 3; ++i) {
    part({0.0F, 0.56F + 0.13F * static_cast<float>(i), -0.25F - 0.02F * static_cast<float>(i)},
         {half, 0.05F, 0.016F}, warm_wood.times(1.0F - 0.03F * static_cast<float>(i)));
  }
  for (const auto side : {-1.0F, 1.0F}) {
    const auto x = side * (half - 0.12F);
    part({x, 0.21F, -0.18F}, {0.03F, 0.21F, 0.03F}, warm_wood.times(0.7F));
    part({x, 0.21F, 0.17F}, {0.03F, 0.21F, 0.03F}, warm_wood.times(0.7F));
    part({x, 0.64F, -0.28F}, {0.03F, 0.24F, 0.02F}, warm_wood.times(0.7F));
  }
}

void add_roof_garden(MeshBuilder& builder, const TerraceShape& shape) {
  auto dice = Dice(17);
  // A lawn in a frame of boards.
  builder.box({-5.15F, 0.0F, -3.1F}, {-2.55F, 0.05F, 0.6F}, warm_wood.times(0.8F), true);
  builder.quad({-5.1F, 0.055F, -3.05F}, {-5.1F, 0.055F, 0.55F}, {-2.6F, 0.055F, 0.55F},
               {-2.6F, 0.055F, -3.05F}, turf);
  for (int i = 0; i < 380; ++i) {
    const auto foot = glm::vec3{dice.between(-5.05F, -2.65F), 0.05F, dice.between(-3.0F, 0.5F)};
    add_grass_tuft(builder, foot, dice.between(0.03F, 0.07F), 3, dice, turf);
  }
  add_tree_tub(builder, dice);
  add_beds(builder, shape, dice);
  add_bench(builder, {-4.6F, 0.05F, -1.3F}, 1.5F, 1.5708F);
}

void add_back_wall(MeshBuilder& builder, const TerraceShape& s) {
  auto dice = Dice(19);
  builder.box({s.left, 0.0F, s.back - 0.14F}, {s.right, 2.7F, s.back}, Paint{srgb(0xEFE4D0), 0.9F});
  for (int i = 0; i < 120; ++i) {
    const auto place =
        glm::vec3{dice.between(s.left + 0.3F, s.right - 0.3F), dice.between(0.2F, 2.5F), s.back - 0.12F};
    const auto radii = glm::vec3{dice.between(0.22F, 0.45F), dice.between(0.2F, 0.36F), 0.10F};
    const auto green = leaves(dice).times(1.45F);
    builder.blob(place, radii, 0, 0.15F, dice.bits(), green.times(0.75F));
    add_leaves(builder, place, radii * 1.05F, 26, 0.07F, dice, green);
    if (i % 4 == 0) add_leaves(builder, place, radii * 1.1F, 7, 0.045F, dice, Paint{srgb(0xF6CBDA), 0.9F});
  }
  for (auto x = s.left + 0.3F; x < s.right; x += 1.5F) {
    builder.box({x - 0.06F, 0.0F, s.back - 1.96F}, {x + 0.06F, 2.5F, s.back - 1.84F}, warm_wood.times(0.8F),
                true);
    builder.box({x - 0.05F, 2.5F, s.back - 2.2F}, {x + 0.05F, 2.66F, s.back}, warm_wood.times(0.85F));
  }
  builder.box({s.left, 2.38F, s.back - 1.95F}, {s.right, 2.5F, s.back - 1.85F}, warm_wood.times(0.8F));
}

}  // namespace attune::scene
