#pragma once

#include "cli/command.hpp"

/// One function a subject, each in `evaluate_NAME.cpp`: adds itself to `attune evaluate`.
namespace attune::cli {

void add_evaluate_belief(Command& evaluate);
void add_evaluate_gaze(Command& evaluate);
void add_evaluate_heart(Command& evaluate);
void add_evaluate_state(Command& evaluate);

}  // namespace attune::cli
