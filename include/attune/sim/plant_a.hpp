#pragma once

#include "attune/sim/plant.hpp"

namespace attune::sim {

/// Plant A: fear habituates, best at moderate fear.
///
/// Fear must be activated and then fall for learning (Foa & Kozak, Psychological Bulletin 99 (1986) 20).
class PlantA final : public Plant {
 public:
  PlantA(const PatientParameters& patient, std::uint64_t seed, double intensity)
      : Plant(patient, seed, intensity) {}

  [[nodiscard]] PlantKind kind() const override { return PlantKind::a; }
  /// Rate of habituation against anxiety, G(X): best at 0.55, negative when overwhelmed.
  [[nodiscard]] static double learning(double anxiety);

 private:
  [[nodiscard]] double fear() const override { return 1.0 - state_.h; }
  void learn() override;
};

}  // namespace attune::sim
