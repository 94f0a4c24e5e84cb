#pragma once

#include "scene/mesh_builder.hpp"
#include "scene/terrace.hpp"

namespace attune::scene {

/// The calm side of the terrace: planters of warm wood, a small tree, a bench, lawn.
void add_roof_garden(MeshBuilder& builder, const TerraceShape& shape);
/// Behind the patient: a pergola before a wall of climbing plants.
void add_back_wall(MeshBuilder& builder, const TerraceShape& shape);

/// A wooden bench of `length_m` along x, its back towards −z before turning by `yaw_rad`.
void add_bench(MeshBuilder& builder, glm::vec3 foot, float length_m, float yaw_rad);

}  // namespace attune::scene
