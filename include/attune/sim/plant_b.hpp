#pragma once

#include "attune/sim/plant.hpp"
#include "attune/sim/threat_memory.hpp"

namespace attune::sim {

/// Plant B: learning follows the change of threat expectancy. No level of anxiety is best; safety behaviour
/// and repetition hinder, and being overwhelmed teaches more threat.
///
/// After inhibitory learning (Craske et al., Behaviour Research and Therapy 58 (2014) 10) and the change of
/// expectancy in 8,484 exposures (Pittig et al., doi 10.1177/21677026221101379).
class PlantB final : public Plant {
 public:
  PlantB(const PatientParameters& patient, std::uint64_t seed, double intensity);
  /// The same person in a later session. @param variant  the first that will be shown.
  PlantB(const PatientParameters& patient, std::uint64_t seed, double intensity, const ThreatMemory& memory,
         std::uint8_t variant = 0);

  [[nodiscard]] PlantKind kind() const override { return PlantKind::b; }
  [[nodiscard]] const ThreatMemory& memory() const { return memory_; }

  /// S: escape in every form. @param attends  y, or its probability.
  [[nodiscard]] static double safety(const PatientParameters& patient, double anxiety, double attends,
                                     double feedback);

 private:
  [[nodiscard]] double fear() const override;
  [[nodiscard]] double presence() const override;
  void learn() override;
  void leave() override;
  void recall();

  ThreatMemory memory_;
};

}  // namespace attune::sim
