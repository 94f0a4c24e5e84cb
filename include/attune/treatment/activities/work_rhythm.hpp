#pragma once

#include <optional>

#include "attune/telemetry/samples.hpp"
#include "attune/treatment/activities/look.hpp"

namespace attune::treatment {

/// How a value stands against the person's own start.
struct AgainstStart {
  float start = 0.0F, now = 0.0F;
};

/// What is seen of somebody beside the estimate: the heart, and work at a desk.
struct WorkSigns {
  std::optional<AgainstStart> heart_bpm;  ///< against the rest before
  std::optional<AgainstStart> clicks_per_min;
  std::optional<AgainstStart> screen_share;  ///< of the time, 0..1
  std::optional<float> task_gaze_share;      ///< of the time the eyes are seen: on the task, 0..1
};

/// Follows how somebody works at a desk: clicks and time at the screen against the first minute, how much the
/// eyes are on the task, and the heart rate against the rest before. It concludes nothing; its figures are
/// said beside the estimate of anxiety.
class WorkRhythm {
 public:
  /// One frame, from the rest before the work on.
  void push_heart(double dt_s, const telemetry::Reading& heart_rate_bpm);
  /// One frame of work.
  void push(double dt_s, const telemetry::TaskActivity& task, const Look& look);
  void reset() { *this = {}; }
  /// None of a value until its own first minute is over.
  [[nodiscard]] WorkSigns signs() const;

 private:
  /// A running mean of the last half minute beside the mean of the first minute.
  struct Course {
    double first_s = 0.0, first_sum = 0.0, now = 0.0;
    void push(double dt_s, double value);
    [[nodiscard]] std::optional<AgainstStart> against_start() const;
  };
  Course heart_, clicks_, screen_, task_gaze_;
};

}  // namespace attune::treatment
