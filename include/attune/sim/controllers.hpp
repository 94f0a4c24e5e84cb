#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string_view>

#include "attune/sim/plant_a.hpp"

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
/// Sees the state and all parameters of plant A, and holds anxiety at 0.55.
[[nodiscard]] std::unique_ptr<Controller> oracle_controller();
/// One of the three by its name (`fixed`, `therapist`, `oracle`); null when there is none.
[[nodiscard]] std::unique_ptr<Controller> controller_by_name(std::string_view name);

/// What came of one session.
struct Outcome {
  double habituation = 0.0;  ///< h at the end
  double productive = 0.0;  ///< share of the time with 0.40 ≤ X ≤ 0.70, or X < 0.40 at the top of the ladder
  double minutes_above_85 = 0.0;
  bool dropped_out = false;
  int steps = 0;                ///< highest step of 0.1 held for 30 s in all
  double lead_share = 0.0;      ///< share of the time with the gaze led
  double feedback_share = 0.0;  ///< share of the time with calming feedback on
};

/// A session on plant A without sensors: the intensity starts at 0.1, rises by at most 0.02 and falls by at
/// most 0.5 a second. The same seed gives the same patient's course to every controller that does the same.
[[nodiscard]] Outcome run_session(const PatientParameters& patient, Controller& controller, double seconds,
                                  std::uint64_t seed);

}  // namespace attune::sim
