#include "scene/city.hpp"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/gtc/matrix_transform.hpp>
#include <string>

#include "scene/city_parts.hpp"

namespace attune::scene {

namespace {

constexpr float quarter_m =
    210.0F;  // a block or two: few meshes, and most of those behind the patient left out
constexpr float shadow_within_m = 520.0F;

}  // namespace

void City::build(WorldGeometry& geometry, std::uint64_t seed, glm::vec3 to_sun) {
  const auto plan = plan_city(seed);
  auto shadows = SunShadows(to_sun);
  for (const auto& b : plan.buildings) {
    if (glm::length(b.lot.centre()) > shadow_within_m) continue;
    const auto ridge = b.roof == Roof::flat ? 0.0F : 2.5F;
    const std::array outline{b.lot.low, glm::vec2(b.lot.low.x, b.lot.high.y), b.lot.high,
                             glm::vec2(b.lot.high.x, b.lot.low.y)};
    shadows.add_caster(outline, b.height_m + ridge);
  }
  cast_landmarks(shadows, plan);

  auto quarters = MeshGrid("city", quarter_m);
  auto dice = Dice(seed + 1);
  add_streets(quarters, plan, shadows);
  add_street_life(quarters, plan, shadows, dice);
  add_square(quarters, plan, shadows, dice);
  add_park(quarters, plan, shadows, dice);
  for (const auto& building : plan.buildings) {
    add_building(quarters.at(building.lot.centre()), shadows, building, dice);
  }
  add_landmarks(quarters, plan, shadows);
  add_lift_tower(quarters.at({0.0F, 0.0F}));

  const auto add = [&](MeshBuilder& builder) {
    geometry.meshes.push_back(builder.take());
    return static_cast<std::uint32_t>(geometry.meshes.size() - 1);
  };
  quarters_ = quarters.take_into(geometry);
  auto horizon = MeshBuilder("horizon");
  add_horizon(horizon, dice);
  horizon_ = add(horizon);

  const std::array<std::uint32_t, 4> colours{0xE7E6E1, 0xB03A30, 0x34506F, 0xD9B23C};
  for (std::size_t i = 0; i < cars_.size(); ++i) {
    auto car = MeshBuilder("car " + std::to_string(i + 1));
    add_car(car, glm::vec3(0.0F), 0.0F, srgb(colours[i]));
    cars_[i] = add(car);
  }
}

void City::draw(DrawList& list, double height_m, double time_s) const {
  const auto down = glm::translate(glm::mat4(1.0F), glm::vec3(0.0F, -static_cast<float>(height_m), 0.0F));
  const auto add = [&](std::uint32_t mesh) {
    list.instances.push_back({mesh, down, glm::vec4(1.0F), false});
  };
  for (const auto quarter : quarters_) add(quarter);
  add(horizon_);

  // Cars on the avenue, right-hand traffic: away on the right, towards the square on the left, where they
  // turn off.
  struct Lane {
    float x, speed;
  };
  constexpr std::array<Lane, 4> lanes{Lane{4.9F, 8.0F}, Lane{8.2F, 9.5F}, Lane{15.8F, -9.0F},
                                      Lane{19.1F, -7.5F}};
  constexpr auto from = -560.0F, to = -62.0F, every = 83.0F;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const auto& lane = lanes[i];
    for (int k = 0; k < 6; ++k) {
      const auto way = every * static_cast<float>(k) + 31.0F * static_cast<float>(i) +
                       static_cast<float>(std::fmod(static_cast<double>(lane.speed) * time_s, 498.0));
      const auto share = way / (to - from);
      const auto z = from + (share - std::floor(share)) * (to - from);
      auto place = glm::translate(down, glm::vec3(lane.x, 0.0F, z));
      if (lane.speed > 0.0F) place = glm::rotate(place, 3.14159265F, glm::vec3(0.0F, 1.0F, 0.0F));
      // They come up from nothing and go into nothing over a few metres, at the lane's ends.
      const auto size = std::clamp(std::min(z - from, to - z) / 8.0F, 0.0F, 1.0F);
      if (size > 0.05F) {
        list.instances.push_back({cars_[(i + static_cast<std::size_t>(k)) % cars_.size()],
                                  glm::scale(place, glm::vec3(size)), glm::vec4(1.0F), false});
      }
    }
  }
}

}  // namespace attune::scene
