#include "cli/virtual_visits.hpp"

#include <algorithm>
#include <random>

#include "attune/learn/windows.hpp"
#include "attune/scene/world.hpp"
#include "attune/sim/virtual_patient.hpp"
#include "attune/state/feature_extractor.hpp"

namespace attune::cli {

namespace {

constexpr double frame_s = 1.0 / 72.0;  // a headset's usual rate; features do not depend on it
constexpr double sample_every_s = 10.0;
constexpr double rise_per_s = 0.02, fall_per_s = 0.5;  // as virtual-patient sessions are specified

/// A random course of exposure.
class Course {
 public:
  explicit Course(std::uint64_t seed) : random_(seed) {}

  scene::Directive at(double time_s) {
    if (time_s >= until_s_) {
      const auto uniform = [&] { return std::uniform_real_distribution<double>()(random_); };
      until_s_ = time_s + 20.0 + 40.0 * uniform();
      wanted_ = uniform();
      calm_ = uniform() < 0.3;
    }
    intensity_ += std::clamp(wanted_ - intensity_, -fall_per_s * frame_s, rise_per_s * frame_s);
    scene::Directive directive;
    directive.time = core::at_seconds(time_s);
    directive.intensity = static_cast<float>(intensity_);
    directive.calm_feedback = calm_ ? 1.0F : 0.0F;
    directive.guide_breaths_per_min = 6.0F;
    return directive;
  }

 private:
  std::mt19937_64 random_;
  double until_s_ = 0.0, wanted_ = 0.0, intensity_ = 0.1;
  bool calm_ = false;
};

telemetry::Frame frame_of(sim::VirtualPatient& patient, std::uint64_t index, core::SessionTime time,
                          const scene::AoiList& aois) {
  telemetry::Frame frame;
  frame.index = index;
  frame.time = time;
  frame.headset = {.running = true, .visible = true, .focused = true, .worn = true};
  frame.head = patient.head();
  frame.gaze = patient.gaze();
  frame.hands = patient.hands();
  const auto signals = patient.take_signals();
  frame.vitals = signals.vitals;
  frame.reports = signals.reports;
  frame.aois = aois;
  return frame;
}

void visit(sim::VirtualPatient& patient, scene::World& world, const VirtualVisits& visits, std::uint64_t seed,
           learn::Dataset& data) {
  Course course(seed);
  state::FeatureExtractor extractor;
  scene::AoiList drawn;
  double next_sample_s = learn::window_s;
  for (std::uint64_t index = 0;; ++index) {
    const double time_s = static_cast<double>(index) * frame_s;
    if (time_s > visits.length_s || patient.truth().left) return;
    patient.advance_to(core::at_seconds(time_s));
    extractor.push(frame_of(patient, index, core::at_seconds(time_s), drawn));
    world.apply(course.at(time_s), {patient.head(), false});
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
    auto patient = sim::VirtualPatient::open({visits.population, 'a', seed});
    if (!patient) return patient.error();
    auto world = scene::load_world(visits.world);
    if (!world) return world.error();
    visit(*patient, *world, visits, seed, data);
    progress(i + 1);
  }
  return data;
}

}  // namespace attune::cli
