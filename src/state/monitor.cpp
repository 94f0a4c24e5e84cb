#include "attune/state/monitor.hpp"

#include <algorithm>
#include <cmath>

namespace attune::state {
namespace {

/// The sensor behind each feature.
constexpr auto sensor_index = [] {
  std::array<std::uint8_t, feature_count> index{};
  for (std::size_t i = 0; i < feature_count; ++i)
    index[i] = static_cast<std::uint8_t>(sensor_of(feature_table[i].group));
  return index;
}();

/// Sums over every set of sensors.
std::array<float, sensor_set_count> by_sensor_set(const std::array<float, sensor_count>& of_sensor) {
  std::array<float, sensor_set_count> sums{};
  for (std::size_t sensor = 0; sensor < sensor_count; ++sensor) {
    const std::size_t bit = std::size_t{1} << sensor;
    for (std::size_t rest = 0; rest < bit; ++rest) sums[bit | rest] = sums[rest] + of_sensor[sensor];
  }
  return sums;
}

}  // namespace

std::array<float, feature_count> Standardisation::apply(const Features& features, const OwnStart& own) const {
  std::array<float, feature_count> result{};
  for (std::size_t i = 0; i < feature_count; ++i) {
    if (!features.present[i] || !(scale[i] > 0.0F)) continue;
    const float standard = (features.value[i] - usual(i, own)) / scale[i];
    if (std::isfinite(standard)) result[i] = std::clamp(standard, -limit, limit);
  }
  return result;
}

StateMonitor::StateMonitor(const MonitorWeights& weights)
    : network_(weights.network), standardisation_(weights.standardisation), noise_(weights.noise) {
  constexpr std::size_t hidden = MonitorNetwork::Weights{}.b1.size();
  std::array<float, sensor_count> whole{};
  for (std::size_t i = 0; i < feature_count; ++i) {
    if (!(standardisation_.scale[i] > 0.0F)) continue;
    for (std::size_t h = 0; h < hidden; ++h) {
      const float weight = weights.network.w1[h * feature_count + i];
      energy_[i] += weight * weight;
    }
    whole[sensor_index[i]] += energy_[i];
  }
  const auto energy = by_sensor_set(whole);
  for (std::size_t sensors = 1; sensors < sensor_set_count; ++sensors) {
    const float sd = weights.noise.sd(static_cast<SensorSet>(sensors));
    precision_of_energy_[sensors] = energy[sensors] > 0.0F ? 1.0F / (sd * sd * energy[sensors]) : 0.0F;
  }
}

MonitorOutput StateMonitor::infer(const Features& features, const OwnStart& own) const {
  MonitorOutput output;
  std::array<float, sensor_count> there{};
  std::size_t sensors = 0;
  for (std::size_t i = 0; i < feature_count; ++i) {
    if (!features.present[i] || !(standardisation_.scale[i] > 0.0F)) continue;
    there[sensor_index[i]] += energy_[i];
    sensors |= std::size_t{1} << sensor_index[i];
    ++output.present_count;
  }
  const auto energy = by_sensor_set(there);
  float precision = 1.0F / (MonitorNoise::knows_nothing_sd * MonitorNoise::knows_nothing_sd);
  SensorWorth worth;
  for (std::size_t part = 1; part < sensor_set_count; ++part) {
    const float of_part = (part & sensors) == part ? precision_of_energy_[part] * energy[part] : 0.0F;
    if (of_part <= precision) continue;
    precision = of_part;
    worth = noise_.of(static_cast<SensorSet>(part));
  }
  const auto standard = standardisation_.apply(features, own);
  output.estimate = std::clamp(network_.forward(standard, output.embedding)[0], 0.0F, 1.0F);
  output.slope = worth.slope;
  output.intercept = worth.intercept;
  output.sd = 1.0F / std::sqrt(precision);
  output.person_sd = output.sd * std::sqrt(worth.person_share);
  return output;
}

std::array<Contribution, 5> StateMonitor::explain(const Features& features, const OwnStart& own) const {
  const auto standard = standardisation_.apply(features, own);
  const auto slope = network_.gradient(standard);
  std::array<Contribution, feature_count> all;
  for (std::size_t i = 0; i < feature_count; ++i) all[i] = {i, slope[i] * standard[i]};
  std::array<Contribution, 5> top;
  std::partial_sort_copy(all.begin(), all.end(), top.begin(), top.end(),
                         [](const Contribution& a, const Contribution& b) {
                           const float size_a = std::abs(a.signed_share), size_b = std::abs(b.signed_share);
                           return size_a != size_b ? size_a > size_b : a.feature < b.feature;
                         });
  return top;
}

}  // namespace attune::state
