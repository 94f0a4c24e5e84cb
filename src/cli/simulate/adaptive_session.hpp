#pragma once

#include <memory>

#include "attune/session/networks.hpp"
#include "attune/sim/virtual_patient.hpp"
#include "attune/treatment/programme.hpp"
#include "cli/simulate/ablation.hpp"
#include "cli/simulate/simulated_session.hpp"

namespace attune::cli {

/// What the product is given for its sessions.
struct AdaptiveSetup {
  treatment::Programme programme;               ///< as it is to be run
  std::shared_ptr<session::Networks> networks;  ///< none: the belief lives on reports
  sim::PlantKind plant = sim::PlantKind::a;
  sim::SensorSet sensors = sim::SensorSet::all;
  std::optional<Ablation> ablation;
  sim::Population population;  ///< whose people the lying sensors are of
  double rate_hz = 72.0;
  double length_s = simulated_session_s;
};

/// `adaptive`: the whole product on raw telemetry. Every frame goes from patient through features, networks,
/// belief, controller and governor to the scene, and what the scene shows goes back to the patient.
/// Errors: the programme's world cannot be loaded.
[[nodiscard]] core::Result<SessionMaker> adaptive_sessions(AdaptiveSetup setup);

}  // namespace attune::cli
