#include "cli/analyse.hpp"

namespace attune::cli {

void add_analyse(Command& app) {
  auto command = app.add_subcommand("analyse", "Find the events and measures of one recorded signal");
  add_analyse_ecg(command);
  add_analyse_eda(command);
  add_analyse_gaze(command);
  add_analyse_ppg(command);
  add_analyse_resp(command);
  command.choose_subcommand("attune analyse ecg heart.csv --rate 360 --json");
}

}  // namespace attune::cli
