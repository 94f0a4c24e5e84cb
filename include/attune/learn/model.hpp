#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/state/monitor.hpp"
#include "attune/treatment/treatment_model.hpp"

/// Training and loading of both networks. LibTorch stays behind `libattune_torch.so`, which is opened beside
/// the running program when one of these functions first needs it (0.7 s); nothing here includes it.
namespace attune::learn {

/// On whom a model was trained, which is whom it may serve.
enum class Population { people, virtual_patients };

/// What a model card (`state_monitor.json` beside `state_monitor.pt`) says that a program acts on.
struct ModelCard {
  std::string model;   ///< "state_monitor" or "treatment"
  std::string hash;    ///< BLAKE2b-256 of the .pt file, 64 hexadecimal digits
  std::string sha256;  ///< of the same file, as `sha256sum` prints it; empty: the card does not tell
  Population trained_on = Population::people;
  bool research_only = false;         ///< made from data that a clinic may not use
  std::vector<std::string> licences;  ///< SPDX, of all data that went in
  std::string features_hash;          ///< `features_hash()` of the build that trained it; the monitor's
  std::string monitor_hash;           ///< the treatment model's: the monitor whose embedding it reads
  state::MonitorNoise noise;  ///< the monitor's: what its estimate is worth, by the sensors that are there
};

/// BLAKE2b-256 over the table of features (name, unit, window, in order): a monitor reads no other table.
[[nodiscard]] std::string features_hash();

/// Reads the card beside a model file. Errors: missing, not JSON, a key missing or of the wrong type.
[[nodiscard]] core::Result<ModelCard> read_card(const std::filesystem::path& model);

/// A network computed by LibTorch itself.
class TorchNetwork;

/// A monitor that may steer: its file's hash is its card's, shapes and features fit this build, every weight
/// is finite, and on 256 random inputs the folded kernel and LibTorch differ by at most 1e-5.
struct LoadedMonitor {
  state::MonitorWeights weights;
  ModelCard card;
  std::shared_ptr<TorchNetwork> torch;
};

/// A treatment model that fits `card.monitor_hash`, checked in the same way.
struct LoadedTreatment {
  state::TreatmentNetwork::Weights weights;
  ModelCard card;
  std::shared_ptr<TorchNetwork> torch;
};

/// @param model  a .pt file with its card beside it.
/// Errors (bad input, one line naming the file): missing, changed, no model, another shape, another table of
/// features, a weight that is not finite, kernel and LibTorch differ; failed: `libattune_torch.so` does not
/// open.
[[nodiscard]] core::Result<LoadedMonitor> load_monitor(const std::filesystem::path& model);

/// @param monitor_hash  of the monitor it shall stand behind; a model made for another is refused.
[[nodiscard]] core::Result<LoadedTreatment> load_treatment(const std::filesystem::path& model,
                                                           const std::string& monitor_hash);

/// The monitor with LibTorch in the loop (`--inference torch`): estimate and embedding are LibTorch's, the
/// uncertainty is `state::StateMonitor`'s. Allocates.
class TorchMonitor {
 public:
  explicit TorchMonitor(const LoadedMonitor& monitor);
  [[nodiscard]] state::MonitorOutput infer(const state::Features& features, const state::OwnStart& own);
  /// Always by the folded kernel's exact gradient.
  [[nodiscard]] std::array<state::Contribution, 5> explain(const state::Features& features,
                                                           const state::OwnStart& own) const;

 private:
  state::StateMonitor folded_;
  std::shared_ptr<TorchNetwork> torch_;
};

/// The treatment model with LibTorch in the loop. Allocates.
class TorchTreatment {
 public:
  explicit TorchTreatment(const LoadedTreatment& treatment);
  /// As `treatment::TreatmentModel::wanted_change`.
  [[nodiscard]] std::optional<float> wanted_change(const state::MonitorNetwork::Embedding& embedding);

 private:
  std::shared_ptr<TorchNetwork> torch_;
};

}  // namespace attune::learn
