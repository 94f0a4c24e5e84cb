#pragma once

#include <array>
#include <vector>

#include "attune/core/time.hpp"
#include "attune/telemetry/activity.hpp"
#include "attune/telemetry/samples.hpp"
#include "attune/treatment/activities/probe_score.hpp"
#include "attune/treatment/activities/probe_trials.hpp"
#include "attune/treatment/practice_plan.hpp"

namespace attune::treatment {

/// Runs the dot-probe: a cross, two cues, the target, the answer, a pause; trial after trial. The trigger of
/// the hand on the target's side answers, or the thumbstick of either hand pushed to that side, so that one
/// hand is enough. Times are those of frames. Nothing is allocated after construction.
class DotProbe {
 public:
  explicit DotProbe(const DotProbePlan& plan);

  /// One frame. @param waits  something else is asked of the patient: the trial begins anew afterwards.
  const telemetry::ProbeTrial& push(core::SessionTime now, const std::array<telemetry::HandSample, 2>& hands,
                                    bool waits);
  /// From the first trial on.
  void reset();
  [[nodiscard]] bool done() const { return answers_.size() == trials_.size(); }
  [[nodiscard]] const telemetry::ProbeTrial& shown() const { return shown_; }
  /// Of all trials so far.
  [[nodiscard]] const ProbeResult& result() const { return result_; }

 private:
  void show(telemetry::ProbeStage stage, core::SessionTime now);
  void end_trial(core::SessionTime now, const ProbeAnswer& answer);
  [[nodiscard]] std::array<bool, 2> pressed(const std::array<telemetry::HandSample, 2>& hands);

  DotProbePlan plan_;
  std::vector<PlannedProbe> trials_;
  std::vector<ProbeAnswer> answers_;  // reserved for all trials
  ProbeResult result_;
  telemetry::ProbeTrial shown_;
  bool begun_ = false;
  std::array<bool, 2> was_pressed_{true, true};  // left, right; held from before counts for nothing
};

}  // namespace attune::treatment
