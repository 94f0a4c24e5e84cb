#include "attune/sim/threat_memory.hpp"

#include <algorithm>
#include <cmath>

#include "sim/plant_law.hpp"

namespace attune::sim {

double ThreatMemory::expectancy(std::uint8_t variant, double generalise) const {
  const std::size_t shown = std::min(variant, novel_variant);
  double all = 0.0;
  for (std::size_t j = 0; j < variant_count; ++j) all += stable[j] + labile[j];
  const double own = stable[shown] + labile[shown];
  return clip(threat - generalise * all - (1.0 - generalise) * own);
}

void ThreatMemory::rest(const PatientParameters& patient, bool exposed, double since_days, double gap_days) {
  constexpr double spacing_days = 5.0, labile_days = 3.0, staleness_days = 7.0;
  if (gap_days <= 0.0) return;
  const double spaced = 1.0 - std::exp(-since_days / spacing_days);
  const double kept =
      exposed ? patient.keep_first + (patient.keep_spaced - patient.keep_first) * spaced : 0.0;
  for (std::size_t j = 0; j < variant_count; ++j) {
    stable[j] += kept * labile[j];
    labile[j] *= (1.0 - kept) * std::exp(-gap_days / labile_days);
    staleness[j] *= std::exp(-gap_days / staleness_days);
  }
}

}  // namespace attune::sim
