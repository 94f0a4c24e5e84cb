#pragma once

#include "attune/treatment/activities/look.hpp"
#include "attune/treatment/practice_plan.hpp"
#include "attune/treatment/practice_result.hpp"

namespace attune::treatment {

/// Gaze-contingent reward: looking at something calm brings scene and music to life, looking elsewhere lets
/// them fade. A blink changes nothing.
class GazeReward {
 public:
  explicit GazeReward(const GazeTrainingPlan& plan) : plan_(plan) {}

  /// One frame. @return the reward, 0..1.
  float push(double dt_s, const Look& look);
  void reset();
  [[nodiscard]] float reward() const { return reward_; }
  [[nodiscard]] const GazeTrainingResult& result() const { return result_; }

 private:
  GazeTrainingPlan plan_;
  float reward_ = 0.0F;
  double lost_s_ = 0.0;
  GazeTrainingResult result_;
};

}  // namespace attune::treatment
