#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string_view>

#include "attune/sim/outcome.hpp"
#include "attune/sim/plant.hpp"

/// Reference controllers that virtual patients are judged with, and the session in which they are judged.
namespace attune::sim {

/// What a controller of the simulation may look at, once a second. An honest one looks only at `time_s`,
/// `intensity` and what it asks the patient.
struct ControllerView {
  double time_s = 0.0;
  double intensity = 0.0;  ///< z as it stands
  const PlantState& truth;
  const PatientParameters& patient;
};

/// Steers one session of one patient.
class Controller {
 public:
  virtual ~Controller() = default;
  /// What is wanted now; the session limits how fast the intensity follows.
  virtual PlantInput step(const ControllerView& view, std::mt19937_64& random) = 0;
};

/// One step of 0.1 every two minutes, whatever happens.
[[nodiscard]] std::unique_ptr<Controller> fixed_controller();
/// Asks SUDS every two minutes; a step up at 60 % of the step's peak or below 40, a step down above 80.
[[nodiscard]] std::unique_ptr<Controller> therapist_controller();
/// Sees the state and all parameters. On plant A holds anxiety at 0.55; on plant B at the level, at most
/// 0.78, at which unhindered learning is fastest.
[[nodiscard]] std::unique_ptr<Controller> oracle_controller(PlantKind plant = PlantKind::a);
/// One of the three by its name (`fixed`, `therapist`, `oracle`); null when there is none.
[[nodiscard]] std::unique_ptr<Controller> controller_by_name(std::string_view name,
                                                             PlantKind plant = PlantKind::a);

/// A session without sensors: the intensity starts at 0.1, rises by at most 0.02 and falls by at most 0.5 a
/// second. The same seed gives the same patient's course to every controller that does the same.
[[nodiscard]] Outcome run_session(const PatientParameters& patient, Controller& controller, double seconds,
                                  std::uint64_t seed, PlantKind plant = PlantKind::a);

/// The same on a plant that is there already and is lived on; it should begin at `session_start_intensity`.
/// @param variant  of stimulus and context that is shown.
[[nodiscard]] Outcome run_session(Plant& plant, Controller& controller, double seconds, std::uint64_t seed,
                                  std::uint8_t variant = 0);
inline constexpr double session_start_intensity = 0.1;

}  // namespace attune::sim
