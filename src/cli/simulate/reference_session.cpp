#include "cli/simulate/reference_session.hpp"

#include "cli/simulate/governed_controller.hpp"

namespace attune::cli {

namespace {

/// Writes down what a controller sees once a second.
class Watched final : public sim::Controller {
 public:
  /// @param belief  of the watched controller; empty: it has none.
  Watched(sim::Controller& watched, const sim::SudsController* believes)
      : watched_(watched), believes_(believes) {}

  sim::PlantInput step(const sim::ControllerView& view, std::mt19937_64& random) override {
    const double asked_before_s = asked_s_;
    const auto wanted = watched_.step(view, random);
    CoursePoint point;
    point.time_s = view.time_s;
    point.anxiety = view.truth.anxiety;
    point.h = view.truth.h;
    point.z = view.truth.steps > 0 ? view.truth.felt.z : view.intensity;
    point.u = view.truth.felt.u;
    point.lead = view.truth.felt.lead;
    if (believes_ != nullptr) {
      const auto belief = believes_->belief();
      point.believed = belief.mean;
      point.deviation = belief.deviation;
      asked_s_ = believes_->last_answer_s().value_or(-1.0);
      if (asked_s_ != asked_before_s) point.suds = believes_->last_suds();
    }
    course.push_back(point);
    return wanted;
  }

  std::vector<CoursePoint> course;

 private:
  sim::Controller& watched_;
  const sim::SudsController* believes_;
  double asked_s_ = -1.0;
};

SimulatedSession session_of(sim::Controller& controller, const sim::SudsController* believes,
                            const SimulatedPerson& person, sim::PlantKind plant, bool keep_course) {
  const auto run = [&](sim::Controller& steers) {
    return sim::run_session(person.parameters, steers, simulated_session_s, person.seed, plant);
  };
  if (!keep_course) return {run(controller), {}};
  Watched watched(controller, believes);
  const auto outcome = run(watched);
  return {outcome, std::move(watched.course)};
}

}  // namespace

SessionMaker reference_sessions(const std::string& controller, sim::PlantKind plant) {
  return [=](const SimulatedPerson& person, bool keep_course) {
    const auto steers = sim::controller_by_name(controller, plant);
    return session_of(*steers, nullptr, person, plant, keep_course);
  };
}

SessionMaker suds_sessions(sim::PlantKind plant, std::shared_ptr<const sim::SudsPrior> prior,
                           const treatment::ProgrammeLimits& limits) {
  return [plant, prior = std::move(prior), limits](const SimulatedPerson& person, bool keep_course) {
    GovernedSuds steers(*prior, limits);
    return session_of(steers, &steers.inner(), person, plant, keep_course);
  };
}

}  // namespace attune::cli
