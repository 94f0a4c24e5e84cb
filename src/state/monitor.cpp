#include "attune/state/monitor.hpp"

#include <algorithm>
#include <cmath>

namespace attune::state {
namespace {

constexpr float ignorance_variance = 1.0F / 12.0F;  // of the uniform distribution over 0..1

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
    : network_(weights.network),
      standardisation_(weights.standardisation),
      residual_variance_(weights.residual_sd * weights.residual_sd) {
  constexpr std::size_t hidden = MonitorNetwork::Weights{}.b1.size();
  float sum = 0.0F;
  for (std::size_t i = 0; i < feature_count; ++i) {
    if (!(standardisation_.scale[i] > 0.0F)) continue;
    for (std::size_t h = 0; h < hidden; ++h) {
      const float weight = weights.network.w1[h * feature_count + i];
      energy_[i] += weight * weight;
    }
    sum += energy_[i];
  }
  if (sum > 0.0F) {
    for (auto& share : energy_) share /= sum;
  }
}

MonitorOutput StateMonitor::infer(const Features& features, const OwnStart& own) const {
  MonitorOutput output;
  float share = 0.0F;
  for (std::size_t i = 0; i < feature_count; ++i) {
    if (!features.present[i] || !(standardisation_.scale[i] > 0.0F)) continue;
    share += energy_[i];
    ++output.present_count;
  }
  share = std::min(share, 1.0F);
  const auto standard = standardisation_.apply(features, own);
  output.estimate = std::clamp(network_.forward(standard, output.embedding)[0], 0.0F, 1.0F);
  output.sd = std::sqrt(residual_variance_ * share + ignorance_variance * (1.0F - share));
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
