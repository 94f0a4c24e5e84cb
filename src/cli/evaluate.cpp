#include "cli/evaluate.hpp"

namespace attune::cli {

void add_evaluate(CLI::App& app) {
  auto* command = app.add_subcommand("evaluate", "Measure what is found against what experts marked");
  command->require_subcommand(1);
  add_evaluate_belief(*command);
  add_evaluate_gaze(*command);
  add_evaluate_heart(*command);
  add_evaluate_state(*command);
  command->footer("Example:\n  attune evaluate heart --data ../shared/data/physio --json");
}

}  // namespace attune::cli
