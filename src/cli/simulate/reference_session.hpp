#pragma once

#include <string>

#include "attune/sim/suds_controller.hpp"
#include "attune/treatment/programme.hpp"
#include "cli/simulate/simulated_session.hpp"

namespace attune::cli {

/// `fixed`, `therapist` or `oracle` on the plant alone, as they are specified: no governor acts on them.
[[nodiscard]] SessionMaker reference_sessions(const std::string& controller, sim::PlantKind plant);

/// `suds` on the plant alone, behind the product's governor with these limits.
[[nodiscard]] SessionMaker suds_sessions(sim::PlantKind plant, std::shared_ptr<const sim::SudsPrior> prior,
                                         const treatment::ProgrammeLimits& limits);

}  // namespace attune::cli
