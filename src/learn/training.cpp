#include "attune/learn/training.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "attune/treatment/controller.hpp"
#include "learn/figures.hpp"
#include "learn/fitting.hpp"
#include "learn/moments.hpp"
#include "learn/network_files.hpp"

namespace attune::learn {

namespace {

constexpr std::size_t fewest_values = 20;  // of a feature, below which its mean and deviation mean nothing

bool has(const Dataset::Sample& sample, std::size_t i) {
  return sample.features.present[i] && std::isfinite(sample.features.value[i]);
}

/// How a feature goes with the label, over all samples alike.
struct Slope {
  double per_label = 0.0, moved = 0.0;  // `moved`: variance that the label gives the feature
};

Slope slope_of(const Dataset& training, std::size_t i) {
  Moments feature, label;
  for (const auto& sample : training) {
    if (!has(sample, i)) continue;
    feature.add(static_cast<double>(sample.features.value[i]));
    label.add(static_cast<double>(sample.label));
  }
  if (!(label.variance() > 0.0)) return {};
  double together = 0.0;
  for (const auto& sample : training) {
    if (has(sample, i))
      together += (static_cast<double>(sample.features.value[i]) - feature.mean) *
                  (static_cast<double>(sample.label) - label.mean);
  }
  const double slope = together / label.squares;
  return {slope, slope * slope * label.variance()};
}

/// How long the person's own start must be to weigh as much as the population (`state::Standardisation`), by
/// what the label does not explain.
float settle_s_of(const Dataset& training, std::size_t i) {
  const auto slope = slope_of(training, i);
  std::map<std::string, Moments> people;
  for (const auto& sample : training) {
    if (has(sample, i))
      people[sample.person].add(static_cast<double>(sample.features.value[i]) -
                                slope.per_label * static_cast<double>(sample.label));
  }
  const double never = static_cast<double>(state::Standardisation::never_settles);
  return static_cast<float>(settling_time_s(people, slope.moved, never));
}

/// Mean, settling time and deviation of every feature over the samples that have it.
state::Standardisation standardisation_of(const Dataset& training) {
  state::Standardisation result;
  for (std::size_t i = 0; i < state::feature_count; ++i) {
    Moments all;
    for (const auto& sample : training) {
      if (has(sample, i)) all.add(static_cast<double>(sample.features.value[i]));
    }
    result.mean[i] = static_cast<float>(all.mean);
    result.settle_s[i] = settle_s_of(training, i);
    Moments off;
    for (const auto& sample : training) {
      if (has(sample, i))
        off.add(static_cast<double>(sample.features.value[i] - result.usual(i, sample.own)));
    }
    const double deviation = std::sqrt(off.variance() + off.mean * off.mean);
    if (off.count < fewest_values || deviation < 1e-6 * std::max(1.0, std::abs(all.mean)))
      result.mean[i] = result.settle_s[i] = 0.0F;
    else
      result.scale[i] = static_cast<float>(deviation);
  }
  return result;
}

Rows rows_of(const Dataset& data, const state::Standardisation& standardisation) {
  Rows rows{state::feature_count, {}, {}};
  for (const auto& sample : data) {
    const auto standard = standardisation.apply(sample.features, sample.own);
    rows.inputs.insert(rows.inputs.end(), standard.begin(), standard.end());
    rows.labels.push_back(sample.label);
  }
  return rows;
}

/// Hides whole groups of features, each with the given chance.
Disturb hide_groups(double chance) {
  return [chance](float* row, std::mt19937_64& random) {
    std::array<bool, state::feature_group_count> hidden{};
    for (auto& group : hidden) group = std::uniform_real_distribution<double>()(random) < chance;
    for (std::size_t i = 0; i < state::feature_count; ++i) {
      if (hidden[static_cast<std::size_t>(state::feature_table[i].group)]) row[i] = 0.0F;
    }
  };
}

core::Result<void> check_labels(const Dataset& data) {
  for (const auto& sample : data) {
    if (sample.label >= 0.0F && sample.label <= 1.0F) continue;
    return core::bad_input("the label of " + sample.person + " " + sample.visit + " is " +
                           std::to_string(sample.label) + ", outside 0..1");
  }
  return {};
}

}  // namespace

core::Result<TrainedMonitor> train_monitor(const Dataset& data, const TrainingOptions& options) {
  if (auto labels = check_labels(data); !labels) return labels.error();
  const auto [training, validation] = data.split_by_people(options.validation_share, options.seed);
  const auto standardisation = standardisation_of(training);
  if (std::none_of(standardisation.scale.begin(), standardisation.scale.end(),
                   [](float s) { return s > 0.0F; })) {
    return core::bad_input("no feature varies over the training people");
  }
  const auto listed = [](const auto& values) { return std::vector<float>(values.begin(), values.end()); };
  const InputScales scales{listed(standardisation.mean), listed(standardisation.scale),
                           listed(standardisation.settle_s)};
  auto fitted = fit(rows_of(training, standardisation), rows_of(validation, standardisation), monitor_shape,
                    scales, options, hide_groups(options.drop_group));
  if (!fitted) return fitted.error();
  const auto network = open_network(fitted->bytes, "the trained model", monitor_shape);
  if (!network) return network.error();
  TrainedMonitor trained;
  trained.bytes = std::move(fitted->bytes);
  // What the estimate is worth plays no part in estimates, which are all that is measured here.
  trained.figures = figures_of(state::StateMonitor(monitor_weights(**network, state::MonitorNoise())),
                               training, validation);
  trained.figures.epochs = std::move(fitted->epochs);
  return trained;
}

core::Result<TrainedTreatment> train_treatment(const Dataset& data, const state::MonitorWeights& monitor,
                                               const TrainingOptions& options) {
  const auto [training, validation] = data.split_by_people(options.validation_share, options.seed);
  const state::StateMonitor reader(monitor);
  const auto lessons = [&](const Dataset& part) {
    Rows rows{treatment_shape.inputs, {}, {}};
    for (const auto& sample : part) {
      const auto output = reader.infer(sample.features, sample.own);
      rows.inputs.insert(rows.inputs.end(), output.embedding.begin(), output.embedding.end());
      rows.labels.push_back(treatment::rule_of_thumb(output.estimate));
    }
    return rows;
  };
  auto fitted = fit(lessons(training), lessons(validation), treatment_shape, {}, options, {});
  if (!fitted) return fitted.error();
  TrainedTreatment trained;
  trained.bytes = std::move(fitted->bytes);
  trained.agreement_rmse = fitted->epochs.empty() ? 0.0 : std::sqrt(fitted->epochs.back().validation);
  trained.epochs = std::move(fitted->epochs);
  return trained;
}

}  // namespace attune::learn
