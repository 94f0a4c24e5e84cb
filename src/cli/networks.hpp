#pragma once

#include <memory>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/record/meta.hpp"
#include "attune/session/networks.hpp"

namespace attune::cli {

/// Both networks of a session, loaded and checked, with what the recording says of them.
struct LoadedNetworks {
  std::shared_ptr<session::Networks> networks;  ///< none with inference off
  std::vector<record::ModelUsed> models;
  record::Inference inference = record::Inference::off;
};

/// Loads the pair that may serve this kind of patient: `state_monitor.pt` and `treatment.pt` for people,
/// `state_monitor_sim.pt` and `treatment_sim.pt` for virtual patients.
/// @param inference  "folded", "torch" or "off".
/// @param research   whether models that are marked research-only may serve.
/// Errors: a model is missing, changed, does not fit, or may not serve this patient.
[[nodiscard]] core::Result<LoadedNetworks> load_networks(const std::string& inference, bool virtual_patient,
                                                         bool research);

}  // namespace attune::cli
