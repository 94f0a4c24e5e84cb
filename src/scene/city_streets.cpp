#include <algorithm>
#include <cmath>
#include <utility>

#include "scene/city_parts.hpp"

namespace attune::scene {

namespace {

const auto asphalt = Paint{srgb(0x55575A), 0.95F};
const auto pavement = Paint{srgb(0xB3ADA1), 0.95F};
const auto kerb = Paint{srgb(0x8F8B83), 0.95F};
const auto courtyard = Paint{srgb(0x7A9650), 0.95F};
const auto forecourt = Paint{srgb(0xA9A69E), 0.95F};
const auto white = Paint{srgb(0xE6E4DC), 0.9F};

constexpr float marked_within_m = 330.0F, parked_within_m = 130.0F, trees_within_m = 430.0F;

/// The ways between blocks on one axis; the river's bed is left out of them.
std::vector<glm::vec2> gaps(const std::vector<glm::vec2>& blocks) {
  std::vector<glm::vec2> between;
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    const auto from = blocks[i - 1].y, to = blocks[i].x;
    if (to <= from) continue;
    if (from < CityPlan::river_left && to > CityPlan::river_right) {
      between.emplace_back(from, CityPlan::river_left);
      between.emplace_back(CityPlan::river_right, to);
    } else {
      between.emplace_back(from, to);
    }
  }
  return between;
}

bool wide(glm::vec2 gap) { return gap.y - gap.x > 24.0F; }
float pavement_of(glm::vec2 gap) { return wide(gap) ? 6.0F : CityPlan::pavement_m; }

/// How far a block's pavement reaches out into the street beyond its edge.
float pavement_at(const std::vector<glm::vec2>& streets, float edge) {
  for (const auto& gap : streets) {
    if (gap.x == edge || gap.y == edge) return pavement_of(gap);
  }
  return CityPlan::pavement_m;
}

void add_plate(MeshBuilder& builder, const SunShadows& shadows, const Lot& lot, const Lot& out,
               const Block& block) {
  const auto rich = glm::length(lot.centre()) < 420.0F;
  const auto lay = [&](glm::vec2 low, glm::vec2 high, float y, const Paint& paint) {
    if (high.x - low.x < 0.01F || high.y - low.y < 0.01F) return;
    if (rich)
      shadows.lay(builder, low, high, y, paint);
    else
      builder.quad({low.x, y, low.y}, {low.x, y, high.y}, {high.x, y, high.y}, {high.x, y, low.y}, paint);
  };
  if (block.use == BlockUse::perimeter || block.use == BlockUse::outskirts) {
    lay(out.low, {out.high.x, lot.low.y}, plate_y, pavement);
    lay({out.low.x, lot.high.y}, out.high, plate_y, pavement);
    lay({out.low.x, lot.low.y}, {lot.low.x, lot.high.y}, plate_y, pavement);
    lay({lot.high.x, lot.low.y}, {out.high.x, lot.high.y}, plate_y, pavement);
    lay(lot.low, lot.high, plate_y, courtyard);
  } else if (block.use == BlockUse::park) {
    lay(out.low, out.high, plate_y, pavement);
    lay(lot.low, lot.high, lawn_y, Paint{srgb(0x779B4B), 0.95F});
  } else {
    lay(out.low, out.high, plate_y, forecourt);
  }
  if (!rich) return;
  const auto [x0, z0, x1, z1] = std::array{out.low.x, out.low.y, out.high.x, out.high.y};
  builder.quad({x0, 0.0F, z1}, {x1, 0.0F, z1}, {x1, plate_y, z1}, {x0, plate_y, z1}, kerb);
  builder.quad({x1, 0.0F, z0}, {x0, 0.0F, z0}, {x0, plate_y, z0}, {x1, plate_y, z0}, kerb);
  builder.quad({x1, 0.0F, z1}, {x1, 0.0F, z0}, {x1, plate_y, z0}, {x1, plate_y, z1}, kerb);
  builder.quad({x0, 0.0F, z0}, {x0, 0.0F, z1}, {x0, plate_y, z1}, {x0, plate_y, z0}, kerb);
}

/// A painted mark on the asphalt; those in a shadow are dull.
void mark(MeshGrid& quarters, const SunShadows& shadows, glm::vec2 centre, glm::vec2 half) {
  const auto dull = shadows.covers({centre.x, 0.0F, centre.y});
  const auto low = centre - half, high = centre + half;
  quarters.at(centre).quad({low.x, marking_y, low.y}, {low.x, marking_y, high.y}, {high.x, marking_y, high.y},
                           {high.x, marking_y, low.y}, dull ? SunShadows::shaded(white) : white);
}

/// Turns (along, across) of a street into (x, z).
glm::vec2 placed(bool along_z, float along, float across) {
  return along_z ? glm::vec2(across, along) : glm::vec2(along, across);
}

void mark_lanes(MeshGrid& quarters, const SunShadows& shadows, bool along_z, glm::vec2 gap,
                glm::vec2 stretch) {
  const auto middle = 0.5F * (gap.x + gap.y);
  const auto half = placed(along_z, 1.5F, 0.07F);
  const std::array<float, 2> lines = wide(gap) ? std::array{-5.5F, 5.5F} : std::array{0.0F, 0.0F};
  for (auto along = stretch.x + 6.0F; along < stretch.y - 5.0F; along += 6.0F) {
    mark(quarters, shadows, placed(along_z, along, middle + lines[0]), half);
    if (wide(gap)) mark(quarters, shadows, placed(along_z, along, middle + lines[1]), half);
  }
}

/// A crossing for people over one street, at `along` on it.
void mark_crossing(MeshGrid& quarters, const SunShadows& shadows, bool along_z, glm::vec2 gap, float along) {
  const auto side = pavement_of(gap);
  for (auto across = gap.x + side + 0.5F; across < gap.y - side - 0.3F; across += 1.0F) {
    mark(quarters, shadows, placed(along_z, along, across), placed(along_z, 1.5F, 0.25F));
  }
}

void add_median(MeshGrid& quarters, const SunShadows& shadows, bool along_z, glm::vec2 gap,
                glm::vec2 stretch) {
  const auto middle = 0.5F * (gap.x + gap.y);
  const auto low = placed(along_z, stretch.x + 5.0F, middle - 1.6F),
             high = placed(along_z, stretch.y - 5.0F, middle + 1.6F);
  auto& builder = quarters.at(0.5F * (low + high));
  shadows.lay(builder, low, high, plate_y, Paint{srgb(0x6F9448), 0.95F});
}

void add_street_tree(MeshGrid& quarters, const SunShadows& shadows, glm::vec2 at, const Paint& ground,
                     Dice& dice) {
  const auto distance = glm::length(at);
  const auto height = dice.between(6.5F, 9.0F);
  auto& builder = quarters.at(at);
  const auto reach = shadows.slide() * (0.62F * height);
  if (!shadows.covers({at.x + reach.x, plate_y, at.y + reach.y})) {
    builder.disc({at.x + reach.x, lawn_y, at.y + reach.y}, 0.34F * height, 0.34F * height, 9,
                 SunShadows::shaded(ground));
  }
  add_tree(builder, {at.x, plate_y, at.y}, height, distance < 80.0F ? Detail::middle : Detail::far, dice,
           leaves(dice));
}

void park_cars(MeshGrid& quarters, bool along_z, glm::vec2 gap, glm::vec2 stretch, Dice& dice) {
  static const std::array<std::uint32_t, 7> colours{0xE8E8E6, 0x2E3236, 0x8B9299, 0xA33B32,
                                                    0x3F5F8A, 0xC9B48A, 0x50584F};
  const auto middle = 0.5F * (gap.x + gap.y);
  for (const auto side : {-4.8F, 4.8F}) {
    for (auto along = stretch.x + 5.0F; along < stretch.y - 4.0F; along += 6.0F) {
      const auto at = placed(along_z, along, middle + side);
      if (glm::length(at) > parked_within_m || !dice.chance(0.6F)) continue;
      const auto yaw = (along_z ? 0.0F : 1.5708F) + (side > 0.0F ? 0.0F : 3.14159F);
      add_car(quarters.at(at), {at.x, 0.0F, at.y}, yaw,
              srgb(colours[static_cast<std::size_t>(dice.whole(0, 6))]));
    }
  }
}

/// One stretch of a street between two crossings.
void furnish(MeshGrid& quarters, const SunShadows& shadows, bool along_z, glm::vec2 gap, glm::vec2 stretch,
             Dice& dice) {
  const auto centre = placed(along_z, 0.5F * (stretch.x + stretch.y), 0.5F * (gap.x + gap.y));
  const auto distance = glm::length(centre);
  if (distance < marked_within_m) {
    mark_lanes(quarters, shadows, along_z, gap, stretch);
    mark_crossing(quarters, shadows, along_z, gap, stretch.x + 1.0F);
    mark_crossing(quarters, shadows, along_z, gap, stretch.y - 1.0F);
  }
  if (!wide(gap)) {
    if (distance < parked_within_m + 40.0F) park_cars(quarters, along_z, gap, stretch, dice);
    return;
  }
  if (distance > trees_within_m) return;
  add_median(quarters, shadows, along_z, gap, stretch);
  const auto step = distance < 260.0F ? 10.0F : 15.0F;
  for (auto along = stretch.x + 6.0F; along < stretch.y; along += step) {
    for (const auto across : {gap.x + 3.6F, gap.y - 3.6F}) {
      add_street_tree(quarters, shadows, placed(along_z, along, across), pavement, dice);
    }
  }
}

}  // namespace

