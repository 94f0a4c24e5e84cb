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

/// Both networks as two models compute them.
template <typename Monitor, typename Treatment>
class PairOfNetworks final : public Networks {
 public:
  /// @param monitor, treatment  what each model is made of
  PairOfNetworks(const auto& monitor, const auto& treatment) : monitor_(monitor), treatment_(treatment) {}

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
  Monitor monitor_;
  Treatment treatment_;
};

/// The folded kernels, made of their weights: no LibTorch, no heap.
using FoldedNetworks = PairOfNetworks<state::StateMonitor, treatment::TreatmentModel>;

}  // namespace attune::session
