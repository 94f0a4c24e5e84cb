#pragma once

#include <array>
#include <vector>

#include "scene/city_plan.hpp"
#include "scene/mesh_builder.hpp"
#include "scene/mesh_grid.hpp"
#include "scene/plants.hpp"
#include "scene/sun_shadows.hpp"

namespace attune::scene {

/// Heights of what lies on the ground, from the street's asphalt at 0.
inline constexpr float marking_y = 0.012F, plate_y = 0.15F, lawn_y = 0.17F;

void add_building(MeshBuilder& builder, const SunShadows& shadows, const Building& building, Dice& dice);

/// Asphalt, pavements, courtyards, squares' plates, river and quays, bridges.
void add_streets(MeshGrid& quarters, const CityPlan& plan, const SunShadows& shadows);
/// Lane lines, crossings, parked cars, trees along streets.
void add_street_life(MeshGrid& quarters, const CityPlan& plan, const SunShadows& shadows, Dice& dice);
/// The square below the terrace: paving in rings, a fountain, trees, people; and the park.
void add_square(MeshGrid& quarters, const CityPlan& plan, const SunShadows& shadows, Dice& dice);
void add_park(MeshGrid& quarters, const CityPlan& plan, const SunShadows& shadows, Dice& dice);

/// Church, museum, glass twins, television tower.
void add_landmarks(MeshGrid& quarters, const CityPlan& plan, const SunShadows& shadows);
void cast_landmarks(SunShadows& shadows, const CityPlan& plan);
/// The tower along which the terrace rises.
void add_lift_tower(MeshBuilder& builder);

/// Fields, villages and hills up to the horizon.
void add_horizon(MeshBuilder& builder, Dice& dice);

/// A small car at the origin, facing −z.
void add_car(MeshBuilder& builder, glm::vec3 place, float yaw_rad, glm::vec3 colour);

}  // namespace attune::scene
