#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "attune/state/features.hpp"

/// From which sensors an estimate was made, and what that makes it worth.
namespace attune::state {

/// What somebody wears or holds: the sensors behind the groups of features, as they come and go together.
enum class Sensor : std::uint8_t {
  eyes,   ///< eye tracker: the eyes, what they look at, and from where
  head,   ///< the headset's own tracking
  hands,  ///< controllers
  body,   ///< worn on wrist or chest: heart, skin, breathing, temperature
};
inline constexpr std::size_t sensor_count = 4;

/// Some of the sensors: bit s for `Sensor` s.
using SensorSet = std::uint8_t;
inline constexpr std::size_t sensor_set_count = 1U << sensor_count;
inline constexpr SensorSet all_sensors = sensor_set_count - 1;

[[nodiscard]] std::string_view name_of(Sensor sensor);
[[nodiscard]] constexpr SensorSet only(Sensor sensor) {
  return static_cast<SensorSet>(1U << static_cast<unsigned>(sensor));
}

/// The sensor that a group of features needs most.
[[nodiscard]] constexpr Sensor sensor_of(FeatureGroup group) {
  switch (group) {
    case FeatureGroup::eyes:
    case FeatureGroup::attention:
    case FeatureGroup::context:
      return Sensor::eyes;
    case FeatureGroup::head:
      return Sensor::head;
    case FeatureGroup::hands:
      return Sensor::hands;
    case FeatureGroup::heart:
    case FeatureGroup::skin:
    case FeatureGroup::breathing:
    case FeatureGroup::temperature:
      break;
  }
  return Sensor::body;
}

/// The sensors of which some feature is present.
[[nodiscard]] SensorSet sensors_of(const Features& features);
/// The same moment with these sensors alone.
[[nodiscard]] Features with_only(SensorSet sensors, const Features& features);

/// How an estimate m tells of x. People kept apart have m = intercept + slope · x + error: a regression's
/// estimates lie nearer to each other than what they estimate, the less it knows the nearer. Freed of that,
/// (m − intercept) / slope is a measurement of x.
struct SensorWorth {
  float sd = 0.0F;            ///< of that measurement, over people, 0..1 scale; 0: nobody measured it
  float person_share = 0.5F;  ///< of its variance, 0..1: what one person keeps from moment to moment
  float slope = 1.0F, intercept = 0.0F;
};

/// What an estimate is worth as a measurement of x, by the sensors that it was made from, as measured on
/// people kept apart (the model card's `noise`).
///
/// Sets that nobody could measure, because no data has them, are worth what their best measured part is; a
/// part is never worth more than the whole.
class MonitorNoise {
 public:
  static constexpr float knows_nothing_sd = 10.0F;  ///< of a scale that is 1 long: moves no belief

  /// Every set of sensors alike, until it is measured.
  explicit MonitorNoise(float sd = 0.25F) { of_.fill({sd}); }
  /// @param measured  by `SensorSet`. At most `knows_nothing_sd` is taken.
  explicit MonitorNoise(const std::array<SensorWorth, sensor_set_count>& measured);

  /// @param sensors  not empty.
  [[nodiscard]] const SensorWorth& of(SensorSet sensors) const { return of_[sensors]; }
  [[nodiscard]] float sd(SensorSet sensors) const { return of_[sensors].sd; }

 private:
  std::array<SensorWorth, sensor_set_count> of_{};
};

}  // namespace attune::state
