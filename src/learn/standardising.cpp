#include "learn/standardising.hpp"

#include <cmath>
#include <map>

#include "learn/moments.hpp"

namespace attune::learn {

namespace {

constexpr std::size_t fewest_values = 20;  // of a feature, below which its mean and deviation mean nothing

bool has(const Dataset::Sample& sample, std::size_t i) {
  return sample.weight > 0.0F && sample.features.present[i] && std::isfinite(sample.features.value[i]);
}

/// How a feature goes with the label, over all samples alike.
struct Slope {
  double per_label = 0.0, moved = 0.0;  // `moved`: variance that the label gives the feature
};

Slope slope_of(const Samples& training, std::size_t i) {
  Moments feature, label;
  for (const auto* sample : training) {
    if (!has(*sample, i)) continue;
    feature.add(static_cast<double>(sample->features.value[i]));
    label.add(static_cast<double>(sample->label));
  }
  if (!(label.variance() > 0.0)) return {};
  double together = 0.0;
  for (const auto* sample : training) {
    if (has(*sample, i))
      together += (static_cast<double>(sample->features.value[i]) - feature.mean) *
                  (static_cast<double>(sample->label) - label.mean);
  }
  const double slope = together / label.squares;
  return {slope, slope * slope * label.variance()};
}

/// How long the person's own start must be to weigh as much as the population (`state::Standardisation`), by
/// what the label does not explain.
float settle_s_of(const Samples& training, std::size_t i) {
  const auto slope = slope_of(training, i);
  std::map<std::string, Moments> people;
  for (const auto* sample : training) {
    if (has(*sample, i))
      people[sample->person].add(static_cast<double>(sample->features.value[i]) -
                                 slope.per_label * static_cast<double>(sample->label));
  }
  const double never = static_cast<double>(state::Standardisation::never_settles);
  return static_cast<float>(settling_time_s(people, slope.moved, never));
}

}  // namespace

state::Standardisation standardisation_of(const Samples& training) {
  state::Standardisation result;
  for (std::size_t i = 0; i < state::feature_count; ++i) {
    Moments all;
    for (const auto* sample : training) {
      if (has(*sample, i)) all.add(static_cast<double>(sample->features.value[i]));
    }
    result.mean[i] = static_cast<float>(all.mean);
    result.settle_s[i] = settle_s_of(training, i);
    Moments off;
    for (const auto* sample : training) {
      if (has(*sample, i))
        off.add(static_cast<double>(sample->features.value[i] - result.usual(i, sample->own)));
    }
    const double deviation = std::sqrt(off.variance() + off.mean * off.mean);
    if (off.count < fewest_values || deviation < 1e-6 * std::max(1.0, std::abs(all.mean)))
      result.mean[i] = result.settle_s[i] = 0.0F;
    else
      result.scale[i] = static_cast<float>(deviation);
  }
  return result;
}

InputScales scales_of(const state::Standardisation& standardisation) {
  const auto listed = [](const auto& values) { return std::vector<float>(values.begin(), values.end()); };
  return {listed(standardisation.mean), listed(standardisation.scale), listed(standardisation.settle_s)};
}

Rows rows_of(const Samples& samples, const state::Standardisation& standardisation) {
  Rows rows{state::feature_count, {}, {}, {}};
  for (const auto* sample : samples) {
    if (!(sample->weight > 0.0F)) continue;
    const auto standard = standardisation.apply(sample->features, sample->own);
    rows.inputs.insert(rows.inputs.end(), standard.begin(), standard.end());
    rows.labels.push_back(sample->label);
    rows.weights.push_back(sample->weight);
  }
  return rows;
}

}  // namespace attune::learn
