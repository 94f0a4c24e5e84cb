#include "scene/city_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/geometric.hpp>

#include "scene/dice.hpp"
#include "scene/mesh_builder.hpp"

namespace attune::scene {

namespace {

constexpr float storey_m = 3.0F, block_m = 60.0F, depth_m = 12.0F;
constexpr float rich_within_m = 300.0F;
const glm::vec2 downtown{290.0F, -500.0F};

const std::array<std::uint32_t, 9> plasters{0xE8DCC4, 0xDCC9A6, 0xEFE7D6, 0xD9B48F, 0xC9C3B6,
                                            0xE3C9A8, 0xCFA98A, 0xF1EBDD, 0xB9B4AA};
const std::array<std::uint32_t, 4> tiles{0xA5573B, 0xB4674A, 0x8F4B38, 0x6B5B55};
const std::array<std::uint32_t, 4> gravels{0x9A968C, 0x8A8881, 0xA9A59A, 0x7F9160};
const std::array<std::uint32_t, 5> modern{0xB8C4CC, 0xDEE0DE, 0x8FA6B8, 0xD1C3AC, 0x7F97A8};

template <std::size_t N>
glm::vec3 pick(Dice& dice, const std::array<std::uint32_t, N>& from) {
  return srgb(from[static_cast<std::size_t>(dice.whole(0, static_cast<int>(N) - 1))]);
}

/// Blocks from `first` outwards until `reach`, in the direction of `sign`.
void add_blocks(std::vector<glm::vec2>& into, float first, float sign, float reach) {
  for (auto edge = first; std::abs(edge) < reach; edge += sign * (block_m + CityPlan::street_m)) {
    into.emplace_back(std::min(edge, edge + sign * block_m), std::max(edge, edge + sign * block_m));
  }
}

bool touches(const Lot& a, const Lot& b) {
  return a.low.x < b.high.x && b.low.x < a.high.x && a.low.y < b.high.y && b.low.y < a.high.y;
}

BlockUse use_of(const CityPlan& plan, const Lot& lot, Dice& dice) {
  const auto distance = glm::length(lot.centre());
  if (touches(lot, plan.square)) return BlockUse::square;
  if (touches(lot, plan.park)) return BlockUse::park;
  for (const auto& special : {plan.church, plan.museum, plan.twins}) {
    if (touches(lot, special)) return BlockUse::square;
  }
  if (lot.holds(plan.mast)) return BlockUse::park;
  if (glm::length(lot.centre() - downtown) < 170.0F) return BlockUse::towers;
  const auto by_avenue = std::abs(lot.centre().x - 12.0F) < 60.0F;
  if (by_avenue && lot.centre().y < -290.0F && distance < 620.0F) return BlockUse::offices;
  if (dice.chance(0.07F) && distance > 150.0F) return BlockUse::park;
  if (dice.chance(0.12F) && distance > 110.0F) return BlockUse::offices;
  return distance < rich_within_m + 60.0F ? BlockUse::perimeter : BlockUse::outskirts;
}

void add_house(CityPlan& plan, const Lot& lot, int storeys, bool along_x, Dice& dice) {
  Building house;
  house.lot = lot;
  house.height_m = storey_m * static_cast<float>(storeys);
  house.wall = pick(dice, plasters) * dice.between(0.86F, 1.0F);
  house.rich = glm::length(lot.centre()) < rich_within_m;
  const auto pitched = dice.chance(0.68F);
  house.roof = pitched ? (along_x ? Roof::ridge_x : Roof::ridge_z) : Roof::flat;
  house.top = (pitched ? pick(dice, tiles) : pick(dice, gravels)) * dice.between(0.85F, 1.1F);
  house.style = !pitched && dice.chance(0.35F) ? 1 : 0;
  plan.buildings.push_back(house);
}

/// Houses side by side along one edge of a block.
void add_row(CityPlan& plan, Lot strip, bool along_x, int storeys, Dice& dice) {
  const auto end = along_x ? strip.high.x : strip.high.y;
  auto from = along_x ? strip.low.x : strip.low.y;
  while (from < end - 1.0F) {
    auto to = from + 3.0F * static_cast<float>(dice.whole(4, 7));
    if (end - to < 12.0F) to = end;
    auto lot = strip;
    (along_x ? lot.low.x : lot.low.y) = from;
    (along_x ? lot.high.x : lot.high.y) = to;
    if (!dice.chance(0.05F)) add_house(plan, lot, std::max(3, storeys + dice.whole(-1, 1)), along_x, dice);
    from = to;
  }
}

void fill_perimeter(CityPlan& plan, const Lot& lot, Dice& dice) {
  const auto storeys = dice.whole(4, 6);
  const auto [x0, z0, x1, z1] = std::array{lot.low.x, lot.low.y, lot.high.x, lot.high.y};
  add_row(plan, {{x0, z0}, {x1, z0 + depth_m}}, true, storeys, dice);
  add_row(plan, {{x0, z1 - depth_m}, {x1, z1}}, true, storeys, dice);
  add_row(plan, {{x0, z0 + depth_m}, {x0 + depth_m, z1 - depth_m}}, false, storeys, dice);
  add_row(plan, {{x1 - depth_m, z0 + depth_m}, {x1, z1 - depth_m}}, false, storeys, dice);
}

void add_modern(CityPlan& plan, const Lot& lot, int storeys, Dice& dice) {
  Building office;
  office.lot = lot;
  office.height_m = storey_m * static_cast<float>(storeys);
  office.wall = pick(dice, modern) * dice.between(0.85F, 1.05F);
  office.top = pick(dice, gravels) * 0.95F;
  office.style = static_cast<std::uint8_t>(dice.chance(0.4F) ? 2 : 1);
  office.rich = true;
  plan.buildings.push_back(office);
}

void fill_offices(CityPlan& plan, const Lot& lot, Dice& dice) {
  const auto [x0, z0, x1, z1] = std::array{lot.low.x, lot.low.y, lot.high.x, lot.high.y};
  const auto split = x0 + 3.0F * static_cast<float>(dice.whole(8, 11));
  add_modern(plan, {{x0 + 3.0F, z0 + 3.0F}, {split - 3.0F, z1 - 3.0F}}, dice.whole(7, 12), dice);
  add_modern(plan, {{split + 3.0F, z0 + 3.0F}, {x1 - 3.0F, z0 + 24.0F}}, dice.whole(5, 9), dice);
  add_modern(plan, {{split + 3.0F, z1 - 24.0F}, {x1 - 3.0F, z1 - 3.0F}}, dice.whole(8, 15), dice);
}

void fill_towers(CityPlan& plan, const Lot& lot, Dice& dice) {
  const auto near = 1.0F - glm::length(lot.centre() - downtown) / 240.0F;
  for (int i = 0; i < 2; ++i) {
    const auto x = lot.low.x + 3.0F + 30.0F * static_cast<float>(i);
    const auto z = lot.low.y + 3.0F * static_cast<float>(dice.whole(1, 9));
    const auto storeys = static_cast<int>(near * static_cast<float>(dice.whole(26, 52)));
    add_modern(plan, {{x, z}, {x + 24.0F, z + 24.0F}}, std::max(9, storeys), dice);
  }
}

void fill_outskirts(CityPlan& plan, const Lot& lot, Dice& dice) {
  const auto [x0, z0, x1, z1] = std::array{lot.low.x, lot.low.y, lot.high.x, lot.high.y};
  add_house(plan, {{x0, z0}, {x1, z0 + 15.0F}}, dice.whole(3, 6), true, dice);
  add_house(plan, {{x0, z1 - 15.0F}, {x1, z1}}, dice.whole(3, 6), true, dice);
  if (dice.chance(0.8F))
    add_house(plan, {{x0, z0 + 18.0F}, {x0 + 15.0F, z1 - 18.0F}}, dice.whole(3, 5), false, dice);
  if (dice.chance(0.12F))
    add_modern(plan, {{x1 - 24.0F, z0 + 18.0F}, {x1 - 6.0F, z0 + 36.0F}}, dice.whole(10, 20), dice);
}

}  // namespace

CityPlan plan_city(std::uint64_t seed) {
  CityPlan plan;
  auto dice = Dice(seed);
  constexpr auto reach = CityPlan::reach_m;
  // Right of the avenue, left of it to the river, and beyond.
  add_blocks(plan.columns, CityPlan::avenue_right, 1.0F, reach);
  plan.columns.emplace_back(-63.0F, -3.0F);
  plan.columns.emplace_back(-141.0F, -81.0F);
  add_blocks(plan.columns, CityPlan::river_left - CityPlan::street_m, -1.0F, reach);
  add_blocks(plan.rows, CityPlan::boulevard_front, -1.0F, reach);
  plan.rows.emplace_back(-30.0F, 30.0F);
  add_blocks(plan.rows, 48.0F, 1.0F, 0.6F * reach);
  const auto by_start = [](glm::vec2 a, glm::vec2 b) { return a.x < b.x; };
  std::sort(plan.columns.begin(), plan.columns.end(), by_start);
  std::sort(plan.rows.begin(), plan.rows.end(), by_start);

  for (const auto& row : plan.rows) {
    for (const auto& column : plan.columns) {
      const auto lot = Lot{{column.x, row.x}, {column.y, row.y}};
      const auto use = use_of(plan, lot, dice);
      plan.blocks.push_back({lot, use});
      switch (use) {
        case BlockUse::perimeter:
          fill_perimeter(plan, lot, dice);
          break;
        case BlockUse::offices:
          fill_offices(plan, lot, dice);
          break;
        case BlockUse::towers:
          fill_towers(plan, lot, dice);
          break;
        case BlockUse::outskirts:
          fill_outskirts(plan, lot, dice);
          break;
        case BlockUse::park:
        case BlockUse::square:
          break;
      }
    }
  }
  return plan;
}

}  // namespace attune::scene