void add_streets(MeshGrid& quarters, const CityPlan& plan, const SunShadows& shadows) {
  const auto along_z = gaps(plan.columns), along_x = gaps(plan.rows);
  const auto asphalted = [&](glm::vec2 low, glm::vec2 high) {
    const auto centre = 0.5F * (low + high);
    auto& builder = quarters.at(centre);
    if (glm::length(centre) < 420.0F)
      shadows.lay(builder, low, high, 0.0F, asphalt);
    else
      builder.quad({low.x, 0, low.y}, {low.x, 0, high.y}, {high.x, 0, high.y}, {high.x, 0, low.y}, asphalt);
  };
  for (const auto& street : along_z) {
    for (const auto& row : plan.rows) asphalted({street.x, row.x}, {street.y, row.y});
    for (const auto& cross : along_x) asphalted({street.x, cross.x}, {street.y, cross.y});
  }
  for (const auto& street : along_x) {
    for (const auto& column : plan.columns) asphalted({column.x, street.x}, {column.y, street.y});
  }
  for (const auto& block : plan.blocks) {
    const auto& lot = block.lot;
    const auto out =
        Lot{lot.low - glm::vec2(pavement_at(along_z, lot.low.x), pavement_at(along_x, lot.low.y)),
            lot.high + glm::vec2(pavement_at(along_z, lot.high.x), pavement_at(along_x, lot.high.y))};
    if (plan.square.holds(lot.centre())) continue;  // has its own paving
    add_plate(quarters.at(lot.centre()), shadows, lot, out, block);
  }
}

