#include <spdlog/spdlog.h>

#include <cstdio>

#include "attune/core/files.hpp"
#include "cli/command.hpp"
#include "cli/simulate/simulation.hpp"
#include "cli/simulate/simulation_output.hpp"

namespace attune::cli {

namespace {

struct SimulateOptions {
  SimulationRequest request;
  std::string controllers, plant = "a", sensors = "all", ablate, plot;
  bool json = false;
};

std::vector<std::string> parts_of(const std::string& list) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (from <= list.size() && !list.empty()) {
    const auto comma = std::min(list.find(',', from), list.size());
    parts.push_back(list.substr(from, comma - from));
    from = comma + 1;
  }
  return parts;
}

/// What is asked of `adaptive` must be asked with it, and there must be something to leave out.
core::Result<void> check_adaptive(const SimulationRequest& request) {
  const auto& names = request.controllers;
  const bool adapts = std::find(names.begin(), names.end(), "adaptive") != names.end();
  if (!adapts && request.ablation)
    return core::bad_input("--ablate: leaves a part of adaptive out, which --controller does not name");
  if (!adapts && request.sensors != sim::SensorSet::all)
    return core::bad_input("--sensors: are adaptive's, which --controller does not name");
  if (request.sensors == sim::SensorSet::none && request.ablation && request.ablation != Ablation::reports)
    return core::bad_input("--ablate: without sensors there is no " +
                           std::string(request.ablation == Ablation::sensors ? "sensor" : "network") +
                           " to leave out, only reports");
  return {};
}

core::Result<int> run_simulation(const SimulateOptions& options) {
  auto request = options.request;
  request.controllers = parts_of(options.controllers);
  request.plant = options.plant == "b" ? sim::PlantKind::b : sim::PlantKind::a;
  request.sensors = sim::sensor_set_of(options.sensors).value_or(sim::SensorSet::all);
  if (!options.ablate.empty()) request.ablation = ablation_of(options.ablate);
  spdlog::set_level(spdlog::level::warn);
  if (!options.plot.empty()) {
    // Nobody wants to hear of it after half an hour.
    if (const auto can = core::can_be_written(options.plot); !can) return can.error().within("--plot");
  }
  if (const auto checked = check_adaptive(request); !checked) return checked.error();

  const auto simulation = [&] {
    Progress progress("sessions", static_cast<double>(request.patients * request.controllers.size()));
    return simulate(request, [&](std::size_t done) { progress.at(static_cast<double>(done)); });
  }();
  if (!simulation) return simulation.error();
  if (!options.plot.empty()) {
    if (const auto written = core::write_whole(options.plot, to_plot(request, *simulation)); !written)
      return written.error();
  }
  const auto printed = options.json ? to_json(request, *simulation) : to_table(request, *simulation);
  std::fputs(printed.c_str(), stdout);
  return 0;
}

}  // namespace

void add_simulate(Command& app) {
  auto command = app.add_subcommand("simulate", "Judge ways of steering on virtual patients");
  static SimulateOptions o;
  auto& request = o.request;
  command.add_option("--patients", request.patients, "Virtual patients, a session of 20 minutes each")
      .within(1, 1'000'000)
      .shows_default();
  command.add_option("--seed", request.seed, "Seed of all chance; the same seed, the same figures")
      .shows_default();
  command
      .add_option("--controller", o.controllers,
                  "What steers: fixed, therapist, suds, adaptive, oracle; several with commas, on the same "
                  "patients")
      .required();
  command.add_option("--program", request.programme, "Programme of adaptive: an id or a file")
      .shows_default();
  command
      .add_option("--session-number", request.session_number,
                  "Which session of a course adaptive's programme is in: each begins with another variant")
      .within(1U, 1000U)
      .shows_default();
  command.add_option("--purpose", request.purpose,
                     "Medical purpose, where the programme's setting needs one");
  command.add_option("--plant", o.plant, "By which law the patients lose fear")
      .one_of({"a", "b"})
      .shows_default();
  command.add_option("--sensors", o.sensors, "What adaptive has: all, headset, or none (answers alone)")
      .one_of({"all", "headset", "none"})
      .shows_default();
  command.add_option("--ablate", o.ablate, "Leave a part of adaptive out")
      .one_of({"treatment", "monitor", "reports", "sensors"});
  command.add_option("--population", request.population, "Who the patients are: an id or a file")
      .shows_default();
  command.add_option("--jobs", request.jobs, "Threads; 0: one a core. No figure depends on it")
      .within(0, 1024);
  command.add_flag("--json", o.json, "Print figures for machines");
  command.add_option("--plot", o.plot, "Draw typical and worst courses, OUT.svg");
  command.on_run(
      "attune simulate --patients 500 --seed 1 --controller suds,adaptive,oracle --plot courses.svg",
      [] { return run_simulation(o); });
}

}  // namespace attune::cli
