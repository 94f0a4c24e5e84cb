#include "attune/treatment/treatment_model.hpp"

#include <algorithm>
#include <cmath>

namespace attune::treatment {

TreatmentModel::TreatmentModel(const state::TreatmentNetwork::Weights& weights) : network_(weights) {}

std::optional<float> TreatmentModel::wanted_change(std::span<const float, 32> embedding) const {
  return clipped_change(network_.forward(embedding)[0]);
}

std::optional<float> clipped_change(float network_output) {
  if (!std::isfinite(network_output)) return std::nullopt;
  return std::clamp(network_output, -1.0F, 1.0F);
}

}  // namespace attune::treatment
