#include <algorithm>
#include <cmath>

#include "scene/city_parts.hpp"

namespace attune::scene {

namespace {

constexpr float turn = 6.283185307F;
const auto copper = Paint{srgb(0x6FA08B), 0.6F};
const auto sandstone = Paint{srgb(0xD9C49C), 0.9F};
const auto shaft = Paint{srgb(0xD7D9D8), 0.6F};

struct Block3 {
  Lot lot;
  float top;
};

constexpr float twin_high_m = 126.0F, twin_low_m = 96.0F, lift_top_m = 72.0F;

std::array<Block3, 2> twins(const CityPlan& plan) {
  const auto low = plan.twins.low;
  return {Block3{{low + glm::vec2(6.0F, 18.0F), low + glm::vec2(30.0F, 42.0F)}, twin_high_m},
          Block3{{low + glm::vec2(33.0F, 6.0F), low + glm::vec2(54.0F, 30.0F)}, twin_low_m}};
}

Lot nave(const CityPlan& plan) {
  return {plan.church.low + glm::vec2(21.0F, 9.0F), plan.church.low + glm::vec2(39.0F, 42.0F)};
}
Lot steeple(const CityPlan& plan) {
  return {plan.church.low + glm::vec2(26.0F, 42.0F), plan.church.low + glm::vec2(34.0F, 50.0F)};
}

std::array<glm::vec2, 4> outline(const Lot& lot) {
  return {lot.low, glm::vec2(lot.low.x, lot.high.y), lot.high, glm::vec2(lot.high.x, lot.low.y)};
}

std::vector<glm::vec2> round(glm::vec2 centre, float radius, int sides) {
  std::vector<glm::vec2> points;
  for (int i = 0; i < sides; ++i) {
    const auto angle = turn * static_cast<float>(i) / static_cast<float>(sides);
    points.push_back(centre + radius * glm::vec2(std::cos(angle), -std::sin(angle)));
  }
  return points;
}

/// A glass tower that steps back twice, with a mast.
void add_glass_tower(MeshBuilder& builder, const Block3& tower, glm::vec3 tint) {
  const auto glass = Paint{tint, 0.2F, 0.0F, Surface::facade, 2};
  const auto metal = Paint{srgb(0xAEB6BA), 0.5F};
  const std::array<glm::vec2, 3> steps{
      {{0.0F, 0.62F}, {3.0F, 0.86F}, {6.0F, 1.0F}}};  // set back, share of height
  auto from = 0.0F;
  for (const auto& step : steps) {
    const auto back = step.x, share = step.y;
    const auto lot = Lot{tower.lot.low + back, tower.lot.high - back};
    const auto to = 3.0F * std::round(tower.top * share / 3.0F);
    builder.prism(outline(lot), from, to, glass, metal);
    from = to;
  }
  const auto middle = tower.lot.centre();
  builder.tube({middle.x, from, middle.y}, {middle.x, from + 18.0F, middle.y}, 0.6F, 0.15F, 6, metal);
}

void add_church(MeshBuilder& builder, const CityPlan& plan) {
  const auto hall = nave(plan), tower = steeple(plan);
  const auto stone = Paint{sandstone.colour, 0.9F, 0.0F, Surface::plain};
  builder.prism(outline(hall), 0.0F, 13.0F, stone, stone);
  const auto [x0, z0, x1, z1] = std::array{hall.low.x - 0.5F, hall.low.y, hall.high.x + 0.5F, hall.high.y};
  const auto middle = 0.5F * (x0 + x1), ridge = 24.0F;
  builder.quad({x0, 12.7F, z0}, {x0, 12.7F, z1}, {middle, ridge, z1}, {middle, ridge, z0}, copper);
  builder.quad({x1, 12.7F, z1}, {x1, 12.7F, z0}, {middle, ridge, z0}, {middle, ridge, z1}, copper);
  builder.polygon(
      std::array{glm::vec3(x0, 12.7F, z1), glm::vec3(x1, 12.7F, z1), glm::vec3(middle, ridge, z1)}, stone);
  builder.polygon(
      std::array{glm::vec3(x1, 12.7F, z0), glm::vec3(x0, 12.7F, z0), glm::vec3(middle, ridge, z0)}, stone);
  for (auto z = z0 + 3.0F; z < z1 - 1.0F; z += 5.5F) {  // buttresses
    builder.box({x0 - 0.9F, 0.0F, z}, {x0 + 0.6F, 10.0F, z + 1.2F}, stone.times(0.93F), true);
    builder.box({x1 - 0.6F, 0.0F, z}, {x1 + 0.9F, 10.0F, z + 1.2F}, stone.times(0.93F), true);
  }
  builder.prism(outline(tower), 0.0F, 36.0F, stone, stone);
  const auto at = tower.centre();
  const auto dark = Paint{srgb(0x4B4238), 0.9F};
  for (const auto face : {-1.0F, 1.0F}) {  // sound windows
    builder.box({at.x - 0.9F, 27.0F, at.y + face * 4.0F - 0.05F},
                {at.x + 0.9F, 32.0F, at.y + face * 4.0F + 0.05F}, dark);
    builder.box({at.x + face * 4.0F - 0.05F, 27.0F, at.y - 0.9F},
                {at.x + face * 4.0F + 0.05F, 32.0F, at.y + 0.9F}, dark);
  }
  builder.tube({at.x, 36.0F, at.y}, {at.x, 62.0F, at.y}, 5.0F, 0.05F, 8, copper, false);
}

void add_museum(MeshBuilder& builder, const CityPlan& plan, const SunShadows& shadows) {
  const auto at = plan.museum.centre();
  const auto stone = Paint{srgb(0xE3D9C3), 0.9F};
  const auto base = Lot{at - glm::vec2(24.0F, 18.0F), at + glm::vec2(24.0F, 18.0F)};
  builder.prism(outline(base), 0.0F, 12.0F, Paint{stone.colour, 0.9F, 0.0F, Surface::facade, 0}, stone);
  for (int i = 0; i < 10; ++i) {  // columns towards the square
    const auto z = base.low.y + 3.0F + 3.33F * static_cast<float>(i);
    builder.tube({base.low.x - 1.6F, 0.0F, z}, {base.low.x - 1.6F, 11.0F, z}, 0.6F, 0.5F, 8, stone, false);
  }
  builder.box({base.low.x - 2.6F, 11.0F, base.low.y}, {base.low.x + 0.5F, 13.0F, base.high.y}, stone);
  shadows.lay(builder, round(at, 11.5F, 20), 12.02F, stone.times(0.95F));
  builder.tube({at.x, 12.0F, at.y}, {at.x, 18.0F, at.y}, 10.0F, 10.0F, 20, stone, false);
  for (int i = 0; i < 5; ++i) {  // the dome, ring by ring
    const auto a = 1.5708F * static_cast<float>(i) / 5.0F, b = 1.5708F * static_cast<float>(i + 1) / 5.0F;
    builder.tube({at.x, 18.0F + 10.0F * std::sin(a), at.y}, {at.x, 18.0F + 10.0F * std::sin(b), at.y},
                 10.3F * std::cos(a), std::max(0.4F, 10.3F * std::cos(b)), 20, copper, false);
  }
  builder.tube({at.x, 27.8F, at.y}, {at.x, 33.0F, at.y}, 1.2F, 0.1F, 8, copper);
}

void add_television_tower(MeshBuilder& builder, const CityPlan& plan) {
  const auto at = [&](float y) { return glm::vec3(plan.mast.x, y, plan.mast.y); };
  builder.tube(at(0.0F), at(20.0F), 9.0F, 5.0F, 16, shaft, false);
  builder.tube(at(20.0F), at(128.0F), 5.0F, 3.2F, 16, shaft, false);
  builder.tube(at(126.0F), at(133.0F), 3.6F, 12.0F, 20, shaft, false);
  builder.tube(at(133.0F), at(137.5F), 12.0F, 12.4F, 20, Paint{srgb(0x3C5566), 0.2F}, false);
  builder.tube(at(137.5F), at(145.0F), 12.4F, 4.0F, 20, shaft.times(0.95F), true);
  builder.tube(at(145.0F), at(160.0F), 2.6F, 2.0F, 10, shaft, false);
  for (int i = 0; i < 5; ++i) {  // the aerial, red and white
    const auto y = 160.0F + 8.0F * static_cast<float>(i);
    const auto radius = 1.2F - 0.2F * static_cast<float>(i);
    builder.tube(at(y), at(y + 8.0F), radius, radius, 6, i % 2 == 0 ? Paint{srgb(0xC94A3B), 0.7F} : shaft,
                 true);
  }
}

}  // namespace

void cast_landmarks(SunShadows& shadows, const CityPlan& plan) {
  for (const auto& tower : twins(plan)) shadows.add_caster(outline(tower.lot), tower.top);
  shadows.add_caster(outline(nave(plan)), 17.0F);
  shadows.add_caster(outline(steeple(plan)), 48.0F);
  shadows.add_caster(round(plan.mast, 4.0F, 8), 145.0F);
  shadows.add_caster(round(plan.museum.centre(), 9.0F, 10), 26.0F);
  const auto at = plan.museum.centre();
  shadows.add_caster(outline({at - glm::vec2(24.0F, 18.0F), at + glm::vec2(24.0F, 18.0F)}), 12.0F);
  shadows.add_caster(outline({{-4.0F, 5.0F}, {4.0F, 11.0F}}), lift_top_m);
}

void add_landmarks(MeshGrid& quarters, const CityPlan& plan, const SunShadows& shadows) {
  const auto both = twins(plan);
  add_glass_tower(quarters.at(both[0].lot.centre()), both[0], srgb(0x5F93B3));
  add_glass_tower(quarters.at(both[1].lot.centre()), both[1], srgb(0x7FA6A0));
  add_church(quarters.at(plan.church.centre()), plan);
  add_museum(quarters.at(plan.museum.centre()), plan, shadows);
  add_television_tower(quarters.at(plan.mast), plan);
}

void add_lift_tower(MeshBuilder& builder) {
  const auto wall = Paint{srgb(0xD9D6CE), 0.85F}, trim = Paint{srgb(0x5A636A), 0.5F};
  const auto glass = Paint{srgb(0x9FB8C2), 0.2F, 0.0F, Surface::facade, 1};
  builder.box({-4.0F, 0.0F, 5.0F}, {-2.2F, lift_top_m, 11.0F}, wall, true);
  builder.box({2.2F, 0.0F, 5.0F}, {4.0F, lift_top_m, 11.0F}, wall, true);
  builder.box({-2.2F, 0.0F, 5.6F}, {2.2F, lift_top_m, 11.0F}, glass, true);
  for (const auto x : {-1.7F, 1.7F})
    builder.box({x - 0.15F, 0.0F, 5.2F}, {x + 0.15F, lift_top_m, 5.6F}, trim, true);
  // A line on every storey tells how fast the terrace moves.
  for (auto y = 3.0F; y < lift_top_m; y += 3.0F) {
    builder.box({-4.06F, y - 0.08F, 4.94F}, {-2.2F, y + 0.08F, 5.0F}, trim);
    builder.box({2.2F, y - 0.08F, 4.94F}, {4.06F, y + 0.08F, 5.0F}, trim);
  }
}

}  // namespace attune::scene
