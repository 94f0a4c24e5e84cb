#include "attune/sim/course.hpp"

#include <algorithm>

#include "attune/sim/plant_b.hpp"
#include "attune/sim/random.hpp"
#include "sim/plant_law.hpp"
#include "sim/streams.hpp"

namespace attune::sim {

namespace {

/// Whether and why a patient who has come through a session does not come to the next.
LeftCourse leaves(const PatientParameters& patient, double moved, double activation, double gap_days,
                  std::mt19937_64& random) {
  const double little_moved = 0.42 * (1.0 - clip(moved / 0.6)) * (1.0 - clip(activation / 0.3));
  const double other = 0.003 + (gap_days == 0.0 ? 0.02 : 0.0) + patient.rigid;
  const double roll = unit(random);
  if (roll < little_moved) return LeftCourse::little_moved;
  return roll < little_moved + other ? LeftCourse::other : LeftCourse::stayed;
}

}  // namespace

CoursePlan CoursePlan::weekly_same() { return {{0, 7, 14, 21, 28, 35}, {0, 0, 0, 0, 0, 0}}; }
CoursePlan CoursePlan::weekly_varied() { return {{0, 7, 14, 21, 28, 35}, {0, 1, 2, 3, 0, 1}}; }

CourseOutcome run_course(const PatientParameters& patient,
                         const std::function<std::unique_ptr<Controller>()>& controller,
                         const CoursePlan& plan, std::uint64_t seed) {
  std::mt19937_64 random(derived_seed(seed, stream_course));
  auto memory = ThreatMemory::of(patient);
  const double before = memory.expectancy(novel_variant, patient.generalise);
  CourseOutcome course;
  bool exposed = false;
  double since_days = 0.0;
  for (std::size_t i = 0; i < plan.days.size(); ++i) {
    const bool is_last = i + 1 == plan.days.size();
    const double gap_days = is_last ? plan.follow_up_days : plan.days[i + 1] - plan.days[i];
    if (course.left == LeftCourse::stayed) {
      const auto session_seed = derived_seed(seed, i);
      PlantB plant(patient, derived_seed(session_seed, stream_plant), session_start_intensity, memory,
                   plan.variants[i]);
      const auto outcome = run_session(plant, *controller(), plan.session_s, session_seed, plan.variants[i]);
      memory = plant.memory();
      exposed = true;
      ++course.sessions;
      course.learning += outcome.learning;
      const double moved = 1.0 - plant.state().expectancy / memory.threat;
      if (outcome.dropped_out) {
        course.left = LeftCourse::overwhelmed;
      } else if (!is_last) {
        course.left = leaves(patient, moved, outcome.activation, gap_days, random);
      }
    }
    memory.rest(patient, exposed, since_days, gap_days);
    if (gap_days > 0.0) {
      exposed = false;
      since_days = gap_days;
    }
  }
  const double after = memory.expectancy(novel_variant, patient.generalise);
  course.residual = before > 0.0 ? after / before : 1.0;
  course.worse = after > before + 0.02;
  return course;
}

}  // namespace attune::sim
