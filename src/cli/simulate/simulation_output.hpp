#pragma once

#include <string>

#include "cli/simulate/simulation.hpp"

namespace attune::cli {

/// The figures of a simulation for machines, as docs/closed-loop.md and, for practices, docs/programs.md
/// describe them: strict JSON, what is not known is null.
[[nodiscard]] std::string to_json(const SimulationRequest& request, const Simulation& simulation);
/// The same for people.
[[nodiscard]] std::string to_table(const SimulationRequest& request, const Simulation& simulation);
/// The courses of three people under one controller, held again: the one in the middle by habituation
/// (learning on plant B), the one who gained least, and the one who was longest above 85; where that was
/// nobody, the one whose anxiety was raised most above its baseline.
[[nodiscard]] std::string to_plot(const SimulationRequest& request, const Simulation& simulation);

}  // namespace attune::cli
