#include "cli/evaluate.hpp"

namespace attune::cli {

void add_evaluate(Command& app) {
  auto command = app.add_subcommand("evaluate", "Measure what is found against what experts marked");
  add_evaluate_belief(command);
  add_evaluate_gaze(command);
  add_evaluate_heart(command);
  add_evaluate_state(command);
  command.choose_subcommand("attune evaluate heart --data ../shared/data/physio --json");
}

}  // namespace attune::cli
