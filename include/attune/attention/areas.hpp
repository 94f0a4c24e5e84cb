#pragma once

#include <cstdint>
#include <glm/vec3.hpp>
#include <optional>
#include <span>

#include "attune/core/time.hpp"
#include "attune/telemetry/samples.hpp"

namespace attune::attention {

/// Roles whose areas a patient is meant to face: looking elsewhere is avoiding.
[[nodiscard]] constexpr bool is_target(telemetry::AoiRole role) {
  return role == telemetry::AoiRole::threat || role == telemetry::AoiRole::social ||
         role == telemetry::AoiRole::task;
}

/// Which area a gaze ray meets.
/// The nearest box that the ray itself meets; where it meets none, the nearest of the boxes grown by two
/// standard deviations of the tracker's error at their distance. A box that the eye is inside of counts only
/// when there is no other.
/// @param origin_m, direction  of the ray; `direction` is a unit vector.
/// @return index into `areas`, or nothing.
[[nodiscard]] std::optional<std::size_t> area_hit(const glm::vec3& origin_m, const glm::vec3& direction,
                                                  float angular_error_rad,
                                                  std::span<const telemetry::AoiShape> areas);

/// True when some part of the area lies within `half_angle_rad` of the direction (exact for points, close for
/// boxes).
[[nodiscard]] bool area_in_view(const glm::vec3& origin_m, const glm::vec3& direction, float half_angle_rad,
                                const telemetry::AoiShape& area);

/// One look at one area, from entering it to leaving it.
struct Visit {
  std::uint16_t id = 0;
  core::SessionTime start{}, end{};
};

/// Follows which area is looked at. A break of up to 100 ms in which no other area is met (lost samples, the
/// rim of the area) does not end a visit, nor does a blink (100 to 400 ms: Schiffman, Sensation and
/// Perception, 2001); something under 60 ms is no visit.
class AreaFollower {
 public:
  /// @param id  of the area under the gaze now, or nothing.
  /// @param seen  false: the eyes are lost, as in a blink; then `id` is nothing.
  /// @return the visit that ended, if one did.
  std::optional<Visit> push(core::SessionTime now, std::optional<std::uint16_t> id, bool seen = true);
  /// The visit that the stream ended in; the next push begins a new stream.
  std::optional<Visit> finish();
  [[nodiscard]] std::optional<std::uint16_t> current() const;
  void reset() { *this = {}; }

 private:
  std::optional<Visit> close();

  bool visiting_ = false;
  bool lost_ = false;         ///< since `visit_.end` the eyes were lost,
  bool elsewhere_ = false;    ///< or seen on no area
  Visit visit_;               ///< `end`: last time it was seen
  core::SessionTime last_{};  ///< of any push: a visit begins when the gaze was last elsewhere
  bool pushed_ = false;
};

}  // namespace attune::attention
