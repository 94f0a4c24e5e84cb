#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

#include "scene/mesh_grid.hpp"
#include "scene/plants.hpp"
#include "scene/roof_garden.hpp"
#include "scene/setting.hpp"

namespace attune::scene {

namespace {

using telemetry::AoiRole;

enum SafePlaceAoi : std::uint16_t {
  aoi_pond = 100,
  aoi_tree,
  aoi_flowers,
  aoi_path,
  aoi_cherry,
  aoi_bench,
  aoi_hedge
};

constexpr float turn = 6.283185307F;
constexpr glm::vec3 pond{-1.6F, 0.0F, -5.6F}, great_tree{3.6F, 0.0F, -7.2F}, cherry{-6.5F, 0.0F, -8.5F},
    bench{2.7F, 0.0F, -8.6F};
constexpr float pond_x = 2.3F, pond_z = 1.6F, hedge_m = 13.0F;

const auto lawn = Paint{srgb(0x7A9F4C), 0.95F};
const auto stone = Paint{srgb(0xA9A294), 0.9F};

/// Lawn that rises softly towards the hedge.
float ground_y(float x, float z) {
  const auto reach = std::sqrt(x * x + z * z);
  const auto beyond = std::max(0.0F, reach - 8.0F);
  return 0.012F * beyond * beyond + (reach > 6.0F ? 0.04F * std::sin(0.9F * x) * std::sin(0.8F * z) : 0.0F);
}

glm::vec2 level(glm::vec3 place) { return {place.x, place.z}; }

void add_lawn(MeshGrid& grid, Dice& dice) {
  constexpr int rings = 28, parts = 64;
  const auto at = [](int ring, int part) {
    const auto radius = 0.6F * static_cast<float>(ring),
               angle = turn * static_cast<float>(part % parts) / parts;
    const auto x = radius * std::cos(angle), z = -radius * std::sin(angle);
    return glm::vec3(x, ground_y(x, z), z);
  };
  for (int ring = 0; ring < rings; ++ring) {
    for (int part = 0; part < parts; ++part) {
      const auto middle = 0.5F * (at(ring, part) + at(ring + 1, part + 1));
      const auto patch = std::sin(1.1F * middle.x + 0.6F) * std::sin(0.9F * middle.z) +
                         0.5F * std::sin(2.7F * middle.x - 1.9F * middle.z);
      const auto paint = lawn.times(1.0F + 0.035F * patch + dice.between(-0.012F, 0.012F));
      auto& builder = grid.at(level(middle));
      builder.polygon(std::array{at(ring, part), at(ring + 1, part), at(ring + 1, part + 1)}, paint);
      if (ring > 0)
        builder.polygon(std::array{at(ring, part), at(ring + 1, part + 1), at(ring, part + 1)}, paint);
    }
  }
  for (int i = 0; i < 1700; ++i) {
    const auto angle = dice.between(0.0F, turn), radius = 0.8F + 10.0F * std::pow(dice.unit(), 1.3F);
    const auto foot = glm::vec3(radius * std::cos(angle), 0.0F, -radius * std::sin(angle));
    const auto from_pond = (foot - pond) / glm::vec3(pond_x + 0.3F, 1.0F, pond_z + 0.3F);
    if (from_pond.x * from_pond.x + from_pond.z * from_pond.z < 1.0F) continue;
    add_grass_tuft(grid.at(level(foot)), {foot.x, ground_y(foot.x, foot.z), foot.z},
                   dice.between(0.03F, 0.08F), 3, dice, lawn);
  }
}

void add_pond(MeshBuilder& builder, Dice& dice) {
  builder.disc(pond + glm::vec3(0.0F, 0.02F, 0.0F), pond_x + 0.12F, pond_z + 0.12F, 32, stone.times(0.6F));
  builder.disc(pond + glm::vec3(0.0F, 0.04F, 0.0F), pond_x, pond_z, 32,
               {srgb(0x3D7480), 0.06F, 0.0F, Surface::water});
  for (int i = 0; i < 30; ++i) {
    const auto angle = turn * static_cast<float>(i) / 30.0F;
    const auto place =
        pond + glm::vec3((pond_x + 0.10F) * std::cos(angle), 0.05F, -(pond_z + 0.10F) * std::sin(angle));
    builder.blob(place, {dice.between(0.16F, 0.28F), dice.between(0.09F, 0.16F), dice.between(0.15F, 0.24F)},
                 1, 0.12F, dice.bits(), stone.times(dice.between(0.8F, 1.15F)));
  }
  for (int i = 0; i < 9; ++i) {  // lily pads, some in bloom
    const auto angle = dice.between(0.0F, turn), reach = dice.between(0.25F, 0.8F);
    const auto place =
        pond + glm::vec3(pond_x * reach * std::cos(angle), 0.05F, pond_z * reach * std::sin(angle));
    const auto size = dice.between(0.13F, 0.22F);
    builder.disc(place, size, size, 10, {srgb(0x5E8F4A), 0.6F});
    if (i % 3 == 0)
      builder.blob(place + glm::vec3(0.0F, 0.05F, 0.0F), {0.07F, 0.05F, 0.07F}, 1, 0.2F, dice.bits(),
                   {srgb(0xF5D6E0), 0.8F});
  }
  for (int i = 0; i < 6; ++i) {  // lavender on the far bank
    const auto angle = 0.45F + 0.2F * static_cast<float>(i);
    const auto place =
        pond + glm::vec3((pond_x + 0.55F) * std::cos(angle), 0.0F, -(pond_z + 0.5F) * std::sin(angle));
    add_grass_tuft(builder, place, 0.4F, 10, dice, Paint{srgb(0x7F9A6A), 0.9F, 0.0F, Surface::foliage});
    add_flowers(builder, place + glm::vec3(0.0F, 0.12F, 0.0F), 0.24F, 0.2F, 16, srgb(0x9A86CF), dice);
  }
  for (int i = 0; i < 7; ++i) {
    const auto angle = 1.9F + 0.22F * static_cast<float>(i);
    add_grass_tuft(
        builder,
        pond + glm::vec3((pond_x + 0.3F) * std::cos(angle), 0.0F, -(pond_z + 0.3F) * std::sin(angle)),
        dice.between(0.6F, 1.0F), 14, dice, tall_grass());
  }
}

/// Stepping stones from the patient's feet past the pond to the bench.
void add_path(MeshBuilder& builder, Dice& dice) {
  for (int i = 0; i < 16; ++i) {
    const auto t = static_cast<float>(i) / 15.0F;
    const auto x = 0.1F + 1.5F * std::sin(2.6F * t), z = -0.5F - 9.5F * t;
    const auto size = dice.between(0.24F, 0.32F);
    builder.tube({x, ground_y(x, z) - 0.05F, z}, {x, ground_y(x, z) + 0.03F, z}, size, size * 0.95F, 9,
                 stone.times(dice.between(0.95F, 1.2F)), true);
  }
}

/// A clipped hedge all around.
void add_hedge(MeshGrid& grid, Dice& dice) {
  constexpr int parts = 72;
  constexpr float thick = 1.2F, tall = 1.55F;
  const auto green = Paint{srgb(0x5E8B45), 0.9F, 0.0F, Surface::foliage};
  const auto at = [](float share, float radius, float up) {
    const auto angle = turn * share, x = hedge_m * std::cos(angle), z = -hedge_m * std::sin(angle);
    return glm::vec3(radius * std::cos(angle), ground_y(x, z) + up, -radius * std::sin(angle));
  };
  for (int i = 0; i < parts; ++i) {
    const auto a = static_cast<float>(i) / parts, b = static_cast<float>((i + 1) % parts) / parts;
    const auto tone = green.times(dice.between(0.66F, 0.74F));
    auto& builder = grid.at(level(at(a, hedge_m, 0.0F)));
    builder.quad(at(b, hedge_m, -0.2F), at(a, hedge_m, -0.2F), at(a, hedge_m, tall), at(b, hedge_m, tall),
                 tone);
    builder.quad(at(a, hedge_m, tall), at(a, hedge_m + thick, tall), at(b, hedge_m + thick, tall),
                 at(b, hedge_m, tall), tone);
  }
  for (int i = 0; i < 3400; ++i) {
    const auto share = dice.unit(), along = turn * share;
    const auto out = glm::vec3(std::cos(along), 0.0F, -std::sin(along)),
               side = glm::vec3(-out.z, 0.0F, out.x);
    const auto on_top = dice.chance(0.22F);
    const auto place = on_top ? at(share, hedge_m + thick * dice.unit(), tall + 0.02F)
                              : at(share, hedge_m - 0.02F, tall * dice.unit());
    const auto normal =
        on_top ? glm::vec3(0.0F, 1.0F, 0.0F) : glm::normalize(glm::vec3(0.0F, 0.35F, 0.0F) - out);
    const auto lean =
        glm::vec3{dice.between(-0.3F, 0.3F), dice.between(-0.2F, 0.4F), dice.between(-0.3F, 0.3F)};
    const auto up = on_top ? out : glm::vec3(0.0F, 1.0F, 0.0F);
    const auto size = dice.between(0.07F, 0.13F);
    grid.at(level(place))
        .leaf(place, glm::normalize(up + lean) * size, glm::normalize(side + lean) * (0.6F * size), normal,
              green.times(dice.between(0.75F, 1.2F)));
  }
}

void add_trees(MeshGrid& grid, Dice& dice) {
  for (int i = 0; i < 26; ++i) {  // trees beyond the hedge close the view
    const auto angle = turn * (static_cast<float>(i) + dice.between(-0.3F, 0.3F)) / 26.0F;
    const auto reach = dice.between(16.0F, 24.0F);
    const auto foot = glm::vec3(reach * std::cos(angle), 0.3F, -reach * std::sin(angle));
    if (i % 5 == 2)
      add_cypress(grid.at(level(foot)), foot, dice.between(7.0F, 9.0F), Detail::middle, dice);
    else
      add_tree(grid.at(level(foot)), foot, dice.between(6.0F, 10.0F), Detail::leafy, dice,
               leaves(dice).times(1.2F));
  }
  const auto grow = [&](glm::vec2 at, float height_m, Detail detail, const Paint& crown) {
    add_tree(grid.at(at), {at.x, ground_y(at.x, at.y), at.y}, height_m, detail, dice, crown);
  };
  grow(level(great_tree), 5.6F, Detail::near, Paint{srgb(0x86A650), 0.9F, 0.0F, Surface::foliage});
  grow(level(cherry), 4.6F, Detail::near, Paint{srgb(0xF2BFD0), 0.9F, 0.0F, Surface::foliage});
  grow({7.5F, 1.5F}, 5.0F, Detail::leafy, leaves(dice).times(1.2F));
  grow({-7.0F, 3.5F}, 5.2F, Detail::leafy, leaves(dice).times(1.2F));
}

void add_beds(MeshGrid& grid, Dice& dice) {
  const std::array<std::uint32_t, 5> colours{0x8E7CC3, 0xF2E3A0, 0xE9A0B4, 0xF6F1E6, 0xE8895A};
  for (int i = 0; i < 9; ++i) {
    const auto angle = turn * (0.03F + 0.055F * static_cast<float>(i));
    const auto x = 10.3F * std::cos(angle), z = -10.3F * std::sin(angle);
    const auto place = glm::vec3(x, ground_y(x, z), z);
    auto& builder = grid.at(level(place));
    builder.blob(place, {1.25F, 0.14F, 0.9F}, 1, 0.03F, dice.bits(), {srgb(0x5A452F), 1.0F});
    add_leaves(builder, place, {1.1F, 0.22F, 0.75F}, 110, 0.07F, dice, leaves(dice));
    add_flowers(builder, place + glm::vec3(0.0F, 0.08F, 0.0F), 1.0F, 0.7F, 26,
                srgb(colours[static_cast<std::size_t>(i) % 5]), dice);
    add_bush(builder, place + glm::vec3(0.7F, 0.05F, -0.2F), 0.42F, Detail::leafy, dice,
             leaves(dice).times(1.2F));
  }
  const auto near_bed = glm::vec3(2.6F, 0.0F, -3.4F);
  auto& builder = grid.at(level(near_bed));
  builder.blob(near_bed, {0.95F, 0.10F, 0.6F}, 2, 0.03F, dice.bits(), {srgb(0x5A452F), 1.0F});
  add_leaves(builder, near_bed, {0.85F, 0.18F, 0.5F}, 260, 0.05F, dice, leaves(dice));
  add_flowers(builder, near_bed + glm::vec3(0.0F, 0.05F, 0.0F), 0.75F, 0.45F, 40, srgb(0xF2C84B), dice);
  add_flowers(builder, near_bed + glm::vec3(0.0F, 0.05F, 0.0F), 0.75F, 0.45F, 26, srgb(0xF6F1E6), dice);
}

/// The calm garden: at ground level, nothing to master, nothing that moves fast.
class SafePlace final : public Setting {
 public:
  void build(WorldGeometry& geometry) override {
    auto dice = Dice(29);
    auto ground = MeshGrid("garden ground", cell_m), plants = MeshGrid("garden plants", cell_m);
    add_lawn(ground, dice);
    add_path(ground.at({0.0F, -6.0F}), dice);
    add_pond(ground.at(level(pond)), dice);
    add_beds(plants, dice);
    add_hedge(plants, dice);
    add_trees(plants, dice);
    add_bench(plants.at(level(bench)), {bench.x, ground_y(bench.x, -8.0F), bench.z}, 1.7F, -0.25F);
    ground_ = ground.take_into(geometry);
    plants_ = plants.take_into(geometry);
    auto meadow = MeshBuilder("meadow");
    meadow.disc({0.0F, -0.3F, 0.0F}, 900.0F, 900.0F, 48, Paint{srgb(0x88A45C), 1.0F});
    ground_.push_back(static_cast<std::uint32_t>(geometry.meshes.size()));
    geometry.meshes.push_back(meadow.take());
  }
  [[nodiscard]] std::vector<AoiName> aoi_names() const override {
    return {{aoi_pond, AoiRole::calm, "pond"},
            {aoi_tree, AoiRole::calm, "great tree"},
            {aoi_flowers, AoiRole::calm, "flower beds"},
            {aoi_path, AoiRole::calm, "garden path"},
            {aoi_cherry, AoiRole::calm, "cherry in bloom"},
            {aoi_bench, AoiRole::calm, "bench"},
            {aoi_hedge, AoiRole::calm, "hedge"}};
  }
  void jump_to(float) override {}
  bool step(const SettingInput&) override { return true; }
  [[nodiscard]] float shown_intensity() const override { return 0.0F; }
  [[nodiscard]] glm::vec3 calm_target_m() const override { return pond + glm::vec3(0.0F, 0.6F, 0.0F); }

