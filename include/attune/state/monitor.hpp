#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "attune/state/features.hpp"
#include "attune/state/mlp.hpp"
#include "attune/state/monitor_noise.hpp"
#include "attune/state/own_start.hpp"

namespace attune::state {

/// How the monitor's inputs are brought to one scale. A feature that training never saw has scale 0: it is
/// then ignored, present or not.
///
/// What is usual lies between the population's mean m and the person's own start o, known for n seconds:
/// m + n/(n + s) · (o − m). With s = 60 (σw² + σx²)/σb² that is the best linear guess of the person's own
/// level, if a minute's mean counts as one look (windows of 30–60 s overlap). σw: how much a feature changes
/// within a person beside anxiety; σx: how much anxiety moves it, for nobody is calm by promise when they
/// start; σb: how much people differ beside anxiety.
struct Standardisation {
  std::array<float, feature_count> mean{};      ///< m
  std::array<float, feature_count> scale{};     ///< deviation from what is usual; 0: never seen
  std::array<float, feature_count> settle_s{};  ///< s; `never_settles` where people hardly differ

  static constexpr float never_settles = 1e6F;

  static constexpr float limit =
      5.0F;  ///< standardised values are cut here: an outlier must not own the estimate

  [[nodiscard]] float usual(std::size_t feature, const OwnStart& own) const {
    const float known_s = own.known_s(feature);
    const float trust = known_s > 0.0F ? known_s / (known_s + settle_s[feature]) : 0.0F;
    return mean[feature] + trust * (own.mean(feature) - mean[feature]);
  }
  /// (value − usual)/scale, cut at ±`limit`; 0 where the feature is missing, not finite, or was never seen.
  /// Training and inference both use this function.
  [[nodiscard]] std::array<float, feature_count> apply(const Features& features, const OwnStart& own) const;
};

/// All that a trained monitor consists of. `learn` fills it from `models/state_monitor.pt` and its card.
struct MonitorWeights {
  MonitorNetwork::Weights network;
  Standardisation standardisation;
  MonitorNoise noise;  ///< from the model card
};

/// What the monitor says about one moment.
struct MonitorOutput {
  float estimate = 0.0F;                 ///< x, 0..1
  float slope = 1.0F, intercept = 0.0F;  ///< of estimates on x, with these sensors
  float sd = 0.0F;         ///< of `measured()`, over people: its standard deviation as a measurement of x
  float person_sd = 0.0F;  ///< the part of it that one person keeps: `sd`² − `person_sd`² passes
  MonitorNetwork::Embedding embedding{};
  std::size_t present_count = 0;  ///< features that were there and known; with 0 the estimate says nothing

  /// The estimate as a measurement of x (`SensorWorth`): may lie outside 0..1.
  [[nodiscard]] double measured() const {
    return (static_cast<double>(estimate) - static_cast<double>(intercept)) / static_cast<double>(slope);
  }
};

/// The part that one feature had in an estimate.
struct Contribution {
  std::size_t feature = 0;  ///< index into `feature_table`
  float signed_share =
      0.0F;  ///< gradient × standardised value, in units of x: above 0 it raised the estimate
};

/// The state monitor: features → anxiety 0..1 with its uncertainty.
class StateMonitor {
 public:
  explicit StateMonitor(const MonitorWeights& weights);

  /// Its precision is p/r², for that set of the sensors there which makes it largest: r is what an estimate
  /// from these sensors is worth (`MonitorNoise`), p the share of their features' weight energy in the first
  /// layer that the present ones carry. So it falls with every feature that is lost, and a lost sensor costs
  /// what people kept apart showed it to cost. With nothing present: `MonitorNoise::knows_nothing_sd`.
  [[nodiscard]] MonitorOutput infer(const Features& features, const OwnStart& own) const;

  /// The five features that moved the estimate most, largest first. Missing ones have share 0.
  [[nodiscard]] std::array<Contribution, 5> explain(const Features& features, const OwnStart& own) const;

  [[nodiscard]] const Standardisation& standardisation() const { return standardisation_; }
  [[nodiscard]] const MonitorNetwork& network() const { return network_; }

 private:
  MonitorNetwork network_;
  Standardisation standardisation_;
  std::array<float, feature_count> energy_{};  ///< of each feature in the first layer's weights
  MonitorNoise noise_;
  /// By set of sensors: precision of its estimate, over the energy of all its features.
  std::array<float, sensor_set_count> precision_of_energy_{};
};

}  // namespace attune::state
