#pragma once

#include "cli/command.hpp"

/// One function a subject, each in `evaluate_NAME.cpp`: adds itself to `attune evaluate`.
namespace attune::cli {

void add_evaluate_belief(CLI::App& evaluate);
void add_evaluate_gaze(CLI::App& evaluate);
void add_evaluate_heart(CLI::App& evaluate);
void add_evaluate_state(CLI::App& evaluate);

}  // namespace attune::cli
