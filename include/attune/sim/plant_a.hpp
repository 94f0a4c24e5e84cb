#pragma once

#include <cstdint>
#include <random>

#include "attune/sim/population.hpp"

namespace attune::sim {

/// What reaches a plant.
struct PlantInput {
  double z = 0.0;     ///< exposure intensity, 0..1
  double u = 0.0;     ///< calming feedback, 0..1
  double lead = 0.0;  ///< 0..1, the scene leads the gaze
};

/// The whole truth about a virtual patient at one instant; no sensor sees it.
struct PlantState {
  double x = 0.0;        ///< slow part of anxiety, 0..1
  double anxiety = 0.0;  ///< X = clip(x + n, 0, 1): what is felt, reported and seen by sensors
  double h = 0.0;        ///< habituation to this stimulus, 0..0.95
  double v = 0.0;        ///< experience (presence, comfort), 0..1
  double s = 0.0;        ///< sickness, 0..1
  bool attends = true;   ///< y: attention on the stimulus
  bool left = false;     ///< dropped out: nothing that is shown arrives any more
};

/// Plant A: fear habituates, best at moderate fear.
///
/// Explicit Euler with `step_s`, attention redrawn every third step. Fear must be activated and then fall for
/// learning (Foa & Kozak, Psychological Bulletin 99 (1986) 20). The numbers are plausible, not fitted to a
/// cohort.
class PlantA {
 public:
  static constexpr double step_s = 0.1;

  /// @param intensity  what is already shown before the first step; a change from it is felt as motion.
  PlantA(const PatientParameters& patient, std::uint64_t seed, double intensity);

  /// Moves on by `step_s` under `input`, which holds for the whole step.
  const PlantState& step(const PlantInput& input);
  [[nodiscard]] const PlantState& state() const { return state_; }

  /// Rate of habituation against anxiety, G(X): best at 0.55, negative when overwhelmed.
  [[nodiscard]] static double learning(double anxiety);

 private:
  [[nodiscard]] double attention_probability(double lead) const;

  PatientParameters patient_;
  std::mt19937_64 random_;
  PlantState state_;
  double fast_ = 0.0;           ///< n
  double overwhelmed_s_ = 0.0;  ///< counter of the drop-out
  double intensity_;            ///< z of the step before
  double raised_from_ = -1.0;   ///< the z whose power is kept: z changes once a second, the power is dear
  double stimulus_ = 0.0;       ///< φ(z)
  std::uint64_t steps_ = 0;
};

}  // namespace attune::sim
