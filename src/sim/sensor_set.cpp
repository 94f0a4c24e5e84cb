#include "attune/sim/sensor_set.hpp"

namespace attune::sim {

std::optional<SensorSet> sensor_set_of(std::string_view name) {
  if (name == "all") return SensorSet::all;
  if (name == "headset") return SensorSet::headset;
  if (name == "none") return SensorSet::none;
  return std::nullopt;
}

}  // namespace attune::sim
