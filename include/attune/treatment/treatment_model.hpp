#pragma once

#include <optional>
#include <span>

#include "attune/state/mlp.hpp"

namespace attune::treatment {

/// The treatment network: reads the monitor's embedding and gives the wanted change of exposure intensity.
class TreatmentModel {
 public:
  explicit TreatmentModel(const state::TreatmentNetwork::Weights& weights);

  /// @param embedding  the 32 values of the state monitor's second hidden layer.
  /// @return the wanted change, clipped to [-1, 1], where 1 is `whole_change` of intensity; none
  /// when the
  ///         network's answer is not a finite number.
  [[nodiscard]] std::optional<float> wanted_change(std::span<const float, 32> embedding) const;

 private:
  state::TreatmentNetwork network_;
};

/// The same clipping for an answer that comes from elsewhere, as from LibTorch with `--inference torch`.
[[nodiscard]] std::optional<float> clipped_change(float network_output);

}  // namespace attune::treatment
