#include "cli/virtual_visits.hpp"

#include "attune/learn/windows.hpp"
#include "attune/scene/world.hpp"
#include "attune/sim/virtual_patient.hpp"
#include "attune/state/feature_extractor.hpp"
#include "cli/exposure_course.hpp"

namespace attune::cli {

namespace {

constexpr double frame_s = 1.0 / 72.0;  // a headset's usual rate; features do not depend on it
constexpr double sample_every_s = 10.0;

void visit(sim::VirtualPatient& patient, scene::World& world, const VirtualVisits& visits, std::uint64_t seed,
           learn::Dataset& data) {
  ExposureCourse course(seed);
  state::FeatureExtractor extractor;
  scene::AoiList drawn;
  double next_sample_s = learn::window_s;
  for (std::uint64_t index = 0;; ++index) {
    const double time_s = static_cast<double>(index) * frame_s;
    if (time_s > visits.length_s || patient.truth().left) return;
    patient.advance_to(core::at_seconds(time_s));
    extractor.push(frame_of(patient, index, drawn));
    world.apply(course.at(time_s, frame_s), {patient.head(), false});
    drawn = world.aois();
    patient.show(world.stimulus());
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
  learn::Dataset data;
  for (std::size_t i = 0; i < visits.patients; ++i) {
    // A million seeds apart, so that the people of neighbouring seeds are not the same ones.
    const auto seed = visits.seed * 1'000'000 + i;
    auto patient = sim::VirtualPatient::open({visits.population, sim::PlantKind::a, seed});
    if (!patient) return patient.error();
    auto world = scene::load_world(visits.world);
    if (!world) return world.error();
    visit(*patient, *world, visits, seed, data);
    progress(i + 1);
  }
  return data;
}

}  // namespace attune::cli
