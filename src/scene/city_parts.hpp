#pragma once

#include <array>
#include <vector>

#include "scene/city_plan.hpp"
#include "scene/mesh_builder.hpp"
#include "scene/plants.hpp"
#include "scene/sun_shadows.hpp"

namespace attune::scene {

/// The city's ground as slices of a cake around the tower, so that what lies behind the patient is not drawn:
/// the middle, and eight sectors counted from straight ahead to the left.
class CitySlices {
 public:
  static constexpr std::size_t sectors = 8;
  static constexpr float middle_m = 105.0F;

  CitySlices();
  MeshBuilder& at(glm::vec2 place);
  [[nodiscard]] std::array<MeshBuilder, sectors + 1>& all() { return slices_; }

 private:
  std::array<MeshBuilder, sectors + 1> slices_;
};

/// Heights of what lies on the ground, from the street's asphalt at 0.
inline constexpr float marking_y = 0.012F, plate_y = 0.15F, lawn_y = 0.17F;

void add_building(MeshBuilder& builder, const SunShadows& shadows, const Building& building, Dice& dice);

/// Asphalt, pavements, courtyards, squares' plates, river and quays, bridges.
void add_streets(CitySlices& slices, const CityPlan& plan, const SunShadows& shadows);
/// Lane lines, crossings, parked cars, trees along streets.
void add_street_life(CitySlices& slices, const CityPlan& plan, const SunShadows& shadows, Dice& dice);
/// The square below the terrace: paving in rings, a fountain, trees, people; and the park.
void add_square(CitySlices& slices, const CityPlan& plan, const SunShadows& shadows, Dice& dice);
void add_park(CitySlices& slices, const CityPlan& plan, const SunShadows& shadows, Dice& dice);

/// Church, museum, glass twins, television tower.
void add_landmarks(CitySlices& slices, const CityPlan& plan, const SunShadows& shadows);
void cast_landmarks(SunShadows& shadows, const CityPlan& plan);
/// The tower along which the terrace rises.
void add_lift_tower(MeshBuilder& builder);

/// Fields, villages and hills up to the horizon.
void add_horizon(MeshBuilder& builder, Dice& dice);

/// A small car at the origin, facing −z.
void add_car(MeshBuilder& builder, glm::vec3 place, float yaw_rad, glm::vec3 colour);

}  // namespace attune::scene