  void draw(DrawList& list) const override {
    list.environment = {};
    auto& e = list.environment;
    e.to_sun = glm::normalize(glm::vec3(-0.62F, 0.52F, 0.42F));
    e.sun_colour = {1.12F, 0.98F, 0.78F};
    e.zenith_colour = {0.24F, 0.42F, 0.68F};
    e.horizon_colour = {0.80F, 0.80F, 0.76F};
    e.ground_colour = {0.38F, 0.42F, 0.28F};
    e.haze_per_m = 0.003F;
    e.exposure = 1.08F;
    e.shadow_centre_m = {0.0F, 0.5F, -4.0F};
    e.shadow_radius_m = 13.0F;
    for (const auto mesh : ground_) list.instances.push_back({mesh, glm::mat4(1.0F), glm::vec4(1.0F), false});
    for (const auto mesh : plants_) list.instances.push_back({mesh, glm::mat4(1.0F), glm::vec4(1.0F), true});
  }
  void add_aois(AoiList& aois) const override {
    aois.push_back({aoi_pond, AoiRole::calm, pond, {pond_x, 0.15F, pond_z}});
    aois.push_back({aoi_tree, AoiRole::calm, great_tree + glm::vec3(0.0F, 2.9F, 0.0F), {1.9F, 2.9F, 1.9F}});
    aois.push_back({aoi_flowers, AoiRole::calm, {2.6F, 0.2F, -3.4F}, {1.0F, 0.25F, 0.7F}});
    aois.push_back({aoi_path, AoiRole::calm, {0.8F, 0.0F, -5.0F}, {1.0F, 0.06F, 4.6F}});
    aois.push_back({aoi_cherry, AoiRole::calm, cherry + glm::vec3(0.0F, 2.4F, 0.0F), {1.6F, 2.3F, 1.6F}});
    aois.push_back({aoi_bench, AoiRole::calm, bench + glm::vec3(0.0F, 0.45F, 0.0F), {0.85F, 0.45F, 0.35F}});
    aois.push_back({aoi_hedge, AoiRole::calm, {-2.0F, 0.8F, -hedge_m}, {5.0F, 0.8F, 0.8F}});
  }

 private:
  static constexpr float cell_m = 12.0F;
  std::vector<std::uint32_t> ground_, plants_;
};

}  // namespace

std::unique_ptr<Setting> make_safe_place() { return std::make_unique<SafePlace>(); }

}  // namespace attune::scene
