#include "cli/analyse.hpp"

namespace attune::cli {

void add_analyse(CLI::App& app) {
  auto* command = app.add_subcommand("analyse", "Find the events and measures of one recorded signal");
  command->require_subcommand(1);
  add_analyse_ecg(*command);
  add_analyse_eda(*command);
  add_analyse_gaze(*command);
  add_analyse_ppg(*command);
  add_analyse_resp(*command);
  command->footer("Example:\n  attune analyse ecg heart.csv --rate 360 --json");
}

}  // namespace attune::cli
