#pragma once

#include <array>
#include <glm/vec3.hpp>

#include "attune/telemetry/samples.hpp"
#include "attune/treatment/practice_plan.hpp"
#include "attune/treatment/practice_result.hpp"

namespace attune::treatment {

/// A short movement break: counts the time in which head or hands really move.
class MovementBreak {
 public:
  explicit MovementBreak(const MovementPlan& plan) : plan_(plan) {}

  /// One frame. @param hands  left, right.
  void push(double dt_s, const telemetry::Pose& head, const std::array<telemetry::HandSample, 2>& hands);
  void reset();
  [[nodiscard]] bool done() const { return result_.moved_s >= plan_.move_s; }
  [[nodiscard]] const MovementResult& result() const { return result_; }

 private:
  /// Smoothed speed of one tracked thing.
  struct Speed {
    glm::vec3 at_m{0.0F};
    bool known = false;
    float m_s = 0.0F;
    void push(double dt_s, const telemetry::Pose& pose);
  };
  MovementPlan plan_;
  Speed head_;
  std::array<Speed, 2> hands_;
  MovementResult result_;
};

}  // namespace attune::treatment
