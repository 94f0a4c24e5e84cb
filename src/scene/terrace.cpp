#include "scene/terrace.hpp"

#include <algorithm>
#include <cmath>
#include <glm/gtc/matrix_transform.hpp>
#include <utility>
#include <vector>

#include "scene/dice.hpp"
#include "scene/mesh_builder.hpp"
#include "scene/roof_garden.hpp"

namespace attune::scene {

namespace {

using Vec2 = std::pair<float, float>;

const auto steel = Paint{srgb(0x4A5157), 0.45F};
const auto rail_wood = Paint{srgb(0xA9703F), 0.6F};
const auto panel_wood = Paint{srgb(0xB98A5A), 0.75F};
const auto concrete = Paint{srgb(0xBDB8AE), 0.9F};

constexpr float plank_m = 0.3F, joint_m = 0.008F, plank_thick_m = 0.04F;
constexpr float post_every_m = 1.2F, bar_every_m = 0.11F;  // no gap a child's head fits through
constexpr float panel_low_m = 0.06F, panel_high_m = 1.0F;

/// Planks of 0.3 m along z over a rectangle; a joint's dark shows between them.
void add_planks(MeshBuilder& builder, float x0, float x1, float z0, float z1, Dice& dice) {
  builder.box({x0, -0.10F, z0}, {x1, -plank_thick_m, z1}, Paint{srgb(0x2E2620), 0.95F}, true);
  for (auto x = x0; x < x1 - 0.05F; x += plank_m) {
    const auto end = std::min(x + plank_m, x1);
    // Boards of a few metres, butted at random places.
    auto z = z1;
    while (z > z0 + 0.05F) {
      auto next = std::max(z0, z - dice.between(2.2F, 3.8F));
      if (next - z0 < 0.6F) next = z0;
      const auto tone = panel_wood.times(glm::vec3(1.0F, 0.97F, 0.93F) * dice.between(0.72F, 0.98F));
      builder.box({x + joint_m / 2, -plank_thick_m, next + joint_m / 2},
                  {end - joint_m / 2, 0.0F, z - joint_m / 2}, tone, true);
      z = next;
    }
  }
}

/// One straight stretch of railing from a to b (x, z); parts go into separate meshes, since they move
/// separately.
struct RailingParts {
  MeshBuilder& rails;
  MeshBuilder& bars;
  MeshBuilder& panels;
};

void add_bar(MeshBuilder& builder, Vec2 at, float low, float high, float half, const Paint& paint) {
  builder.box({at.first - half, low, at.second - half}, {at.first + half, high, at.second + half}, paint,
              true);
}

void add_railing(const RailingParts& into, Vec2 a, Vec2 b, float rail_m) {
  const auto along_x = a.second == b.second;
  const auto low = std::pair{std::min(a.first, b.first), std::min(a.second, b.second)};
  const auto high = std::pair{std::max(a.first, b.first), std::max(a.second, b.second)};
  const auto length = along_x ? high.first - low.first : high.second - low.second;
  const auto point = [&](float s) {
    return along_x ? Vec2{low.first + s, low.second} : Vec2{low.first, low.second + s};
  };
  const auto slab = [&](MeshBuilder& builder, float half, float y0, float y1, const Paint& paint) {
    builder.box({low.first - half, y0, low.second - half}, {high.first + half, y1, high.second + half},
                paint);
  };
  slab(into.rails, 0.035F, rail_m - 0.05F, rail_m, rail_wood);
  const auto posts = std::max(1, static_cast<int>(std::lround(length / post_every_m)));
  for (int i = 0; i <= posts; ++i) {
    add_bar(into.rails, point(length * static_cast<float>(i) / static_cast<float>(posts)), 0.0F,
            rail_m - 0.05F, 0.025F, steel);
  }
  slab(into.rails, 0.014F, 0.06F, 0.085F, steel);
  const auto bars = std::max(1, static_cast<int>(std::lround(length / bar_every_m)));
  for (int i = 1; i < bars; ++i) {
    add_bar(into.bars, point(length * static_cast<float>(i) / static_cast<float>(bars)), 0.08F,
            rail_m - 0.05F, 0.007F, steel);
  }
  // Boards with narrow joints, lying one over another.
  for (auto y = panel_low_m; y < panel_high_m - 0.02F; y += 0.157F) {
    const auto shade = 0.86F + 0.1F * std::sin(y * 37.0F);
    slab(into.panels, 0.018F, y, y + 0.150F, panel_wood.times(shade));
  }
}

constexpr float pole_m = 2.9F;
glm::vec3 pole_foot(const TerraceShape& s) { return {s.inner - 0.06F, 0.0F, s.garden_front + 0.06F}; }

glm::mat4 lowered(float share) {
  return glm::scale(glm::mat4(1.0F), glm::vec3(1.0F, std::clamp(share, 0.0F, 1.0F), 1.0F));
}

}  // namespace

void Terrace::build(WorldGeometry& geometry) {
  const auto add = [&](MeshBuilder& builder) {
    geometry.meshes.push_back(builder.take());
    return static_cast<std::uint32_t>(geometry.meshes.size() - 1);
  };
  const auto& s = shape_;
  auto dice = Dice(3);

  auto deck = MeshBuilder("deck");
  add_planks(deck, s.inner, s.right, s.front, s.back, dice);
  add_planks(deck, s.left, s.inner, s.garden_front, s.back, dice);
  // The slab below, a hand wider than the deck, so that its edge is seen from above.
  deck.box({s.inner - 0.02F, -0.55F, s.front - 0.10F}, {s.right + 0.10F, -0.10F, s.back}, concrete);
  deck.box({s.left - 0.10F, -0.55F, s.garden_front - 0.10F}, {s.inner + 0.10F, -0.10F, s.back}, concrete);
  deck_ = add(deck);

  auto rails = MeshBuilder("railing"), bars = MeshBuilder("railing bars"),
       panels = MeshBuilder("railing panels");
  auto loose = MeshBuilder("railing bars that go");
  const auto fixed = RailingParts{rails, bars, panels};
  const auto leaving = RailingParts{rails, loose, panels};
  const auto inset = 0.06F;
  const auto front = s.front + inset, right = s.right - inset, inner = s.inner - inset;
  add_railing(fixed, {inner, front}, {s.gate_left, front}, s.rail_m);
  add_railing(leaving, {s.gate_right, front}, {right, front}, s.rail_m);
  add_railing(fixed, {right, front}, {right, s.back}, s.rail_m);
  add_railing(fixed, {inner, front}, {inner, s.garden_front + inset}, s.rail_m);
  add_railing(fixed, {inner, s.garden_front + inset}, {s.left + inset, s.garden_front + inset}, s.rail_m);
  add_railing(fixed, {s.left + inset, s.garden_front + inset}, {s.left + inset, s.back}, s.rail_m);
  rails_ = add(rails);
  bars_ = add(bars);
  loose_bars_ = add(loose);
  panels_ = add(panels);

  auto gate_rail = MeshBuilder("gate"), gate_bars = MeshBuilder("gate bars"),
       gate_panel = MeshBuilder("gate panel");
  add_railing({gate_rail, gate_bars, gate_panel}, {s.gate_left + 0.06F, front}, {s.gate_right - 0.06F, front},
              s.rail_m);
  gate_rail_ = add(gate_rail);
  gate_bars_ = add(gate_bars);
  gate_panel_ = add(gate_panel);

  auto garden = MeshBuilder("roof garden");
  add_roof_garden(garden, s);
  // The pole of the windsock stands at the garden's far corner, where it is seen without looking for it.
  garden.tube(pole_foot(s), pole_foot(s) + glm::vec3(0.0F, pole_m + 0.05F, 0.0F), 0.03F, 0.022F, 8, steel);
  garden_ = add(garden);
  auto wall = MeshBuilder("planted wall");
  add_back_wall(wall, s);
  wall_ = add(wall);

  for (std::size_t i = 0; i < windsock_.size(); ++i) {
    auto sock = MeshBuilder("windsock " + std::to_string(i + 1));
    const auto wide = 0.17F - 0.026F * static_cast<float>(i), narrow = wide - 0.026F;
    const auto cloth = Paint{i % 2 == 0 ? srgb(0xE8562A) : srgb(0xF5F0E8), 0.9F};
    sock.tube({0.0F, 0.0F, 0.0F}, {0.26F, 0.0F, 0.0F}, wide, narrow, 10, cloth, i + 1 == windsock_.size());
    windsock_[i] = add(sock);
  }
  auto leaf = MeshBuilder("leaf");
  const std::array plan{glm::vec3(-0.05F, 0.0F, 0.0F), glm::vec3(0.0F, 0.0F, 0.03F),
                        glm::vec3(0.06F, 0.0F, 0.0F), glm::vec3(0.0F, 0.0F, -0.03F)};
  auto under = plan;
  std::reverse(under.begin(), under.end());
  leaf.polygon(plan, {srgb(0xC08A3A), 0.9F});
  leaf.polygon(under, {srgb(0xA87430), 0.9F});
  leaf_ = add(leaf);
}

void Terrace::draw(DrawList& list, float railing, float gap_m, float wind, double time_s) const {
  const auto solid = std::clamp(railing - 1.0F, 0.0F, 1.0F);
  const auto barred = std::clamp(railing, 0.0F, 1.0F);
  // The gate slides behind the stretch to its right.
  const auto slide = glm::translate(glm::mat4(1.0F), glm::vec3(gap_m, 0.0F, gap_m > 0.0F ? 0.075F : 0.0F));
  const auto still = glm::mat4(1.0F);
  const auto add = [&](std::uint32_t mesh, const glm::mat4& to_session) {
    list.instances.push_back({mesh, to_session, glm::vec4(1.0F), true});
  };
  for (const auto mesh : {deck_, garden_, wall_, rails_, bars_}) add(mesh, still);
  add(gate_rail_, slide);
  add(gate_bars_, slide);
  if (barred > 0.01F) add(loose_bars_, lowered(barred));
  if (solid > 0.01F) {
    add(panels_, lowered(solid));
    add(gate_panel_, slide * lowered(solid));
  }
  draw_windsock(list, wind, time_s);
  draw_leaves(list, wind, time_s);
}

void Terrace::draw_windsock(DrawList& list, float wind, double time_s) const {
  const auto t = static_cast<float>(time_s);
  const auto flutter = std::sin(t * 2.1F) * 0.6F + std::sin(t * 5.3F) * 0.4F;
  // It hangs in still air and stands out in a gust.
  auto place = glm::translate(glm::mat4(1.0F), pole_foot(shape_) + glm::vec3(0.0F, pole_m, 0.0F));
  place = glm::rotate(place, 0.5F + 0.25F * wind * flutter, glm::vec3(0.0F, 1.0F, 0.0F));
  const auto sag = 1.35F * (1.0F - wind) + 0.10F;
  place = glm::rotate(place, -sag * 0.7F, glm::vec3(0.0F, 0.0F, 1.0F));
  for (std::size_t i = 0; i < windsock_.size(); ++i) {
    list.instances.push_back({windsock_[i], place, glm::vec4(1.0F), true});
    const auto wave = 0.12F * wind * std::sin(t * 6.0F - static_cast<float>(i));
    place = glm::translate(place, glm::vec3(0.26F, 0.0F, 0.0F));
    place = glm::rotate(place, wave - sag * 0.08F, glm::vec3(0.0F, 0.0F, 1.0F));
  }
}

void Terrace::draw_leaves(DrawList& list, float wind, double time_s) const {
  constexpr int most = 18;
  const auto count = static_cast<int>(wind * static_cast<float>(most));
  for (int i = 0; i < count; ++i) {
    auto dice = Dice(0x1EAF + static_cast<std::uint64_t>(i));
    const auto period = dice.between(5.0F, 9.0F), phase = dice.unit();
    const auto height = dice.between(-1.5F, 2.6F), depth = dice.between(-7.0F, -2.0F),
               spin = dice.between(1.0F, 3.0F);
    const auto turns = static_cast<float>(time_s) / period + phase;
    const auto way = turns - std::floor(turns);
    // From the left to the right across the drop; small at both ends, so that none appears suddenly.
    const auto size = std::clamp(10.0F * std::min(way, 1.0F - way), 0.0F, 1.0F);
    const auto place = glm::vec3(-9.0F + 20.0F * way, height + 0.6F * std::sin(6.3F * way + phase), depth);
    auto to_session = glm::translate(glm::mat4(1.0F), place);
    to_session = glm::rotate(to_session, spin * static_cast<float>(std::fmod(time_s, 628.0)),
                             glm::vec3(0.6F, 0.6F, 0.53F));
    if (size > 0.05F) {
      list.instances.push_back({leaf_, glm::scale(to_session, glm::vec3(size)), glm::vec4(1.0F), false});
    }
  }
}

}  // namespace attune::scene
