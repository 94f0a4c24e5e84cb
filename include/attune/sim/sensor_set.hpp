#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace attune::sim {

/// What of a virtual patient is measured. The patient itself is the same whatever is worn.
enum class SensorSet : std::uint8_t {
  all,      ///< headset with eye tracker, controllers, and everything that measures the body
  headset,  ///< headset with eye tracker, and controllers
  none,     ///< a headset alone: no gaze, no hands, no body; work at a desk is not seen either
};

/// `all`, `headset` or `none`; nothing for another word.
[[nodiscard]] std::optional<SensorSet> sensor_set_of(std::string_view name);
[[nodiscard]] std::string_view name_of(SensorSet sensors);

}  // namespace attune::sim
