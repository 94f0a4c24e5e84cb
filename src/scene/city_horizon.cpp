#include <cmath>

#include "scene/city_parts.hpp"

namespace attune::scene {

namespace {

constexpr float turn = 6.283185307F;
constexpr float edge_m = 7000.0F;

void ground(MeshBuilder& builder, glm::vec2 low, glm::vec2 high, float y, const Paint& paint) {
  builder.quad({low.x, y, low.y}, {low.x, y, high.y}, {high.x, y, high.y}, {high.x, y, low.y}, paint);
}

/// One chain of hills around the city: a slope from the plain up to an uneven crest.
void add_hills(MeshBuilder& builder, float radius, float depth, float low, float high, glm::vec3 colour,
               Dice& dice) {
  constexpr int parts = 120;
  std::array<float, 4> phase{};
  for (auto& p : phase) p = dice.between(0.0F, turn);
  const auto crest = [&](int i) {
    const auto a = turn * static_cast<float>(i % parts) / parts;
    const auto wave = 0.5F + 0.22F * std::sin(3.0F * a + phase[0]) + 0.16F * std::sin(7.0F * a + phase[1]) +
                      0.08F * std::sin(17.0F * a + phase[2]) + 0.04F * std::sin(29.0F * a + phase[3]);
    return low + (high - low) * wave;
  };
  const auto at = [&](int i, float r, float y) {
    const auto a = turn * static_cast<float>(i % parts) / parts;
    return glm::vec3(r * std::cos(a), y, -r * std::sin(a));
  };
  for (int i = 0; i < parts; ++i) {
    const auto paint = Paint{colour * dice.between(0.9F, 1.1F), 1.0F};
    builder.quad(at(i + 1, radius, -1.0F), at(i, radius, -1.0F), at(i, radius + depth, crest(i)),
                 at(i + 1, radius + depth, crest(i + 1)), paint);
  }
}

void add_fields(MeshBuilder& builder, Dice& dice) {
  static const std::array<std::uint32_t, 5> crops{0x8FA457, 0xB8AE62, 0x6F8F49, 0xA39A5E, 0x5F7F45};
  for (int i = 0; i < 220; ++i) {
    const auto angle = dice.between(0.0F, turn), reach = dice.between(1000.0F, 3000.0F);
    const auto at = reach * glm::vec2(std::cos(angle), -std::sin(angle));
    const auto half = glm::vec2(dice.between(60.0F, 190.0F), dice.between(50.0F, 150.0F));
    if (at.x + half.x > CityPlan::river_left - 30.0F && at.x - half.x < CityPlan::river_right + 30.0F)
      continue;
    const auto colour = srgb(crops[static_cast<std::size_t>(dice.whole(0, 4))]) * dice.between(0.85F, 1.1F);
    ground(builder, at - half, at + half, -0.25F - 0.001F * static_cast<float>(i), Paint{colour, 1.0F});
  }
}

/// Houses and trees thin out beyond the last blocks.
void add_suburbs(MeshBuilder& builder, Dice& dice) {
  for (int i = 0; i < 300; ++i) {
    const auto angle = dice.between(0.0F, turn), reach = 880.0F + 900.0F * dice.unit() * dice.unit();
    const auto at = reach * glm::vec2(std::cos(angle), -0.95F * std::sin(angle));
    if (at.x > CityPlan::river_left - 20.0F && at.x < CityPlan::river_right + 20.0F) continue;
    if (std::abs(at.x) < CityPlan::reach_m + 20.0F && at.y > -CityPlan::reach_m - 20.0F && at.y < 560.0F)
      continue;
    if (dice.chance(0.5F)) {
      const auto half = glm::vec2(dice.between(6.0F, 14.0F), dice.between(5.0F, 9.0F));
      const auto top = dice.between(6.0F, 13.0F);
      const auto wall = Paint{srgb(0xE4D9C4) * dice.between(0.8F, 1.0F), 0.9F};
      builder.box({at.x - half.x, -0.3F, at.y - half.y}, {at.x + half.x, top, at.y + half.y}, wall, true);
      ground(builder, at - half, at + half, top + 0.05F,
             Paint{srgb(0x9F5B42) * dice.between(0.8F, 1.1F), 0.9F});
    } else {
      const auto size = dice.between(6.0F, 16.0F);
      builder.blob({at.x, 0.45F * size, at.y}, {size, 0.6F * size, size}, 0, 0.15F, dice.bits(),
                   leaves(dice));
    }
  }
}

void add_river(MeshBuilder& builder) {
  const auto water = Paint{srgb(0x3F7486), 0.08F, 0.0F, Surface::water};
  const auto stone = Paint{srgb(0x9C9486), 0.9F};
  constexpr auto left = CityPlan::river_left, right = CityPlan::river_right, level = -3.0F;
  for (auto z = 1500.0F; z > -edge_m; z -= 500.0F)
    ground(builder, {left, z - 500.0F}, {right, z}, level, water);
  for (auto z = 600.0F; z > -1100.0F; z -= 100.0F) {
    builder.quad({left, level, z}, {left, level, z - 100.0F}, {left, 0.9F, z - 100.0F}, {left, 0.9F, z},
                 stone);
    builder.quad({right, level, z - 100.0F}, {right, level, z}, {right, 0.9F, z}, {right, 0.9F, z - 100.0F},
                 stone);
    builder.box({left - 0.5F, 0.0F, z - 100.0F}, {left - 0.01F, 0.9F, z}, stone, true);
    builder.box({right + 0.01F, 0.0F, z - 100.0F}, {right + 0.5F, 0.9F, z}, stone, true);
  }
}

void add_bridge(MeshBuilder& builder, float z, float half) {
  const auto stone = Paint{srgb(0xC7B898), 0.9F}, road = Paint{srgb(0x5A5B5D), 0.95F};
  constexpr auto left = CityPlan::river_left, right = CityPlan::river_right;
  builder.box({left - 1.0F, -0.9F, z - half}, {right + 1.0F, 0.10F, z + half}, stone);
  ground(builder, {left - 1.0F, z - half + 2.0F}, {right + 1.0F, z + half - 2.0F}, 0.13F, road);
  for (const auto side : {-1.0F, 1.0F}) {
    const auto edge = z + side * (half - 0.25F);
    builder.box({left, 0.1F, edge - 0.25F}, {right, 1.1F, edge + 0.25F}, stone.times(1.05F), true);
  }
  constexpr int arches = 4;
  constexpr auto span = (right - left) / arches;
  for (int i = 0; i <= arches; ++i) {
    const auto x = left + span * static_cast<float>(i);
    builder.box({x - 2.0F, -3.5F, z - half + 0.3F}, {x + 2.0F, -0.8F, z + half - 0.3F}, stone.times(0.9F),
                true);
  }
}

void add_boats(MeshBuilder& builder, Dice& dice) {
  for (int i = 0; i < 7; ++i) {
    const auto x = dice.between(CityPlan::river_left + 15.0F, CityPlan::river_right - 15.0F);
    const auto z = -40.0F - 75.0F * static_cast<float>(i);
    const auto hull = Paint{srgb(0xEDEAE2), 0.6F};
    builder.prism(std::array{glm::vec2(x - 2.4F, z), glm::vec2(x - 2.4F, z + 14.0F),
                             glm::vec2(x + 2.4F, z + 14.0F), glm::vec2(x + 2.4F, z), glm::vec2(x, z - 5.0F)},
                  -3.0F, -1.6F, hull, Paint{srgb(0xB98A5A), 0.8F});
    builder.box({x - 1.7F, -1.6F, z + 3.0F}, {x + 1.7F, 0.4F, z + 12.0F}, hull, true);
  }
}

/// A balloon at rest over the fields: something gentle at eye level.
void add_balloon(MeshBuilder& builder, glm::vec3 at, glm::vec3 one, glm::vec3 other) {
  constexpr int rings = 8;
  const auto radius = [](float t) {
    return 9.0F * std::sin(3.14159F * std::min(0.96F, 0.10F + 0.90F * t * 0.95F));
  };
  for (int i = 0; i < rings; ++i) {
    const auto a = static_cast<float>(i) / rings, b = static_cast<float>(i + 1) / rings;
    const auto paint = Paint{i % 2 == 0 ? one : other, 0.8F};
    builder.tube(at + glm::vec3(0.0F, 20.0F * a, 0.0F), at + glm::vec3(0.0F, 20.0F * b, 0.0F), radius(a),
                 radius(b), 16, paint, i + 1 == rings);
  }
  builder.box(at + glm::vec3(-1.0F, -6.0F, -1.0F), at + glm::vec3(1.0F, -4.2F, 1.0F),
              Paint{srgb(0x7A5230), 0.9F});
  for (const auto x : {-0.9F, 0.9F}) {
    builder.tube(at + glm::vec3(x, -4.2F, 0.0F), at + glm::vec3(2.2F * x, 0.4F, 0.0F), 0.06F, 0.06F, 4,
                 Paint{srgb(0x7A5230), 0.9F}, false);
  }
}

}  // namespace

void add_horizon(MeshBuilder& builder, Dice& dice) {
  const auto meadow = Paint{srgb(0x86985A), 1.0F}, earth = Paint{srgb(0x8E9077), 1.0F};
  constexpr auto left = CityPlan::river_left, right = CityPlan::river_right;
  // The plain on both sides of the river, in strips so that no triangle is absurdly long.
  for (auto z = edge_m; z > -edge_m; z -= 1000.0F) {
    ground(builder, {-edge_m, z - 1000.0F}, {left, z}, -0.9F, meadow);
    ground(builder, {right, z - 1000.0F}, {edge_m, z}, -0.9F, meadow);
  }
  ground(builder, {-CityPlan::reach_m - 40.0F, -CityPlan::reach_m - 60.0F}, {left, 560.0F}, -0.15F, earth);
  ground(builder, {right, -CityPlan::reach_m - 60.0F}, {CityPlan::reach_m + 60.0F, 560.0F}, -0.15F, earth);
  add_river(builder);
  for (const auto z : {-45.0F, -129.0F, -285.0F, 39.0F, -519.0F})
    add_bridge(builder, z, z == -45.0F ? 12.0F : 8.0F);
  add_boats(builder, dice);
  add_fields(builder, dice);
  add_suburbs(builder, dice);
  add_hills(builder, 2900.0F, 500.0F, 30.0F, 190.0F, srgb(0x6E8A58), dice);
  add_hills(builder, 4200.0F, 900.0F, 120.0F, 420.0F, srgb(0x64806A), dice);
  add_balloon(builder, {-330.0F, 105.0F, -620.0F}, srgb(0xD9573F), srgb(0xF3E3C2));
  add_balloon(builder, {150.0F, 130.0F, -760.0F}, srgb(0xE0A93B), srgb(0x5B7FA6));
}

}  // namespace attune::scene
