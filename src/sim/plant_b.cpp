#include "attune/sim/plant_b.hpp"

#include <algorithm>
#include <cmath>

#include "sim/plant_law.hpp"

namespace attune::sim {

namespace {

constexpr double anxious_at = 0.40;      // from here on calming feedback is a safety behaviour
constexpr double stale_after_s = 480.0;  // of showing one variant
constexpr double fresh_after_s = 900.0;  // of not showing it
constexpr double threat_of_leaving = 0.4;

}  // namespace

PlantB::PlantB(const PatientParameters& patient, std::uint64_t seed, double intensity)
    : PlantB(patient, seed, intensity, ThreatMemory::of(patient)) {}

PlantB::PlantB(const PatientParameters& patient, std::uint64_t seed, double intensity,
               const ThreatMemory& memory, std::uint8_t variant)
    : Plant(patient, seed, intensity), memory_(memory) {
  state_.felt.variant = std::min(variant, novel_variant);
  recall();
}

double PlantB::safety(const PatientParameters& patient, double anxiety, double attends, double feedback) {
  const double calmed = anxiety > anxious_at ? feedback : 0.0;
  return std::min(1.0, 0.5 * (1.0 - attends) + calmed + (patient.freezes ? 0.5 * anxiety : 0.0));
}

double PlantB::fear() const { return memory_.expectancy(state_.felt.variant, patient_.generalise); }

double PlantB::presence() const {
  constexpr double usual = 0.8;
  if (patient_.presence_exponent == 1.0) return state_.v;
  return usual * std::pow(state_.v / usual, patient_.presence_exponent);
}

void PlantB::learn() {
  auto& now = state_;
  const std::size_t k = now.felt.variant;
  const double y = now.attends ? 1.0 : 0.0;
  const double burnt = now.left ? 0.0 : overwhelmed(now.anxiety);
  now.safety = safety(patient_, now.anxiety, y, now.felt.u);

  for (auto& staleness : memory_.staleness) staleness -= step_s * staleness / fresh_after_s;
  auto& stale = memory_.staleness[k];
  stale += step_s * now.stimulus * (1.0 - stale) / stale_after_s;
  memory_.labile[k] += step_s / (60.0 * patient_.learning_min) * now.stimulus * fear() * (0.3 + 0.7 * y) *
                       (1.0 - patient_.omega * now.safety) * (1.0 - 0.6 * stale) * (1.0 - burnt);
  memory_.threat += step_s / (60.0 * patient_.sensitise_min) * burnt * (1.0 - memory_.threat);
  recall();
}

void PlantB::leave() {
  memory_.threat += threat_of_leaving * (1.0 - memory_.threat);
  recall();
}

void PlantB::recall() {
  state_.expectancy = fear();
  state_.h = 1.0 - state_.expectancy;
}

}  // namespace attune::sim
