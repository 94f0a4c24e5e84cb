#include "attune/sim/plant_a.hpp"

#include <algorithm>
#include <cmath>

#include "sim/plant_law.hpp"

namespace attune::sim {

namespace {

constexpr double most_habituated = 0.95;

}  // namespace

double PlantA::learning(double anxiety) {
  const double from_best = (anxiety - 0.55) / 0.22;
  return std::exp(-from_best * from_best) - 0.5 * overwhelmed(anxiety);
}

void PlantA::learn() {
  auto& now = state_;
  const double y = now.attends ? 1.0 : 0.0;
  const double habituating = 1.6 / (60.0 * patient_.habituation_min) * learning(now.anxiety) *
                             (0.4 + 0.6 * y) * now.stimulus * (1.0 - now.h);
  const double returning = (1.0 - now.stimulus) * now.h / (60.0 * patient_.return_min);
  now.h = std::clamp(now.h + step_s * (habituating - returning), 0.0, most_habituated);
  now.expectancy = 1.0 - now.h;
}

}  // namespace attune::sim
