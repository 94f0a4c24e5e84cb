#pragma once

#include "cli/doctor/finding.hpp"

namespace attune::cli::doctor {

/// Which API layers stand between Attune and the runtime. False when one that is asked for is not installed:
/// then no program can start the runtime.
[[nodiscard]] bool look_at_api_layers(Report& report);

}  // namespace attune::cli::doctor
