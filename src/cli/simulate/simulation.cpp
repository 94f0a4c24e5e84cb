#include "cli/simulate/simulation.hpp"

#include <algorithm>
#include <thread>

#include "cli/networks.hpp"
#include "cli/simulate/adaptive_session.hpp"
#include "cli/simulate/exposure_protocol.hpp"
#include "cli/simulate/parallel.hpp"
#include "cli/simulate/reference_session.hpp"

namespace attune::cli {

namespace {

constexpr std::array controller_names{"fixed", "therapist", "suds", "adaptive", "oracle"};

core::Result<void> check_controllers(const std::vector<std::string>& names) {
  if (names.empty()) return core::bad_input("--controller: names none");
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (std::find(controller_names.begin(), controller_names.end(), *name) == controller_names.end()) {
      return core::bad_input("--controller: '" + *name +
                             "' is not known: there are fixed, therapist, suds, adaptive, oracle");
    }
    if (std::find(names.begin(), name, *name) != name)
      return core::bad_input("--controller: '" + *name + "' is named twice");
  }
  return {};
}

std::vector<SimulatedPerson> draw_people(const sim::Population& population, std::size_t count,
                                         std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<SimulatedPerson> people(count);
  for (auto& person : people) person = {sim::draw_patient(population, random), random()};
  return people;
}

core::Result<SessionMaker> adaptive_of(const SimulationRequest& request, const sim::Population& population,
                                       const treatment::Programme& programme) {
  const bool infers = request.sensors != sim::SensorSet::none;
  if (infers && programme.needs_purpose() && request.purpose.empty()) {
    return core::bad_input(
        "--purpose: a programme for " + programme.setting +
        " infers states only for a recorded medical purpose; name it, or use --sensors none");
  }
  const auto networks = load_networks(infers ? "folded" : "off", true, false);
  if (!networks) return networks.error();
  return adaptive_sessions({.programme = exposure_protocol(programme.for_session(request.session_number)),
                            .networks = networks->networks,
                            .plant = request.plant,
                            .sensors = request.sensors,
                            .ablation = request.ablation,
                            .population = population,
                            .length_s = simulated_length_s(programme)});
}

core::Result<SessionMaker> sessions_of(const std::string& controller, const SimulationRequest& request,
                                       const sim::Population& population,
                                       const treatment::Programme& programme) {
  if (controller == "adaptive") return adaptive_of(request, population, programme);
  if (controller != "suds") return reference_sessions(controller, request.plant);
  const auto believed = sim::Population::read("shipped");
  if (!believed) return believed.error();
  return suds_sessions(request.plant, std::make_shared<const sim::SudsPrior>(*believed), programme.limits);
}

}  // namespace

std::vector<Pair> pairs_of(const Simulation& simulation) {
  std::vector<Pair> pairs;
  const auto& runs = simulation.runs;
  const auto adaptive =
      std::find_if(runs.begin(), runs.end(), [](const auto& run) { return run.name == "adaptive"; });
  for (std::size_t one = 0; one < runs.size(); ++one) {
    for (std::size_t other = 0; other < runs.size(); ++other) {
      const bool wanted = adaptive != runs.end() ? &runs[one] == &*adaptive && other != one : one < other;
      if (wanted) pairs.push_back({one, other});
    }
  }
  return pairs;
}

core::Result<Simulation> simulate(const SimulationRequest& request,
                                  const std::function<void(std::size_t)>& progress) {
  if (const auto known = check_controllers(request.controllers); !known) return known.error();
  const auto population = sim::Population::read(request.population);
  if (!population) return population.error();
  if (request.plant == sim::PlantKind::b) {
    if (const auto drawable = population->check_plant_b(); !drawable) return drawable.error();
  }
  const auto programme = treatment::Programme::load(request.programme);
  if (!programme) return programme.error();

  Simulation simulation;
  simulation.programme = programme->id;
  simulation.length_s = simulated_length_s(*programme);
  simulation.exposes = programme->limits.intensity.high > 0.0F;
  simulation.people = draw_people(*population, request.patients, request.seed);
  for (const auto& name : request.controllers) {
    auto sessions = sessions_of(name, request, *population, *programme);
    if (!sessions) return sessions.error();
    simulation.runs.push_back({name, std::move(*sessions), std::vector<sim::Outcome>(request.patients)});
    if (name == "adaptive") simulation.runs.back().practices.resize(request.patients);
  }
  const auto runs = simulation.runs.size();
  in_parallel(
      runs * request.patients,
      request.jobs > 0 ? request.jobs : std::max(1U, std::thread::hardware_concurrency()),
      [&](std::size_t i) {
        auto& run = simulation.runs[i % runs];
        const auto person = i / runs;
        const auto session = run.sessions(simulation.people[person], false);
        run.outcomes[person] = session.outcome;
        if (session.practice) run.practices[person] = *session.practice;
      },
      progress);
  return simulation;
}

}  // namespace attune::cli
