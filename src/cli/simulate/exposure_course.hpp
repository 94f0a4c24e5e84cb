#pragma once

#include <cstdint>
#include <random>

#include "attune/scene/directive.hpp"
#include "attune/scene/world.hpp"
#include "attune/sim/virtual_patient.hpp"

namespace attune::cli {

/// A random course of exposure: a level from 0..1 every 20 to 60 s, approached at the runtime's own pace, and
/// calming feedback in three of ten stretches.
class ExposureCourse {
 public:
  explicit ExposureCourse(std::uint64_t seed) : random_(seed) {}
  /// The directive at a time that never falls; `step_s` since the last call.
  [[nodiscard]] scene::Directive at(double time_s, double step_s);

 private:
  std::mt19937_64 random_;
  double until_s_ = 0.0, wanted_ = 0.0, intensity_ = 0.1;
  bool calm_ = false;
};

/// What a headset would see of a virtual patient now; what the body and the mouth gave is taken.
[[nodiscard]] telemetry::Frame frame_of(sim::VirtualPatient& patient, std::uint64_t index,
                                        const scene::AoiList& drawn);

}  // namespace attune::cli
