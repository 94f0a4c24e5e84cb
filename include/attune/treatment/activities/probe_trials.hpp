#pragma once

#include <vector>

#include "attune/treatment/practice_plan.hpp"

namespace attune::treatment {

/// One trial of the dot-probe as it is planned.
struct PlannedProbe {
  bool neutral_pair = false;  ///< no threat in it
  bool threat_left = false;
  bool target_left = false;

  /// The target stands where the threat was.
  [[nodiscard]] bool congruent() const { return !neutral_pair && threat_left == target_left; }
};

/// The trials of a task in their order: sides of threat and target balanced against each other, shuffled by
/// the plan's seed. The same plan gives the same order on every machine.
[[nodiscard]] std::vector<PlannedProbe> probe_trials(const DotProbePlan& plan);

}  // namespace attune::treatment
