#pragma once

#include <functional>
#include <memory>

#include "attune/session/networks.hpp"
#include "attune/sim/virtual_patient.hpp"
#include "attune/treatment/controller.hpp"
#include "attune/treatment/programme.hpp"
#include "cli/simulate/ablation.hpp"
#include "cli/simulate/simulated_scene.hpp"
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

/// The scenes that sessions of a programme are shown in, with its texts. Errors: its world cannot be loaded.
[[nodiscard]] core::Result<SceneMaker> scenes_of(const treatment::Programme& programme);

/// `adaptive`: the whole product on raw telemetry. Every frame goes from patient through features, networks,
/// belief, controller and governor to the scene, and what the scene shows goes back to the patient.
/// Errors: the programme's world cannot be loaded.
[[nodiscard]] core::Result<SessionMaker> adaptive_sessions(AdaptiveSetup setup);

/// Called after every frame of a session.
using SessionWatch =
    std::function<void(const sim::VirtualPatient& patient, const treatment::ControllerOutput& asked)>;

/// One such session, in a scene of its own (`scenes_of`), watched frame by frame. Of the ablations only those
/// of sensors act.
sim::Outcome live_adaptive_session(const AdaptiveSetup& setup, const SimulatedPerson& person,
                                   SimulatedScene& scene, const SessionWatch& watch);

}  // namespace attune::cli
