#pragma once

#include <array>

#include "attune/sim/plant.hpp"

namespace attune::sim {

/// What a patient of plant B carries from session to session: the association of stimulus and threat, which
/// persists, and what was learned against it with each variant.
struct ThreatMemory {
  double threat = 0.9;                            ///< a
  std::array<double, variant_count> stable{};     ///< inhibitory learning that nights have kept
  std::array<double, variant_count> labile{};     ///< and that of today, which fades
  std::array<double, variant_count> staleness{};  ///< w: a variant shown over and over teaches less

  [[nodiscard]] static ThreatMemory of(const PatientParameters& patient) {
    return {.threat = patient.threat};
  }

  /// E(k): how much the feared outcome is expected with a variant, 0..1.
  /// @param generalise  g: how much of what was learned with one variant holds with another.
  [[nodiscard]] double expectancy(std::uint8_t variant, double generalise) const;

  /// The time to the next session: the night keeps a share of what was learned today, the rest fades. Two
  /// sessions of one day have no night between them: nothing happens.
  /// @param exposed     whether there was exposure since the last night.
  /// @param since_days  from the exposure day before this one; 0 for the first.
  void rest(const PatientParameters& patient, bool exposed, double since_days, double gap_days);
};

}  // namespace attune::sim
