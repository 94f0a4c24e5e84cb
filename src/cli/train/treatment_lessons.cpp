#include "cli/train/treatment_lessons.hpp"

#include <algorithm>
#include <thread>

#include "attune/sim/controllers.hpp"
#include "attune/sim/random.hpp"
#include "attune/treatment/steering.hpp"
#include "cli/simulate/adaptive_session.hpp"
#include "cli/simulate/exposure_protocol.hpp"
#include "cli/simulate/forwarding_networks.hpp"
#include "cli/simulate/parallel.hpp"

namespace attune::cli {

namespace {

constexpr double example_every_s = 5.0;
constexpr std::uint64_t stream_people = 0x7EAC;  // nobody who is judged by `attune simulate`

/// Networks that remember what the treatment network was last shown.
class Overheard final : public ForwardingNetworks {
 public:
  using ForwardingNetworks::ForwardingNetworks;

  std::optional<float> wanted_change(const state::MonitorNetwork::Embedding& embedding) override {
    shown = embedding;
    return ForwardingNetworks::wanted_change(embedding);
  }

  std::optional<state::MonitorNetwork::Embedding> shown;
};

/// Sits beside one session.
class Oracle {
 public:
  Oracle(sim::PlantKind plant, std::uint64_t seed) : steers_(sim::oracle_controller(plant)), random_(seed) {}

  /// Asked once a second, as it is used to be. @return the intensity that it would have.
  float wanted(const sim::VirtualPatient& patient, double time_s) {
    const auto& truth = patient.truth();
    return static_cast<float>(steers_->step({time_s, truth.felt.z, truth, patient.parameters()}, random_).z);
  }

 private:
  std::unique_ptr<sim::Controller> steers_;
  std::mt19937_64 random_;
};

std::vector<learn::TreatmentExample> attend(AdaptiveSetup setup, SimulatedScene& scene,
                                            const SimulatedPerson& person, std::size_t number) {
  const auto overheard = std::make_shared<Overheard>(std::move(setup.networks));
  setup.networks = overheard;
  Oracle oracle(setup.plant, person.seed);
  std::vector<learn::TreatmentExample> examples;
  double asked_s = 0.0, next_s = example_every_s;
  const auto watch = [&](const sim::VirtualPatient& patient, const treatment::ControllerOutput& asked) {
    const double now_s = patient.time().seconds();
    if (now_s < asked_s) return;
    asked_s += 1.0;
    const float wanted = oracle.wanted(patient, now_s);
    if (now_s < next_s || !overheard->shown || !asked.dose) return;
    next_s += example_every_s;
    const float missing = (wanted - std::clamp(*asked.dose, 0.0F, 1.0F)) / treatment::whole_change;
    examples.push_back({*overheard->shown, std::clamp(missing, -1.0F, 1.0F), number});
  };
  live_adaptive_session(setup, person, scene, watch);
  return examples;
}

}  // namespace

core::Result<std::vector<learn::TreatmentExample>> treatment_lessons(
    const TreatmentLessons& lessons, std::shared_ptr<session::Networks> networks,
    const std::function<void(std::size_t)>& progress) {
  const auto population = sim::Population::read(lessons.population);
  if (!population) return population.error();
  const auto programme = treatment::Programme::load(lessons.programme);
  if (!programme) return programme.error();
  AdaptiveSetup setup{.programme = exposure_protocol(*programme), .networks = std::move(networks)};
  setup.population = *population;
  const auto scenes = scenes_of(*programme);
  if (!scenes) return scenes.error();

  std::mt19937_64 random(sim::derived_seed(lessons.seed, stream_people));
  std::vector<SimulatedPerson> people(2 * lessons.patients);
  for (auto& person : people) person = {sim::draw_patient(*population, random), random()};
  std::vector<std::vector<learn::TreatmentExample>> of_person(people.size());
  in_parallel(
      people.size(), std::max(1U, std::thread::hardware_concurrency()),
      [&](std::size_t i) {
        auto own = setup;
        own.plant = i < lessons.patients ? sim::PlantKind::a : sim::PlantKind::b;
        own.sensors = i % 2 == 0 ? sim::SensorSet::all : sim::SensorSet::headset;
        const auto scene = (*scenes)();
        of_person[i] = attend(std::move(own), *scene, people[i], lessons.first_person + i);
      },
      progress);
  std::vector<learn::TreatmentExample> examples;
  for (const auto& some : of_person) examples.insert(examples.end(), some.begin(), some.end());
  return examples;
}

}  // namespace attune::cli
