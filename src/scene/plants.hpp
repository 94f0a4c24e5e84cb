#pragma once

#include <glm/vec3.hpp>

#include "scene/dice.hpp"
#include "scene/mesh_builder.hpp"

namespace attune::scene {

/// How much a plant may cost: triangles of a tree are about 30, 130, 700 and 4,500.
enum class Detail { far, middle, leafy, near };

/// Leaves that move in the wind, of one green.
[[nodiscard]] Paint leaves(Dice& dice);

/// Single leaves strewn over an ellipsoid.
void add_leaves(MeshBuilder& builder, glm::vec3 centre, glm::vec3 radii, int count, float size_m, Dice& dice,
                const Paint& paint);
/// A tree with a round crown. @param foot where it stands.
void add_tree(MeshBuilder& builder, glm::vec3 foot, float height_m, Detail detail, Dice& dice,
              const Paint& crown);
/// A slender upright tree.
void add_cypress(MeshBuilder& builder, glm::vec3 foot, float height_m, Detail detail, Dice& dice);
/// Pale grass that stands on its own.
[[nodiscard]] Paint tall_grass();
/// A low round bush.
void add_bush(MeshBuilder& builder, glm::vec3 foot, float radius_m, Detail detail, Dice& dice,
              const Paint& paint);
/// Blades of grass around a point.
void add_grass_tuft(MeshBuilder& builder, glm::vec3 foot, float height_m, int blades, Dice& dice,
                    const Paint& paint);
/// Flowers on stalks, spread over an ellipse.
void add_flowers(MeshBuilder& builder, glm::vec3 centre, float radius_x, float radius_z, int count,
                 glm::vec3 colour, Dice& dice);

}  // namespace attune::scene
