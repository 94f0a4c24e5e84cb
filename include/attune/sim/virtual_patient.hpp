#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "attune/core/result.hpp"
#include "attune/sim/plant.hpp"
#include "attune/sim/population.hpp"
#include "attune/sim/sensor_set.hpp"
#include "attune/telemetry/frame.hpp"
#include "attune/telemetry/stimulus.hpp"

namespace attune::sim {

/// Which virtual patient is meant by `patient:PROFILE[@a|@b][:SEED]`.
struct PatientSource {
  std::string profile;  ///< id of a population or path of its file
  PlantKind plant = PlantKind::a;
  std::uint64_t seed = 1;  ///< picks the person and everything that chance gives it
  SensorSet sensors = SensorSet::all;
};

/// Whether a SOURCE asks for a virtual patient (begins with `patient:`).
[[nodiscard]] bool is_patient_source(const std::string& source);
/// Reads such a SOURCE. Errors: no profile, an unknown plant, a seed that is no whole number.
[[nodiscard]] core::Result<PatientSource> parse_source(const std::string& source);

/// What the eyes really do: the present fixation and the saccade that led to it. No tracker gives this.
struct EyeMovement {
  double start_s = 0.0;        ///< of the saccade
  double amplitude_deg = 0.0;  ///< of the eyes, the head's share not counted; 0 before the first saccade
  double peak_deg_s = 0.0;
  double saccade_s = 0.0;    ///< duration
  double fixation_s = 0.0;   ///< duration; it begins when the saccade has ended
  bool on_stimulus = false;  ///< meets an area whose role is `threat`
};

/// A person in a headset: a plant with words, eyes, head, hands, and a body that sensors measure.
///
/// Stands at (0, 1.6, 0) m and faces −Z. Deterministic: what it does depends on its parameters, its seed, and
/// what was shown when; not on how often or at which instants it is looked at. The plant steps every 0.1 s,
/// head and body every 0.02 s; eyes, blinks, gestures and answers happen at instants of their own; everything
/// between is interpolated, and tracker noise and lost samples are a function of the instant. What is shown
/// acts at the next step of the plant and at the next choice of the eyes. The person is the same whatever
/// sensors are worn. Does not allocate after construction.
class VirtualPatient {
 public:
  VirtualPatient(const PatientParameters& patient, std::uint64_t seed, PlantKind plant = PlantKind::a,
                 SensorSet sensors = SensorSet::all);
  ~VirtualPatient();
  VirtualPatient(VirtualPatient&&) noexcept;
  VirtualPatient& operator=(VirtualPatient&&) noexcept;

  /// Reads the population of a source and draws its person. Errors: those of `Population::read`;
  /// a population without the keys of plant b, where that is asked for.
  [[nodiscard]] static core::Result<VirtualPatient> open(const PatientSource& source);

  /// What the patient sees and hears from now on. Before the first call: nothing, intensity 0.
  void show(const telemetry::Stimulus& stimulus);
  /// Lives on until `time`; an earlier time than the last one changes nothing.
  void advance_to(core::SessionTime time);

  [[nodiscard]] core::SessionTime time() const;  ///< what the following speak of
  [[nodiscard]] telemetry::Pose head() const;
  [[nodiscard]] telemetry::GazeSample gaze() const;  ///< source none during blinks and lost samples
  [[nodiscard]] std::array<telemetry::HandSample, 2> hands() const;  ///< left, right
  /// The body's readings, with their ages, and what the mouth gave since the last call. A fifth unread answer
  /// pushes out the first.
  [[nodiscard]] telemetry::PatientSignals take_signals();

  [[nodiscard]] const PlantState& truth() const;
  [[nodiscard]] const EyeMovement& eye_movement() const;
  [[nodiscard]] glm::vec3 true_gaze() const;  ///< unit vector without noise, also behind closed lids
  [[nodiscard]] const PatientParameters& parameters() const;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace attune::sim
