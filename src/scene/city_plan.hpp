#pragma once

#include <cstdint>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <vector>

namespace attune::scene {

/// A rectangle on the ground (x, z), metres.
struct Lot {
  glm::vec2 low{0.0F}, high{0.0F};

  [[nodiscard]] glm::vec2 centre() const { return 0.5F * (low + high); }
  [[nodiscard]] glm::vec2 size() const { return high - low; }
  [[nodiscard]] bool holds(glm::vec2 p) const {
    return p.x > low.x && p.x < high.x && p.y > low.y && p.y < high.y;
  }
};

/// How a block is used.
enum class BlockUse { perimeter, offices, towers, outskirts, park, square };

struct Block {
  Lot lot;
  BlockUse use = BlockUse::perimeter;
};

enum class Roof { flat, ridge_x, ridge_z };

/// A house, office or tower: an upright box with windows.
struct Building {
  Lot lot;
  float height_m = 12.0F;  ///< of the walls, from the street
  Roof roof = Roof::flat;
  std::uint8_t style = 0;  ///< of its façade
  glm::vec3 wall{0.7F}, top{0.4F};
  bool rich = true;  ///< near enough for chimneys, parapets and the like
};

/// Where everything is: a grid of streets around a square, an avenue straight ahead of the patient, a river
/// on the left, a park on the right, towers behind. All edges lie on a 3 m grid, as the windows do.
struct CityPlan {
  static constexpr float avenue_left = -3.0F, avenue_right = 27.0F;          ///< block edges; runs along z
  static constexpr float boulevard_front = -60.0F, boulevard_back = -30.0F;  ///< runs along x
  static constexpr float river_left = -249.0F, river_right = -159.0F;
  static constexpr float street_m = 18.0F, pavement_m = 3.0F, lane_m = 3.5F;
  static constexpr float reach_m = 840.0F;

  std::vector<glm::vec2> columns, rows;  ///< blocks' extents along x and along z, sorted
  std::vector<Block> blocks;
  std::vector<Building> buildings;
  Lot square{{-63.0F, -30.0F}, {27.0F, 30.0F}};  ///< before and below the terrace
  Lot park{{105.0F, -276.0F}, {243.0F, -138.0F}};
  Lot church{{-63.0F, -198.0F}, {-3.0F, -138.0F}};
  Lot museum{{105.0F, -120.0F}, {165.0F, -60.0F}};
  Lot twins{{27.0F, -276.0F}, {87.0F, -216.0F}};
  glm::vec2 mast{-111.0F, -246.0F};  ///< the television tower
};

/// The same seed gives the same city.
[[nodiscard]] CityPlan plan_city(std::uint64_t seed);

}  // namespace attune::scene
