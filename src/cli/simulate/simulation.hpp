#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/sim/sensor_set.hpp"
#include "cli/simulate/ablation.hpp"
#include "cli/simulate/outcome_figures.hpp"
#include "cli/simulate/simulated_session.hpp"

namespace attune::cli {

/// What is to be simulated.
struct SimulationRequest {
  std::size_t patients = 500;
  std::uint64_t seed = 1;
  std::vector<std::string> controllers;  ///< fixed, therapist, suds, adaptive, oracle
  std::string programme = "heights";     ///< id or file
  std::uint32_t session_number = 1;      ///< of the course, from 1: with which variants its steps begin
  std::string purpose;                   ///< medical purpose, where the programme's setting needs one
  sim::PlantKind plant = sim::PlantKind::a;
  sim::SensorSet sensors = sim::SensorSet::all;  ///< of `adaptive`
  std::optional<Ablation> ablation;              ///< of `adaptive`
  std::string population = "shipped";
  std::size_t jobs = 0;  ///< threads, 0: one a core; no result depends on it
};

/// One controller with everybody it met.
struct ControllerRun {
  std::string name;
  SessionMaker sessions;                                  ///< to hold single sessions again
  std::vector<sim::Outcome> outcomes;                     ///< person by person
  std::vector<treatment::PracticeResult> practices = {};  ///< of `adaptive`, person by person; else empty
};

struct Simulation {
  std::string programme;                  ///< id of what `adaptive` runs
  double length_s = simulated_session_s;  ///< of its sessions at most; the others' are of 20 minutes
  bool exposes = true;                    ///< it exposes to something
  std::vector<SimulatedPerson> people;
  std::vector<ControllerRun> runs;  ///< in the order asked for
};

/// Two controllers whose people are compared, by their place in `Simulation::runs`.
struct Pair {
  std::size_t one = 0, other = 0;
};
/// All pairs with `adaptive` first; all pairs in the order asked for where it is not there.
[[nodiscard]] std::vector<Pair> pairs_of(const Simulation& simulation);

/// Holds the sessions. All controllers meet the same people with the same chance; the same request gives the
/// same bits, however many threads there are. The n-th person of a seed is the same in every population but
/// for what the populations distribute differently.
/// @param progress  called with the number of sessions held so far.
/// Errors: an unknown controller, or one that is named twice; those of population, programme and models; a
/// setting that needs a purpose has none.
[[nodiscard]] core::Result<Simulation> simulate(const SimulationRequest& request,
                                                const std::function<void(std::size_t)>& progress);

}  // namespace attune::cli
