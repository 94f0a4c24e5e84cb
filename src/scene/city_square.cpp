#include <algorithm>
#include <cmath>

#include "scene/city_parts.hpp"

namespace attune::scene {

namespace {

constexpr float turn = 6.283185307F;
constexpr glm::vec2 fountain{1.0F, -16.5F};  // right below whoever looks down through the gate

const auto pale_stone = Paint{srgb(0xD2C8B4), 0.95F};
const auto warm_stone = Paint{srgb(0xC6BAA4), 0.95F};
const auto dark_stone = Paint{srgb(0x94836E), 0.95F};
const auto lawn = Paint{srgb(0x7BA04B), 0.95F};
const auto water = Paint{srgb(0x3E7C8C), 0.1F, 0.0F, Surface::water};

void add_ring(MeshBuilder& builder, const SunShadows& shadows, float inner, float outer, float y,
              const Paint& paint) {
  constexpr int parts = 36;
  for (int i = 0; i < parts; ++i) {
    const auto a = turn * static_cast<float>(i) / parts, b = turn * static_cast<float>(i + 1) / parts;
    const auto at = [](float radius, float angle) {
      return fountain + radius * glm::vec2(std::cos(angle), -std::sin(angle));
    };
    shadows.lay(builder, std::array{at(inner, a), at(outer, a), at(outer, b), at(inner, b)}, y, paint);
  }
}

void add_fountain(MeshBuilder& builder, const SunShadows& shadows) {
  add_ring(builder, shadows, 6.5F, 7.3F, plate_y + 0.02F, dark_stone);
  add_ring(builder, shadows, 9.2F, 9.8F, plate_y + 0.02F, dark_stone);
  add_ring(builder, shadows, 12.2F, 12.6F, plate_y + 0.02F, dark_stone);
  const auto at = glm::vec3(fountain.x, plate_y, fountain.y);
  const auto up = [&](float y) { return at + glm::vec3(0.0F, y, 0.0F); };
  builder.tube(at, up(0.6F), 5.0F, 5.0F, 28, pale_stone.times(0.9F), true);
  builder.disc(up(0.62F), 4.5F, 4.5F, 28, water);
  builder.tube(up(0.6F), up(1.8F), 0.5F, 0.35F, 10, pale_stone, false);
  builder.tube(up(1.7F), up(2.0F), 0.4F, 1.7F, 16, pale_stone, true);
  builder.disc(up(2.02F), 1.5F, 1.5F, 16, water);
  // Jets that rise from the rim and fall into the middle of the basin.
  const auto jet = Paint{srgb(0xE4F2F6), 0.4F, 0.08F};
  for (int i = 0; i < 12; ++i) {
    const auto angle = turn * static_cast<float>(i) / 12.0F;
    const auto drop = [&](int k) {
      const auto t = static_cast<float>(k) / 5.0F;
      const auto reach = 4.2F - 2.3F * t;
      return up(0.65F + 6.4F * t * (1.0F - t)) + reach * glm::vec3(std::cos(angle), 0.0F, -std::sin(angle));
    };
    for (int k = 0; k < 5; ++k) builder.tube(drop(k), drop(k + 1), 0.035F, 0.045F, 3, jet, false);
  }
  builder.tube(up(2.0F), up(3.6F), 0.16F, 0.05F, 6, jet, false);
  builder.blob(up(3.6F), {0.22F, 0.16F, 0.22F}, 1, 0.2F, 5, jet);
}

void add_person(MeshBuilder& builder, const SunShadows& shadows, glm::vec2 at, float ground_y, Dice& dice) {
  static const std::array<std::uint32_t, 8> clothes{0x3D5F86, 0xB0584A, 0xD9C7A0, 0x5F7F58,
                                                    0x8C6BA0, 0xE6E2D8, 0x2F3440, 0xD99A4E};
  static const std::array<std::uint32_t, 4> legs{0x2B3344, 0x4A4A4C, 0x8A7A62, 0x394B66};
  static const std::array<std::uint32_t, 3> skins{0xD2A586, 0x9A6B4C, 0xE0BCA0};
  const auto size = dice.between(0.92F, 1.06F);
  const auto foot = glm::vec3(at.x, ground_y, at.y);
  const auto up = [&](float y) { return foot + glm::vec3(0.0F, y * size, 0.0F); };
  const auto pick = [&dice](const auto& from) {
    return Paint{srgb(from[static_cast<std::size_t>(dice.whole(0, static_cast<int>(from.size()) - 1))]),
                 0.9F};
  };
  const auto skin = pick(skins), trousers = pick(legs), top = pick(clothes);
  const auto facing = dice.between(0.0F, turn);
  const auto side = glm::vec3(std::cos(facing), 0.0F, std::sin(facing)),
             ahead = glm::vec3(side.z, 0.0F, -side.x);
  const auto stride = dice.between(0.0F, 0.16F);
  for (const auto way : {-1.0F, 1.0F}) {
    builder.tube(foot + side * (way * 0.09F) + ahead * (way * stride), up(0.86F) + side * (way * 0.08F),
                 0.06F, 0.09F, 4, trousers, false);
    builder.tube(up(1.40F) + side * (way * 0.20F), up(0.88F) + side * (way * 0.26F) - ahead * (way * stride),
                 0.055F, 0.04F, 4, top.times(0.93F), false);
  }
  builder.tube(up(0.80F), up(1.42F), 0.15F, 0.20F, 6, top, true);
  builder.tube(up(1.42F), up(1.52F), 0.06F, 0.06F, 4, skin, false);
  builder.blob(up(1.62F), glm::vec3(0.10F, 0.13F, 0.11F), 0, 0.0F, 0, skin);
  if (ground_y < plate_y || shadows.covers({at.x, plate_y, at.y})) return;
  const auto tip = at + shadows.slide() * 1.7F,
             half = glm::vec2(-shadows.slide().y, shadows.slide().x) * 0.17F;
  const auto y = plate_y + 0.025F;
  builder.polygon(
      std::array{glm::vec3(at.x - half.x, y, at.y - half.y), glm::vec3(tip.x - half.x, y, tip.y - half.y),
                 glm::vec3(tip.x + half.x, y, tip.y + half.y), glm::vec3(at.x + half.x, y, at.y + half.y)},
      SunShadows::shaded(pale_stone));
}

void add_lawns(MeshBuilder& builder, const SunShadows& shadows, Dice& dice) {
  const std::array<Lot, 5> beds{Lot{{-58.0F, -26.0F}, {-40.0F, -4.0F}},
                                Lot{{-36.0F, -26.0F}, {-18.0F, -4.0F}}, Lot{{-58.0F, 2.0F}, {-40.0F, 26.0F}},
                                Lot{{-36.0F, 2.0F}, {-18.0F, 26.0F}}, Lot{{17.0F, -26.0F}, {24.0F, 26.0F}}};
  for (const auto& bed : beds) {
    shadows.lay(builder, bed.low - 0.4F, bed.high + 0.4F, plate_y + 0.02F, dark_stone);
    shadows.lay(builder, bed.low, bed.high, lawn_y + 0.03F, lawn);
    const auto trees = static_cast<int>(bed.size().x * bed.size().y / 62.0F);
    for (int i = 0; i < trees; ++i) {
      const auto at = bed.low + 2.0F + glm::vec2(dice.unit(), dice.unit()) * (bed.size() - 4.0F);
      const auto height = dice.between(5.5F, 9.0F);
      const auto shade = at + shadows.slide() * (0.6F * height);
      if (!shadows.covers({shade.x, plate_y, shade.y})) {
        builder.disc({shade.x, lawn_y + 0.05F, shade.y}, 0.32F * height, 0.32F * height, 10,
                     SunShadows::shaded(lawn));
      }
      add_tree(builder, {at.x, plate_y, at.y}, height, Detail::middle, dice, leaves(dice));
    }
  }
}

}  // namespace

void add_square(MeshGrid& quarters, const CityPlan& plan, const SunShadows& shadows, Dice& dice) {
  auto& builder = quarters.at({0.0F, 0.0F});
  const auto out =
      Lot{plan.square.low - glm::vec2(CityPlan::pavement_m, 6.0F), plan.square.high + glm::vec2(3.0F, 3.0F)};
  // Flags of 6 m in two tones.
  auto row = 0;
  for (auto z = out.low.y; z < out.high.y - 0.1F; z += 6.0F, ++row) {
    auto column = row;
    for (auto x = out.low.x; x < out.high.x - 0.1F; x += 6.0F, ++column) {
      const auto high = glm::min(glm::vec2(x + 6.0F, z + 6.0F), out.high);
      shadows.lay(builder, {x, z}, high, plate_y, column % 2 == 0 ? pale_stone : warm_stone);
    }
  }
  add_fountain(builder, shadows);
  add_lawns(builder, shadows, dice);
  for (int i = 0; i < 26; ++i) {  // across the boulevard, and on its crossings
    const auto crossing = i % 4 == 0;
    const auto at = crossing ? glm::vec2{dice.chance(0.5F) ? -4.0F : 28.0F, dice.between(-53.0F, -37.0F)}
                             : glm::vec2{dice.between(-50.0F, 75.0F), dice.between(-59.0F, -55.0F)};
    if (at.x > 2.0F && at.x < 22.0F) continue;  // the avenue's mouth
    add_person(quarters.at(at), shadows, at, crossing ? 0.0F : plate_y, dice);
  }
  for (int i = 0; i < 46; ++i) {
    const auto at = glm::vec2(dice.between(-16.0F, 15.0F), dice.between(-35.0F, 28.0F));
    const auto in_fountain = glm::length(at - fountain) < 5.8F;
    const auto at_tower = at.x > -8.0F && at.x < 6.0F && at.y > -7.0F && at.y < 12.0F;
    if (!in_fountain && !at_tower) add_person(builder, shadows, at, plate_y, dice);
  }
}

void add_park(MeshGrid& quarters, const CityPlan& plan, const SunShadows& shadows, Dice& dice) {
  const auto& park = plan.park;
  const auto middle = park.centre();
  auto& builder = quarters.at(middle);
  builder.quad({park.low.x, lawn_y + 0.03F, park.low.y}, {park.low.x, lawn_y + 0.03F, park.high.y},
               {park.high.x, lawn_y + 0.03F, park.high.y}, {park.high.x, lawn_y + 0.03F, park.low.y}, lawn);
  const auto path = Paint{srgb(0xD3C29B), 0.95F};
  const auto lake = middle + glm::vec2(-6.0F, 8.0F);
  builder.disc({lake.x, lawn_y + 0.05F, lake.y}, 37.0F, 25.0F, 36, path);
  builder.disc({lake.x, lawn_y + 0.07F, lake.y}, 33.0F, 21.0F, 36, water);
  builder.disc({lake.x + 9.0F, lawn_y + 0.10F, lake.y - 4.0F}, 6.0F, 4.0F, 14, lawn);
  add_tree(builder, {lake.x + 9.0F, lawn_y, lake.y - 4.0F}, 8.0F, Detail::middle, dice, leaves(dice));
  for (const auto across : {-0.3F, 0.34F}) {
    const auto z = middle.y + across * park.size().y;
    builder.quad({park.low.x, lawn_y + 0.04F, z - 1.6F}, {park.low.x, lawn_y + 0.04F, z + 1.6F},
                 {park.high.x, lawn_y + 0.04F, z + 1.6F}, {park.high.x, lawn_y + 0.04F, z - 1.6F}, path);
  }
  for (int i = 0; i < 150; ++i) {
    const auto at = park.low + 5.0F + glm::vec2(dice.unit(), dice.unit()) * (park.size() - 10.0F);
    const auto from_lake = (at - lake) / glm::vec2(41.0F, 29.0F);
    if (glm::dot(from_lake, from_lake) < 1.0F) continue;
    const auto height = dice.between(7.0F, 12.0F);
    const auto shade = at + shadows.slide() * (0.6F * height);
    if (park.holds(shade)) {
      builder.disc({shade.x, lawn_y + 0.06F, shade.y}, 0.32F * height, 0.32F * height, 8,
                   SunShadows::shaded(lawn));
    }
    add_tree(builder, {at.x, lawn_y, at.y}, height, Detail::far, dice, leaves(dice));
  }
}

void add_car(MeshBuilder& builder, glm::vec3 place, float yaw_rad, glm::vec3 colour) {
  const auto s = std::sin(yaw_rad), c = std::cos(yaw_rad);
  const auto at = [&](float x, float y, float z) {
    return place + glm::vec3(c * x + s * z, y, -s * x + c * z);
  };
  const auto body = Paint{colour, 0.35F}, glass = Paint{srgb(0x26323B), 0.15F};
  /// A block that is narrower at its top.
  const auto block = [&](float y0, float y1, glm::vec4 low, glm::vec4 high, const Paint& side,
                         const Paint& top) {
    const auto corner = [&](int i, bool upper) {
      const auto& r = upper ? high : low;  // half width, front, back
      const auto x = (i == 0 || i == 1) ? -r.x : r.x, z = (i == 0 || i == 3) ? r.y : r.z;
      return at(x, upper ? y1 : y0, z);
    };
    for (int i = 0; i < 4; ++i) {
      const auto j = (i + 1) % 4;
      builder.quad(corner(i, false), corner(j, false), corner(j, true), corner(i, true), side);
    }
    builder.quad(corner(0, true), corner(1, true), corner(2, true), corner(3, true), top);
  };
  block(0.25F, 0.85F, {0.88F, -2.15F, 2.15F, 0.0F}, {0.86F, -2.1F, 2.1F, 0.0F}, body, body);
  block(0.85F, 1.45F, {0.82F, -1.0F, 1.7F, 0.0F}, {0.68F, -0.35F, 1.25F, 0.0F}, glass, body);
  builder.quad(at(-0.9F, 0.02F, -2.2F), at(-0.9F, 0.02F, 2.2F), at(0.9F, 0.02F, 2.2F), at(0.9F, 0.02F, -2.2F),
               Paint{srgb(0x2A2B2D), 1.0F});
}

}  // namespace attune::scene
