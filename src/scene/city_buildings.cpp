#include <algorithm>
#include <cmath>

#include "scene/city_parts.hpp"

namespace attune::scene {

namespace {

Paint facade(const Building& b) {
  return {b.wall, b.style == 2 ? 0.25F : 0.85F, 0.0F, Surface::facade, b.style};
}

/// Two slopes over the walls, with gables in the wall's colour.
void add_ridge_roof(MeshBuilder& builder, const Building& b) {
  const auto [x0, z0, x1, z1] = std::array{b.lot.low.x, b.lot.low.y, b.lot.high.x, b.lot.high.y};
  const auto eaves = b.height_m;
  const auto tiles = Paint{b.top, 0.85F};
  const auto gable = Paint{b.wall, 0.9F};
  const auto over = 0.4F;
  if (b.roof == Roof::ridge_x) {
    const auto middle = 0.5F * (z0 + z1), ridge = eaves + 0.42F * (z1 - z0) * 0.9F;
    const auto low = eaves - 0.2F;
    builder.quad({x0, low, z1 + over}, {x1, low, z1 + over}, {x1, ridge, middle}, {x0, ridge, middle}, tiles);
    builder.quad({x1, low, z0 - over}, {x0, low, z0 - over}, {x0, ridge, middle}, {x1, ridge, middle},
                 tiles.times(0.96F));
    builder.polygon(
        std::array{glm::vec3(x0, eaves, z0), glm::vec3(x0, eaves, z1), glm::vec3(x0, ridge, middle)}, gable);
    builder.polygon(
        std::array{glm::vec3(x1, eaves, z1), glm::vec3(x1, eaves, z0), glm::vec3(x1, ridge, middle)}, gable);
  } else {
    const auto middle = 0.5F * (x0 + x1), ridge = eaves + 0.42F * (x1 - x0) * 0.9F;
    const auto low = eaves - 0.2F;
    builder.quad({x0 - over, low, z0}, {x0 - over, low, z1}, {middle, ridge, z1}, {middle, ridge, z0}, tiles);
    builder.quad({x1 + over, low, z1}, {x1 + over, low, z0}, {middle, ridge, z0}, {middle, ridge, z1},
                 tiles.times(0.96F));
    builder.polygon(
        std::array{glm::vec3(x0, eaves, z1), glm::vec3(x1, eaves, z1), glm::vec3(middle, ridge, z1)}, gable);
    builder.polygon(
        std::array{glm::vec3(x1, eaves, z0), glm::vec3(x0, eaves, z0), glm::vec3(middle, ridge, z0)}, gable);
  }
}

void add_chimneys(MeshBuilder& builder, const Building& b, Dice& dice) {
  const auto brick = Paint{srgb(0x8C5A44), 0.95F};
  for (int i = dice.whole(1, 2); i > 0; --i) {
    const auto along = dice.between(0.2F, 0.8F), across = dice.between(0.36F, 0.64F);
    const auto share = b.roof == Roof::ridge_x ? glm::vec2(along, across) : glm::vec2(across, along);
    const auto at = b.lot.low + share * b.lot.size();
    builder.box({at.x - 0.4F, b.height_m + 1.5F, at.y - 0.6F}, {at.x + 0.4F, b.height_m + 6.2F, at.y + 0.6F},
                brick, true);
  }
}

void add_flat_roof(MeshBuilder& builder, const SunShadows& shadows, const Building& b, Dice& dice) {
  const auto top = b.height_m;
  const auto gravel = Paint{b.top, 0.95F};
  if (!b.rich) {
    shadows.lay(builder, b.lot.low, b.lot.high, top, gravel);
    return;
  }
  const auto thick = 0.35F, rim = top + 0.8F;
  const auto inner = Lot{b.lot.low + thick, b.lot.high - thick};
  shadows.lay(builder, inner.low, inner.high, top, gravel);
  const auto stone = Paint{b.wall * 0.92F, 0.9F};
  const auto [x0, z0, x1, z1] = std::array{b.lot.low.x, b.lot.low.y, b.lot.high.x, b.lot.high.y};
  builder.box({x0, top, z0}, {x1, rim, inner.low.y}, stone, true);
  builder.box({x0, top, inner.high.y}, {x1, rim, z1}, stone, true);
  builder.box({x0, top, inner.low.y}, {inner.low.x, rim, inner.high.y}, stone, true);
  builder.box({inner.high.x, top, inner.low.y}, {x1, rim, inner.high.y}, stone, true);
  // Lift heads and ventilation.
  for (int i = dice.whole(1, 3); i > 0; --i) {
    const auto half = glm::vec2(dice.between(0.9F, 2.2F), dice.between(0.9F, 2.0F));
    const auto at = inner.low + half + glm::vec2(dice.unit(), dice.unit()) * (inner.size() - 2.0F * half);
    builder.box({at.x - half.x, top, at.y - half.y},
                {at.x + half.x, top + dice.between(1.0F, 3.0F), at.y + half.y},
                Paint{srgb(0xA8A8A2) * dice.between(0.7F, 1.0F), 0.8F}, true);
  }
}

}  // namespace

void add_building(MeshBuilder& builder, const SunShadows& shadows, const Building& b, Dice& dice) {
  const auto wall = facade(b);
  const auto [x0, z0, x1, z1] = std::array{b.lot.low.x, b.lot.low.y, b.lot.high.x, b.lot.high.y};
  const auto top = b.height_m;
  builder.quad({x0, 0.0F, z1}, {x1, 0.0F, z1}, {x1, top, z1}, {x0, top, z1}, wall);
  builder.quad({x1, 0.0F, z0}, {x0, 0.0F, z0}, {x0, top, z0}, {x1, top, z0}, wall);
  builder.quad({x1, 0.0F, z1}, {x1, 0.0F, z0}, {x1, top, z0}, {x1, top, z1}, wall);
  builder.quad({x0, 0.0F, z0}, {x0, 0.0F, z1}, {x0, top, z1}, {x0, top, z0}, wall);
  if (b.roof == Roof::flat) {
    add_flat_roof(builder, shadows, b, dice);
  } else {
    add_ridge_roof(builder, b);
    if (b.rich) add_chimneys(builder, b, dice);
  }
}

}  // namespace attune::scene
