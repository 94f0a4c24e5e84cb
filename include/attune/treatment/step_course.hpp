#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "attune/telemetry/samples.hpp"
#include "attune/treatment/governor.hpp"
#include "attune/treatment/programme.hpp"

namespace attune::treatment {

/// Why a step was left.
enum class MoveCause : std::uint8_t {
  therapist = 0,
  steering = 1,  ///< up or down the ladder, as the patient can take it
  report = 2,    ///< a report of high distress goes a step down
  way = 3,       ///< one of the step's ways on
  limit = 4,     ///< its time was over
};

/// One move from step to step.
struct StepMove {
  std::uint16_t from = 0, to = 0;
  MoveCause cause = MoveCause::steering;
  std::uint8_t way = 0;  ///< for `way`: which of `Step::go_on`
  bool ends = false;     ///< it was the last step: the phase is over, `to` is `from`
};

/// What the course of steps looks at, once a second.
struct StepInput {
  double since_decision_s = 0.0;
  Estimate belief;
  std::optional<float> suds;  ///< last answer, 0..100
  double since_suds_s = 1e9;
  bool done = false;             ///< the step's activity has come to its end
  bool therapist_holds = false;  ///< only ways that lead out of order are taken
};

/// Which step of the programme it is, for how long, in which variant, and which of its ways on is met. The
/// programme must outlive it; nothing is allocated after construction.
class StepCourse {
 public:
  explicit StepCourse(const Programme& programme);

  /// The middle phase begins: the first step.
  void begin();
  /// A step begins.
  void enter(std::uint16_t step);
  /// One frame in the step.
  void spend(double dt_s);
  /// An answer given in the step.
  void take(const telemetry::SelfReport& report);
  /// The way on that is met, if any. It is up to the caller to take it.
  std::optional<StepMove> decide(const StepInput& input);
  /// A way with a goal of its own was taken; three times a session it may be.
  void count(const StepMove& move);
  /// A new session of the same patient.
  void reset();

  [[nodiscard]] std::uint16_t step() const { return step_; }
  [[nodiscard]] double in_step_s() const { return in_step_s_; }
  [[nodiscard]] std::uint8_t variant() const;

 private:
  [[nodiscard]] bool holds(const WayOn& way, const StepInput& input) const;
  [[nodiscard]] StepMove onward(MoveCause cause) const;

  const Programme& programme_;
  std::uint16_t step_ = 0;
  double in_step_s_ = 0.0, in_variant_s_ = 0.0;
  std::array<double, most_ways_on> held_s_{};                               // by way of this step
  std::array<std::optional<float>, telemetry::report_kind_count> answers_;  // in this step, by kind
  std::vector<std::uint16_t> shown_;  // by step: variants shown before the present one
  std::vector<std::array<std::uint8_t, most_ways_on>> taken_;  // by step and way
};

}  // namespace attune::treatment
