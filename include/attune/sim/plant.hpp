#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>

#include "attune/sim/population.hpp"

namespace attune::sim {

/// By which law a virtual patient learns; nobody knows which is right.
enum class PlantKind : char {
  a = 'a',  ///< fear habituates, best at moderate fear
  b = 'b',  ///< the expectancy of a threat changes; no level of anxiety is best
};

/// Variants of stimulus and context: 0..3 can be trained, the last one is new and only tested.
inline constexpr std::size_t variant_count = 5;
inline constexpr std::uint8_t novel_variant = 4;

/// What reaches a plant.
struct PlantInput {
  double z = 0.0;            ///< exposure intensity, 0..1
  double u = 0.0;            ///< calming feedback, 0..1
  double lead = 0.0;         ///< 0..1, the scene leads the gaze to the stimulus
  std::uint8_t variant = 0;  ///< k, 0..4; no difference to plant A
};

/// The whole truth about a virtual patient at one instant; no sensor sees it.
struct PlantState {
  double x = 0.0;           ///< slow part of anxiety, 0..1
  double anxiety = 0.0;     ///< X = clip(x + n, 0, 1): what is felt, reported and seen by sensors
  double h = 0.0;           ///< habituation to this stimulus, 0..0.95; on plant B 1 − E
  double v = 0.0;           ///< experience (presence, comfort), 0..1
  double s = 0.0;           ///< sickness, 0..1
  bool attends = true;      ///< y: attention on the stimulus
  bool left = false;        ///< dropped out: nothing that is shown arrives any more
  double expectancy = 1.0;  ///< E of the variant that is shown, 0..1; on plant A 1 − h
  double safety = 0.0;      ///< S: looking away, calming feedback while anxious, freezing; 0 on plant A
  double stimulus = 0.0;    ///< φ(z) that was felt
  PlantInput felt;          ///< what arrived in the last step: nothing once the patient has left
  std::uint64_t steps = 0;  ///< lived so far
};

/// The person that both plants are: anxiety follows what is shown, attention turns away from it, presence and
/// sickness come and go, and who is overwhelmed for a minute leaves. How fear is lost differs.
///
/// Explicit Euler with `step_s`, attention redrawn every third step. The numbers are plausible, not fitted to
/// a cohort. Both plants draw the same chance from the same seed.
class Plant {
 public:
  static constexpr double step_s = 0.1;

  virtual ~Plant() = default;

  /// Moves on by `step_s` under `input`, which holds for the whole step.
  const PlantState& step(const PlantInput& input);
  [[nodiscard]] const PlantState& state() const { return state_; }
  [[nodiscard]] const PatientParameters& patient() const { return patient_; }
  [[nodiscard]] virtual PlantKind kind() const = 0;

 protected:
  /// @param intensity  what is already shown before the first step; a change from it is felt as motion.
  Plant(const PatientParameters& patient, std::uint64_t seed, double intensity);
  Plant(const Plant&) = default;
  Plant& operator=(const Plant&) = default;

  /// How much of the stimulus's threat is felt, 0..1: 1 − h or E, of the variant in `state_.felt`.
  [[nodiscard]] virtual double fear() const = 0;
  /// How much of the stimulus the presence lets through.
  [[nodiscard]] virtual double presence() const { return state_.v; }
  /// A step of learning, with anxiety and attention as they are now.
  virtual void learn() = 0;
  /// The patient leaves, overwhelmed.
  virtual void leave() {}

  PatientParameters patient_;
  PlantState state_;

 private:
  [[nodiscard]] double attention_probability(double lead) const;

  std::mt19937_64 random_;
  double fast_ = 0.0;           ///< n
  double overwhelmed_s_ = 0.0;  ///< counter of the drop-out
  double intensity_;            ///< z of the step before
  double raised_from_ = -1.0;   ///< the z whose power is kept: z changes once a second, the power is dear
};

/// A plant whose patient has learned nothing yet.
[[nodiscard]] std::unique_ptr<Plant> make_plant(PlantKind kind, const PatientParameters& patient,
                                                std::uint64_t seed, double intensity);

}  // namespace attune::sim
