#include "attune/learn/model.hpp"

#include <algorithm>
#include <cmath>

#include "attune/core/files.hpp"
#include "learn/card_hash.hpp"
#include "learn/network_files.hpp"

namespace attune::learn {

namespace {

constexpr float tolerance = 1e-5F;

/// The bytes of a model file that is the one its card speaks of.
core::Result<std::string> bytes_of(const std::filesystem::path& file, const ModelCard& card) {
  auto bytes = core::read_text(file);
  if (!bytes) return bytes.error();
  if (core::hash_hex(*bytes) != card.hash || (!card.sha256.empty() && sha256_hex(*bytes) != card.sha256)) {
    return core::bad_input(file.string() + ": is not the file its card was written for: the hash differs");
  }
  return bytes;
}

core::Result<void> expect_model(const std::filesystem::path& file, const ModelCard& card,
                                const std::string& model) {
  if (card.model == model) return {};
  return core::bad_input(file.string() + ": is a '" + card.model + "', not a '" + model + "'");
}

/// LibTorch and the folded kernel must agree before anything steers by the kernel.
core::Result<void> expect_agreement(const std::filesystem::path& file, float difference) {
  if (difference <= tolerance) return {};
  return core::bad_input(file.string() + ": the folded kernel and LibTorch differ by " +
                         std::to_string(difference));
}

}  // namespace

core::Result<LoadedMonitor> load_monitor(const std::filesystem::path& model) {
  auto card = read_card(model);
  if (!card) return card.error();
  if (auto right = expect_model(model, *card, "state_monitor"); !right) return right.error();
  if (card->features_hash != features_hash()) {
    return core::bad_input(model.string() + ": was trained on another table of features; train it anew");
  }
  const auto bytes = bytes_of(model, *card);
  if (!bytes) return bytes.error();
  auto network = open_network(*bytes, model.string(), monitor_shape);
  if (!network) return network.error();
  LoadedMonitor loaded{monitor_weights(**network, card->noise), std::move(*card), *network};
  const float off = largest_difference(state::MonitorNetwork(loaded.weights.network), *loaded.torch);
  if (auto agree = expect_agreement(model, off); !agree) return agree.error();
  return loaded;
}

core::Result<LoadedTreatment> load_treatment(const std::filesystem::path& model,
                                             const std::string& monitor_hash) {
  auto card = read_card(model);
  if (!card) return card.error();
  if (auto right = expect_model(model, *card, "treatment"); !right) return right.error();
  if (card->monitor_hash != monitor_hash) {
    return core::bad_input(model.string() + ": was trained behind another monitor (" +
                           card->monitor_hash.substr(0, 12) + "…) than this one (" +
                           monitor_hash.substr(0, 12) + "…)");
  }
  const auto bytes = bytes_of(model, *card);
  if (!bytes) return bytes.error();
  auto network = open_network(*bytes, model.string(), treatment_shape);
  if (!network) return network.error();
  LoadedTreatment loaded{treatment_weights(**network), std::move(*card), *network};
  const float off = largest_difference(state::TreatmentNetwork(loaded.weights), *loaded.torch);
  if (auto agree = expect_agreement(model, off); !agree) return agree.error();
  return loaded;
}

TorchMonitor::TorchMonitor(const LoadedMonitor& monitor) : folded_(monitor.weights), torch_(monitor.torch) {}

state::MonitorOutput TorchMonitor::infer(const state::Features& features, const state::OwnStart& own) {
  auto output = folded_.infer(features, own);
  const auto inputs = folded_.standardisation().apply(features, own);
  const float estimate = torch_->forward(inputs.data(), output.embedding.data());
  output.estimate = std::isfinite(estimate) ? std::clamp(estimate, 0.0F, 1.0F) : estimate;
  return output;
}

std::array<state::Contribution, 5> TorchMonitor::explain(const state::Features& features,
                                                         const state::OwnStart& own) const {
  return folded_.explain(features, own);
}

TorchTreatment::TorchTreatment(const LoadedTreatment& treatment) : torch_(treatment.torch) {}

std::optional<float> TorchTreatment::wanted_change(const state::MonitorNetwork::Embedding& embedding) {
  return treatment::clipped_change(torch_->forward(embedding.data(), nullptr));
}

}  // namespace attune::learn
