#pragma once

#include <array>
#include <cstdint>
#include <glm/vec3.hpp>

#include "attune/scene/draw_list.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::scene {

/// The city below a high place. Its street lies at y = 0 of its own frame, the terrace's tower at its origin.
class City {
 public:
  void build(WorldGeometry& geometry, std::uint64_t seed, glm::vec3 to_sun);
  /// @param height_m of session space's floor over the street. Slices that no eye of `head` can see are left
  /// out.
  void draw(DrawList& list, double height_m, const telemetry::Pose& head, double time_s) const;

 private:
  static constexpr std::size_t sectors = 8;
  std::array<std::uint32_t, sectors + 1> slices_{};  // the middle comes first
  std::uint32_t horizon_ = 0;
  std::array<std::uint32_t, 4> cars_{};
};

}  // namespace attune::scene
