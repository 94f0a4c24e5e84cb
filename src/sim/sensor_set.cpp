#include "attune/sim/sensor_set.hpp"

#include <array>
#include <utility>

namespace attune::sim {

namespace {

using namespace std::string_view_literals;

constexpr std::array names{std::pair(SensorSet::all, "all"sv), std::pair(SensorSet::headset, "headset"sv),
                           std::pair(SensorSet::none, "none"sv)};

}  // namespace

std::optional<SensorSet> sensor_set_of(std::string_view name) {
  for (const auto& [sensors, word] : names) {
    if (word == name) return sensors;
  }
  return std::nullopt;
}

std::string_view name_of(SensorSet sensors) {
  for (const auto& [one, word] : names) {
    if (one == sensors) return word;
  }
  return {};
}

}  // namespace attune::sim
