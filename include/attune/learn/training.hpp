#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/dataset.hpp"
#include "attune/state/monitor.hpp"

namespace attune::learn {

/// Mean squared errors after one pass over the training data.
struct EpochLoss {
  std::size_t epoch = 0;  ///< from 1
  double training = 0.0, validation = 0.0;
};

struct TrainingOptions {
  std::size_t epochs = 10;
  std::size_t batch = 32;
  double learning_rate = 1e-3;  ///< Adam (Kingma & Ba 2015), its other constants as published
  std::uint64_t seed = 1;
  double validation_share = 0.25;  ///< of each set's people
  double drop_group = 0.15;  ///< chance that a sample's group of features is hidden in a pass, so that the
                             ///< monitor learns to do without a sensor
  std::function<void(const EpochLoss&)> on_epoch;
};

/// Root mean squared errors on the validation people's windows, every visit counted once, 0..1 scale.
struct MonitorFigures {
  double model = 0.0;
  double constant = 0.0;      ///< the training visits' mean instead of a model
  double set_constant = 0.0;  ///< the training visits' mean of the same set
  double length_alone =
      0.0;  ///< a line through the training visits of the set: label against the visit's length
  double model_visits = 0.0;    ///< the model's mean over a visit against the visit's mean label
  double observation_sd = 0.0;  ///< `observation_sd_of(model, constant)`
  std::size_t training_people = 0, validation_people = 0, training_samples = 0, validation_samples = 0;
  std::vector<EpochLoss> epochs;
  std::vector<std::string> validation_names;
};

/// The standard deviation with which the belief should take the model's estimate as a measurement of x.
///
/// A regression's estimate is already drawn towards the mean, so its error is not the noise of a measurement:
/// a model that knows nothing errs by the spread V of the labels, and must not move the belief at all. A
/// measurement with r² = V (1 − R²)/R² leaves the belief with the variance V (1 − R²) that the model showed,
/// R² = 1 − (model/constant)². R² counts as at least 0.02, so that r stays finite: there, r is seven times
/// the spread.
/// @param model, constant  root mean squared errors on people kept apart, above 0.
[[nodiscard]] double observation_sd_of(double model, double constant);

/// A network as it is written to disk.
struct TrainedModel {
  std::string bytes;  ///< of the .pt file: same data, same options, same build, same bytes
};

struct TrainedMonitor : TrainedModel {
  MonitorFigures figures;
};

/// Trains the monitor 100 → 64 → 32 → 1 on mean squared error; missing features are 0 after standardising.
/// Errors: fewer than two people in every set, no usable feature, a label outside 0..1, a loss that is not
/// finite; failed: LibTorch does not open.
[[nodiscard]] core::Result<TrainedMonitor> train_monitor(const Dataset& data, const TrainingOptions& options);

struct TrainedTreatment : TrainedModel {
  std::vector<EpochLoss> epochs;
  double agreement_rmse = 0.0;  ///< of answer − rule on validation people
};

/// Trains 32 → 64 → 32 → 1 to answer by `treatment::rule_of_thumb` to the monitor's embeddings of the data's
/// samples. Errors: as `train_monitor`.
[[nodiscard]] core::Result<TrainedTreatment> train_treatment(const Dataset& data,
                                                             const state::MonitorWeights& monitor,
                                                             const TrainingOptions& options);

}  // namespace attune::learn
