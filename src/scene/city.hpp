#pragma once

#include <array>
#include <cstdint>
#include <glm/vec3.hpp>
#include <vector>

#include "attune/scene/draw_list.hpp"

namespace attune::scene {

/// The city below a high place. Its street lies at y = 0 of its own frame, the terrace's tower at its origin.
class City {
 public:
  void build(WorldGeometry& geometry, std::uint64_t seed, glm::vec3 to_sun);
  /// @param height_m of session space's floor over the street.
  void draw(DrawList& list, double height_m, double time_s) const;

 private:
  std::vector<std::uint32_t> quarters_;
  std::uint32_t horizon_ = 0;
  std::array<std::uint32_t, 4> cars_{};
};

}  // namespace attune::scene
