#include "cli/simulate/exposure_course.hpp"

#include <algorithm>

#include "attune/sim/random.hpp"

namespace attune::cli {

namespace {

constexpr double rise_per_s = 0.02, fall_per_s = 0.5;  // as virtual-patient sessions are specified

}  // namespace

scene::Directive ExposureCourse::at(double time_s, double step_s) {
  if (time_s >= until_s_) {
    until_s_ = time_s + sim::uniform(random_, 20.0, 60.0);
    wanted_ = sim::unit(random_);
    calm_ = sim::unit(random_) < 0.3;
  }
  intensity_ += std::clamp(wanted_ - intensity_, -fall_per_s * step_s, rise_per_s * step_s);
  scene::Directive directive;
  directive.time = core::at_seconds(time_s);
  directive.intensity = static_cast<float>(intensity_);
  directive.calm_feedback = calm_ ? 1.0F : 0.0F;
  directive.guide_breaths_per_min = 6.0F;
  return directive;
}

telemetry::Frame frame_of(sim::VirtualPatient& patient, std::uint64_t index, const scene::AoiList& drawn) {
  telemetry::Frame frame;
  frame.index = index;
  frame.time = patient.time();
  frame.headset = {.running = true, .visible = true, .focused = true, .worn = true};
  frame.head = patient.head();
  frame.gaze = patient.gaze();
  frame.gaze.origin_m = frame.head.position_m;  // as a headset says, also while the eyes are lost
  frame.hands = patient.hands();
  const auto signals = patient.take_signals();
  frame.vitals = signals.vitals;
  frame.task = signals.task;
  frame.reports = signals.reports;
  frame.aois = drawn;
  return frame;
}

}  // namespace attune::cli
