#include "sim/gaze_task.hpp"

#include <algorithm>

#include "sim/plant_law.hpp"

namespace attune::sim {
using telemetry::Activity;
using telemetry::AoiRole;
using telemetry::Stimulus;

namespace {

constexpr double follows_lead = 0.75;  // of the fixations, at full lead
// Gaze-contingent training: the calm target is held the better the more of the scene it has brought to life.
constexpr double holds_calm = 0.55, holds_for_reward = 0.35, lost_to_anxiety = 0.3;

double share(float value) { return value >= 0.0F ? std::min(double{value}, 1.0) : 0.0; }

AoiRole stimulus_of(const Stimulus& shown) {
  const bool threatens = std::any_of(shown.aois.begin(), shown.aois.end(),
                                     [](const auto& area) { return area.role == AoiRole::threat; });
  return shown.activity == Activity::work && !threatens ? AoiRole::task : AoiRole::threat;
}

}  // namespace

bool GazeTask::leads_to_stimulus(const Stimulus& shown) {
  return shown.lead_to == AoiRole::neutral || shown.lead_to == stimulus_of(shown);
}

GazeTask GazeTask::of(const Stimulus& shown) {
  GazeTask task;
  task.stimulus = stimulus_of(shown);
  task.rests = shown.activity == Activity::grounding;
  if (shown.activity == Activity::gaze_training) {
    task.wished = AoiRole::calm;
    task.wish = holds_calm + holds_for_reward * share(shown.gaze_reward);
    task.wish_lost = lost_to_anxiety;
  } else if (!leads_to_stimulus(shown)) {
    task.wished = shown.lead_to;
    task.wish = follows_lead * share(shown.gaze_lead);
  }
  return task;
}

double GazeTask::probability(const PlantState& truth) const {
  return clip(wish - wish_lost * std::max(truth.anxiety - 0.3, 0.0));
}

}  // namespace attune::sim
