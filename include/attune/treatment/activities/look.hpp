#pragma once

#include <cstdint>
#include <glm/vec3.hpp>
#include <optional>

#include "attune/telemetry/samples.hpp"

namespace attune::treatment {

/// What the eyes (or the head, where it stands in) are on in one frame.
struct Look {
  bool known = false;                                     ///< false: nothing else here is read
  std::optional<std::uint16_t> area;                      ///< of interest, by its id; none: on no area
  telemetry::AoiRole role = telemetry::AoiRole::neutral;  ///< of that area
  glm::vec3 direction{0.0F, 0.0F, -1.0F};                 ///< unit vector

  /// On an area of this role.
  [[nodiscard]] bool at(telemetry::AoiRole wanted) const { return known && area && role == wanted; }
};

}  // namespace attune::treatment
