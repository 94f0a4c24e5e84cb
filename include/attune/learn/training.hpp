#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/dataset.hpp"
#include "attune/learn/figures.hpp"
#include "attune/state/monitor.hpp"

namespace attune::learn {

/// How a network is taught: what a search may change.
struct Settings {
  std::size_t epochs = 10;  ///< passes over the training data at most: the best by validation is kept
  std::size_t batch = 32;
  double learning_rate = 1e-3;
  double weight_decay = 0.0;  ///< decoupled, as in AdamW; 0: plain Adam
  /// Chance that a group of features is hidden from a sample in a pass, and again that a sensor is, with all
  /// its groups: so the monitor learns to do without.
  double drop_group = 0.15;

  friend bool operator==(const Settings&, const Settings&) = default;
};

/// People are put into `parts`. The network that is kept validates on the first and learns from all others.
/// As many networks again are only judged: each on one part, validating on the next and learning from the
/// rest. So nobody is judged by what learnt from them or was chosen by them, and everybody is judged once.
/// All networks go through their passes side by side.
struct TrainingOptions {
  Settings settings;
  std::vector<Settings> judged_settings;  ///< of the judged networks, where a search chose for each; or empty
  std::uint64_t seed = 1;                 ///< of weights, order, and who is in which part
  std::size_t parts = 5;                  ///< at least 3
  /// After every pass of the network that is kept.
  std::function<void(const EpochLoss&)> on_epoch;
  /// After every pass of all networks: true ends the training there, with what was best until then.
  std::function<bool()> stop;
};

/// A network as it is written to disk.
struct TrainedModel {
  std::string bytes;  ///< of the .pt file: same data, same options, same build, same bytes
};

struct TrainedMonitor : TrainedModel {
  MonitorFigures figures;
};

/// Trains the monitor 100 → 64 → 32 → 1 on mean squared error; missing features are 0 after standardising.
/// Errors: fewer than three people, no usable feature, a label outside 0..1 or the same for everybody, a loss
/// that is not finite; failed: LibTorch does not open.
[[nodiscard]] core::Result<TrainedMonitor> train_monitor(const Dataset& data, const TrainingOptions& options);

/// A moment of somebody's session: what the treatment network sees, and what it should have answered.
struct TreatmentExample {
  state::MonitorNetwork::Embedding embedding{};
  float wanted = 0.0F;     ///< change of intensity, −1..1
  std::size_t person = 0;  ///< who it was: people are never split
};

struct TrainedTreatment : TrainedModel {
  state::TreatmentNetwork::Weights weights;
  std::vector<EpochLoss> epochs;
  std::size_t best_epoch = 0;
  bool interrupted = false;  ///< `stop` ended it before its passes were done
  double error_rms = 0.0;    ///< of answer − wanted, on people who neither taught nor chose
  double error_mean = 0.0;   ///< the same of an answer that is the mean of what was wanted of the teachers
};

/// Trains 32 → 64 → 32 → 1 on mean squared error: one part of the people chooses the pass, one judges, the
/// others teach. Errors: fewer than three people, a wish outside −1..1, a loss that is not finite; failed:
/// LibTorch does not open.
[[nodiscard]] core::Result<TrainedTreatment> train_treatment(std::span<const TreatmentExample> examples,
                                                             const TrainingOptions& options);

}  // namespace attune::learn