void add_street_life(MeshGrid& quarters, const CityPlan& plan, const SunShadows& shadows, Dice& dice) {
  const auto along_z = gaps(plan.columns), along_x = gaps(plan.rows);
  for (const auto& street : along_z) {
    for (const auto& row : plan.rows) {
      const auto in_square =
          street.y > plan.square.low.x && street.x < plan.square.high.x && row.x > -40.0F && row.y < 40.0F;
      const auto in_park =
          street.x > plan.park.low.x && street.y < plan.park.high.x && row.x > -290.0F && row.y < -130.0F;
      if (!in_square && !in_park) furnish(quarters, shadows, true, street, row, dice);
    }
  }
  for (const auto& street : along_x) {
    for (const auto& column : plan.columns) {
      const auto in_park =
          street.x > plan.park.low.y && street.y < plan.park.high.y && column.x > 100.0F && column.y < 250.0F;
      if (!in_park) furnish(quarters, shadows, false, street, column, dice);
    }
  }
  for (const auto& block : plan.blocks) {
    if (block.use != BlockUse::perimeter && block.use != BlockUse::park) continue;
    const auto distance = glm::length(block.lot.centre());
    if (distance > 360.0F) continue;
    const auto margin = block.use == BlockUse::park ? 6.0F : 18.0F;
    for (int i = block.use == BlockUse::park ? 14 : 3; i > 0; --i) {
      const auto at =
          block.lot.low + margin + glm::vec2(dice.unit(), dice.unit()) * (block.lot.size() - 2.0F * margin);
      add_street_tree(quarters, shadows, at, courtyard, dice);
    }
  }
}

}  // namespace attune::scene
