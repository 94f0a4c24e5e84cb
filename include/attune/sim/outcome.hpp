#pragma once

#include <array>

#include "attune/sim/plant.hpp"

namespace attune::sim {

/// What came of one session.
struct Outcome {
  double habituation = 0.0;  ///< h at the end; on plant B 1 − E
  double learning = 0.0;     ///< how far expectancy fell; on plant A 1 − h stands for it
  /// Share of the time. Plant A: 0.40 ≤ X ≤ 0.70, or X < 0.40 at the top of the ladder. Plant B: φ E y (1 −
  /// S) ≥ 0.2 and X ≤ 0.85, or E < 0.2 at the top of the ladder. The two cannot be compared.
  double productive = 0.0;
  double minutes_above_85 = 0.0;
  bool dropped_out = false;
  int steps = 0;                ///< highest step of 0.1 held for 30 s in all
  double lead_share = 0.0;      ///< share of the time with the gaze led
  double feedback_share = 0.0;  ///< share of the time with calming feedback on
  double activation = 0.0;      ///< mean of X − x0
};

/// Counts one session's outcomes, step by step of its plant.
class OutcomeMeter {
 public:
  OutcomeMeter(PlantKind plant, const PatientParameters& patient) : plant_(plant), baseline_(patient.x0) {}

  /// The state after a step. Every step of `Plant::step_s` counts once.
  void add(const PlantState& now);
  /// What came of a session of that length, whether or not it was lived to its end.
  [[nodiscard]] Outcome outcome(double seconds) const;

 private:
  [[nodiscard]] bool is_productive(const PlantState& now) const;

  PlantKind plant_;
  double baseline_;
  bool started_ = false;
  double first_expectancy_ = 1.0, last_expectancy_ = 1.0, last_h_ = 0.0;
  double productive_s_ = 0.0, above_85_s_ = 0.0, lead_s_ = 0.0, feedback_s_ = 0.0, activation_s_ = 0.0;
  std::array<double, 10> held_s_{};  ///< by step of the ladder
  bool left_ = false;
};

}  // namespace attune::sim
