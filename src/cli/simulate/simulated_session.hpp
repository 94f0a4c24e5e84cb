#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "attune/sim/outcome.hpp"
#include "attune/sim/population.hpp"
#include "attune/treatment/practice_result.hpp"

namespace attune::cli {

/// How long a simulated exposure lasts; a programme that runs as it is may last longer.
inline constexpr double simulated_session_s = 1200.0;

/// One virtual patient before the session: who it is, and all chance that it meets.
struct SimulatedPerson {
  sim::PatientParameters parameters;
  std::uint64_t seed = 0;
};

/// A second of a session, as it was and as it was believed to be.
struct CoursePoint {
  double time_s = 0.0;
  double anxiety = 0.0, h = 0.0;  ///< true; h is 1 − E on plant B
  std::optional<double> believed, deviation;
  double z = 0.0, u = 0.0, lead = 0.0;  ///< as they arrived
  std::optional<double> suds;           ///< 0..100, answered in this second
};

struct SimulatedSession {
  sim::Outcome outcome;
  std::vector<CoursePoint> course;  ///< a point a second; empty unless it was asked for
  std::optional<treatment::PracticeResult> practice = std::nullopt;  ///< of `adaptive`
};

/// One way of steering, as it is judged: a session of one person. Depends on nothing but the person, and may
/// be called from several threads at once. @param keep_course  whether the course is wanted too.
using SessionMaker = std::function<SimulatedSession(const SimulatedPerson& person, bool keep_course)>;

}  // namespace attune::cli
