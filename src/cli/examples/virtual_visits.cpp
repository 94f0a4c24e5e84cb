#include "cli/examples/virtual_visits.hpp"

#include <thread>

#include "attune/learn/windows.hpp"
#include "attune/sim/virtual_patient.hpp"
#include "attune/state/feature_extractor.hpp"
#include "cli/simulate/exposure_course.hpp"
#include "cli/simulate/parallel.hpp"
#include "cli/simulate/simulated_scene.hpp"

namespace attune::cli {

namespace {

constexpr double frame_s = 1.0 / 72.0;  // a headset's usual rate; features do not depend on it
constexpr double sample_every_s = 10.0;

learn::Dataset visit(sim::VirtualPatient& patient, SimulatedScene& scene, const VirtualVisits& visits,
                     std::uint64_t seed) {
  learn::Dataset data;
  ExposureCourse course(seed);
  state::FeatureExtractor extractor;
  double next_sample_s = learn::window_s;
  for (std::uint64_t index = 0;; ++index) {
    const double time_s = static_cast<double>(index) * frame_s;
    if (time_s > visits.length_s || patient.truth().left) return data;
    patient.advance_to(core::at_seconds(time_s));
    extractor.push(frame_of(patient, index, scene.aois()));
    scene.apply(course.at(time_s, frame_s), patient.head());
    patient.show(scene.stimulus());
    if (time_s < next_sample_s) continue;
    next_sample_s += sample_every_s;
    data.add({extractor.current(), extractor.own_start(), static_cast<float>(patient.truth().anxiety),
              std::string("sim/").append(std::to_string(seed)), "1", "sim",
              static_cast<float>(visits.length_s)});
  }
}

}  // namespace

core::Result<learn::Dataset> virtual_visits(const VirtualVisits& visits,
                                            const std::function<void(std::size_t)>& progress) {
  const auto population = sim::Population::read(visits.population);
  if (!population) return population.error();
  const auto scenes = simulated_scenes(visits.world);
  if (!scenes) return scenes.error();
  std::vector<learn::Dataset> of_patient(visits.patients);
  in_parallel(
      visits.patients, std::max(1U, std::thread::hardware_concurrency()),
      [&](std::size_t i) {
        // A million seeds apart, so that the people of neighbouring seeds are not the same ones.
        const auto seed = visits.seed * 1'000'000 + i;
        std::mt19937_64 random(seed);
        const auto person = sim::draw_patient(*population, random);
        sim::VirtualPatient patient(person, random(), i % 2 == 0 ? sim::PlantKind::a : sim::PlantKind::b);
        const auto scene = (*scenes)();
        of_patient[i] = visit(patient, *scene, visits, seed);
      },
      progress);
  learn::Dataset data;
  for (const auto& some : of_patient) data.append(some);
  return data;
}

}  // namespace attune::cli
