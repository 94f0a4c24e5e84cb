#pragma once

#include <array>
#include <cstdint>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "attune/telemetry/samples.hpp"

namespace attune::report {

/// Where somebody looked, by direction in session space: yaw to the right of −Z, pitch upwards, in cells of 3
/// × 3 degrees.
class GazeMap {
 public:
  static constexpr int cell_deg = 3, columns = 360 / cell_deg, rows = 180 / cell_deg;

  /// Adds `seconds` of looking along a unit vector.
  void add(const glm::vec3& direction, double seconds);
  /// Remembers where an area of interest stood to the eye, once a second.
  void add_area(double time_s, const glm::vec3& eye_m, const telemetry::AoiShape& area);

  /// Seconds a cell, spread over its neighbours like the eye's and the tracker's own blur (3 degrees).
  [[nodiscard]] std::vector<double> smoothed() const;
  [[nodiscard]] double total_s() const { return total_s_; }

  /// An area as its outline on the map in degrees (yaw, pitch), as it stood in the middle of its time.
  struct Outline {
    std::uint16_t id = 0;
    std::vector<glm::vec2> corners;  ///< convex, in order
    glm::vec2 centre{0.0F};
  };
  /// Areas that can be drawn: none that surrounds the eye.
  [[nodiscard]] std::vector<Outline> outlines() const;

 private:
  struct Seen {
    glm::vec3 eye_m;
    telemetry::AoiShape area;
  };
  struct Track {
    double next_s = 0.0;
    std::vector<Seen> seen;
  };
  std::vector<double> seconds_ = std::vector<double>(static_cast<std::size_t>(columns * rows));
  std::map<std::uint16_t, Track> tracks_;
  double total_s_ = 0.0;
};

/// Yaw and pitch of a direction, degrees.
[[nodiscard]] glm::vec2 to_degrees(const glm::vec3& direction);

/// Six lower bounds of classes for a map whose largest cell is `largest`, of the form 1, 2, 5 × 10ⁿ, rising.
[[nodiscard]] std::array<double, 6> class_bounds(double largest);

}  // namespace attune::report
