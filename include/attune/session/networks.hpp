#pragma once

#include <memory>
#include <optional>

#include "attune/state/monitor.hpp"
#include "attune/treatment/treatment_model.hpp"

namespace attune::session {

/// The two networks of the loop, however they are computed: our folded kernel, or LibTorch itself.
class Networks {
 public:
  virtual ~Networks() = default;
  [[nodiscard]] virtual state::MonitorOutput infer(const state::Features& features,
                                                   const state::OwnStart& own) = 0;
  /// The wanted change of intensity for a monitor's embedding; none when it is not a finite number.
  [[nodiscard]] virtual std::optional<float> wanted_change(
      const state::MonitorNetwork::Embedding& embedding) = 0;
  /// The five features that moved the estimate most, always by the exact gradient of the folded kernel.
  [[nodiscard]] virtual std::array<state::Contribution, 5> explain(const state::Features& features,
                                                                   const state::OwnStart& own) const = 0;
};

/// The folded kernels: no LibTorch, no heap.
class FoldedNetworks final : public Networks {
 public:
  FoldedNetworks(const state::MonitorWeights& monitor, const state::TreatmentNetwork::Weights& treatment)
      : monitor_(monitor), treatment_(treatment) {}

  state::MonitorOutput infer(const state::Features& features, const state::OwnStart& own) override {
    return monitor_.infer(features, own);
  }
  std::optional<float> wanted_change(const state::MonitorNetwork::Embedding& embedding) override {
    return treatment_.wanted_change(embedding);
  }
  std::array<state::Contribution, 5> explain(const state::Features& features,
                                             const state::OwnStart& own) const override {
    return monitor_.explain(features, own);
  }

 private:
  state::StateMonitor monitor_;
  treatment::TreatmentModel treatment_;
};

}  // namespace attune::session
