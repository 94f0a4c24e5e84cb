#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "attune/sim/controllers.hpp"

/// Several sessions of one patient of plant B: it is the course that heals, not the session.
namespace attune::sim {

/// When sessions are held and what they show.
struct CoursePlan {
  std::vector<double> days;            ///< of the sessions, from the first one's, never falling
  std::vector<std::uint8_t> variants;  ///< shown in each, 0..3
  double follow_up_days = 30.0;        ///< from the last session to the test with the novel variant
  double session_s = 1200.0;

  /// Six sessions a week apart, all with the same variant.
  [[nodiscard]] static CoursePlan weekly_same();
  /// The same days, four variants in turn.
  [[nodiscard]] static CoursePlan weekly_varied();
};

/// Why somebody did not come to the end of a course.
enum class LeftCourse : std::uint8_t {
  stayed,
  overwhelmed,   ///< left within a session
  little_moved,  ///< felt little and learned little
  other,         ///< illness, a date that could not be moved
};

/// What came of a course.
struct CourseOutcome {
  double residual = 1.0;  ///< expectancy with the novel variant after the follow-up, relative to before
  bool worse = false;     ///< it is higher than before by more than 0.02
  LeftCourse left = LeftCourse::stayed;
  int sessions = 0;       ///< begun
  double learning = 0.0;  ///< fall of expectancy, summed over the sessions
};

/// A course without sensors on plant B. Nobody who left comes back, but everybody is tested.
/// @param controller  makes one for each session.
[[nodiscard]] CourseOutcome run_course(const PatientParameters& patient,
                                       const std::function<std::unique_ptr<Controller>()>& controller,
                                       const CoursePlan& plan, std::uint64_t seed);

}  // namespace attune::sim
