#pragma once

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "attune/treatment/controller.hpp"
#include "support.hpp"

namespace attune::treatment {

inline constexpr double frame_s = 0.1;

/// Runs a controller in one phase; intensity follows what is asked at the slew limit, as behind the governor.
class Bench {
 public:
  explicit Bench(const Programme& programme = heights()) : programme_(programme), controller_(programme_) {
    in.belief = {0.4F, 0.05F, 0.0, true};
    in.ceiling = 0.85F;
  }

  void enter(Phase phase) {
    in.phase = phase;
    in.time_in_phase_s = 0.0;
  }
  ControllerOutput frame() {
    in.time = core::at_seconds(frame_s * static_cast<double>(frames_++));
    const auto out = controller_.step(in);
    in.intensity += std::clamp(out.intensity - in.intensity, -0.05F, 0.02F * static_cast<float>(frame_s));
    in.time_in_phase_s += frame_s;
    in.reports = {};
    in.events = {};
    prompts.insert(out.prompt == 0 ? "" : programme_.prompts[out.prompt - 1U].id);
    for (const auto event : out.events) events.push_back(event);
    return out;
  }
  ControllerOutput run(double seconds) {
    ControllerOutput out;
    for (int i = 0; i < static_cast<int>(std::lround(seconds / frame_s)); ++i) out = frame();
    return out;
  }
  ControllerOutput answer(telemetry::ReportKind kind, float value) {
    report_ = {kind, value, in.time, in.time};
    in.reports = {&report_, 1};
    return frame();
  }
  ControllerOutput therapist(Event event) {
    logged_ = {in.time, event, Phase::exposure, Phase::exposure, Reason::therapist_hold};
    in.events = {&logged_, 1};
    return frame();
  }

  /// Somebody whom any exposure leaves far below the target, or far above it: it is to rise, or to fall.
  void wants_more() { in.response = DoseResponse{-2.0F, 0.5F}; }
  void wants_less() { in.response = DoseResponse{2.0F, 0.5F}; }

  ControllerInput in;
  std::set<std::string> prompts;
  std::vector<Event> events;

 private:
  Programme programme_;
  Controller controller_;
  telemetry::SelfReport report_;
  LoggedEvent logged_;
  long frames_ = 0;
};

inline Bench exposing(const Programme& programme = heights()) {
  Bench bench(programme);
  bench.enter(Phase::exposure);
  return bench;
}

}  // namespace attune::treatment
