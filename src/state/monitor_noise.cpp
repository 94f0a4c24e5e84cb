#include "attune/state/monitor_noise.hpp"

#include <algorithm>

namespace attune::state {

namespace {

bool holds(std::size_t whole, std::size_t part) { return (whole & part) == part; }

}  // namespace

std::string_view name_of(Sensor sensor) {
  constexpr std::array<std::string_view, sensor_count> names{"eyes", "head", "hands", "body"};
  return names[static_cast<std::size_t>(sensor)];
}

SensorSet sensors_of(const Features& features) {
  SensorSet sensors = 0;
  for (std::size_t i = 0; i < feature_count; ++i) {
    if (features.present[i])
      sensors = static_cast<SensorSet>(sensors | only(sensor_of(feature_table[i].group)));
  }
  return sensors;
}

Features with_only(SensorSet sensors, const Features& features) {
  auto result = features;
  for (std::size_t i = 0; i < feature_count; ++i) {
    if ((sensors & only(sensor_of(feature_table[i].group))) != 0) continue;
    result.value[i] = 0.0F;
    result.present.reset(i);
  }
  return result;
}

MonitorNoise::MonitorNoise(const std::array<SensorWorth, sensor_set_count>& measured) {
  const auto known = [&](std::size_t sensors) { return measured[sensors].sd > 0.0F; };
  for (std::size_t sensors = 1; sensors < sensor_set_count; ++sensors) {
    SensorWorth best;
    best.sd = knows_nothing_sd;
    for (std::size_t part = 1; part <= sensors; ++part) {
      if (!known(part) || !holds(sensors, part)) continue;
      // Chance may let a part look better than the whole that was measured as well.
      auto worth = measured[part];
      for (std::size_t whole = part; whole < sensor_set_count; ++whole) {
        if (known(whole) && holds(whole, part)) worth.sd = std::max(worth.sd, measured[whole].sd);
      }
      if (worth.sd <= best.sd) best = worth;
    }
    of_[sensors] = best;
  }
}

}  // namespace attune::state
