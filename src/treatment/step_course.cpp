#include "attune/treatment/step_course.hpp"

#include <algorithm>

#include "attune/treatment/steering.hpp"

namespace attune::treatment {

namespace {

constexpr double report_counts_s = 60.0;
constexpr int most_times = 3;  // a way out of order is no carousel

}  // namespace

StepCourse::StepCourse(const Programme& programme)
    : programme_(programme), shown_(programme.ladder.size(), 0), taken_(programme.ladder.size()) {}

void StepCourse::reset() {
  std::fill(shown_.begin(), shown_.end(), std::uint16_t{0});
  for (auto& ways : taken_) ways.fill(0);
  step_ = 0;
  in_step_s_ = in_variant_s_ = 0.0;
}

void StepCourse::begin() { enter(0); }

void StepCourse::enter(std::uint16_t step) {
  // The variant that was shown last has had its turn, also if the time for it was not over.
  if (in_step_s_ > 0.0) ++shown_[step_];
  step_ = step;
  in_step_s_ = in_variant_s_ = 0.0;
  held_s_.fill(0.0);
  answers_.fill(std::nullopt);
}

void StepCourse::spend(double dt_s) {
  in_step_s_ += dt_s;
  in_variant_s_ += dt_s;
  if (in_variant_s_ < programme_.ladder[step_].vary_s) return;
  in_variant_s_ = 0.0;
  ++shown_[step_];
}

std::uint8_t StepCourse::variant() const {
  const auto& variants = programme_.ladder[step_].variants;
  return variants[shown_[step_] % variants.size()];
}

void StepCourse::take(const telemetry::SelfReport& report) {
  answers_[static_cast<std::size_t>(report.kind)] = report.value;
}

bool StepCourse::holds(const WayOn& way, const StepInput& input) const {
  const bool informed = usable(input.belief);
  // One deviation above the mean: not knowing is not the same as being calm.
  if (way.distress_at_most &&
      !(informed && input.belief.mean + input.belief.deviation <= *way.distress_at_most))
    return false;
  if (way.distress_at_least) {
    const bool likely = informed && input.belief.mean >= *way.distress_at_least;
    const bool said =
        input.suds && input.since_suds_s < report_counts_s && *input.suds >= 100.0F * *way.distress_at_least;
    if (!likely && !said) return false;
  }
  const auto answered_at_most = [&](telemetry::ReportKind kind, const std::optional<float>& bound) {
    const auto& answer = answers_[static_cast<std::size_t>(kind)];
    return !bound || (answer && *answer <= *bound);
  };
  return answered_at_most(telemetry::ReportKind::expectancy, way.expectancy_at_most) &&
         answered_at_most(telemetry::ReportKind::belief, way.belief_at_most) &&
         answered_at_most(telemetry::ReportKind::urge, way.urge_at_most) &&
         (!way.after_s || in_step_s_ >= *way.after_s) && (!way.done || input.done);
}

StepMove StepCourse::onward(MoveCause cause) const {
  const bool last = step_ + 1U == programme_.ladder.size();
  return {step_, static_cast<std::uint16_t>(last ? step_ : step_ + 1), cause, 0, last};
}

std::optional<StepMove> StepCourse::decide(const StepInput& input) {
  const auto& step = programme_.ladder[step_];
  std::optional<StepMove> move;
  for (std::size_t i = 0; i < std::min(step.go_on.size(), most_ways_on); ++i) {
    const auto& way = step.go_on[i];
    const bool now = holds(way, input);
    held_s_[i] = now ? held_s_[i] + input.since_decision_s : 0.0;
    const bool met = now && held_s_[i] >= way.held_s;
    const bool may =
        way.to ? taken_[step_][i] < most_times : in_step_s_ >= step.hold_s && !input.therapist_holds;
    if (!met || !may || move) continue;
    move = onward(MoveCause::way);
    move->way = static_cast<std::uint8_t>(i);
    if (way.to) {
      move->to = *way.to;
      move->ends = false;
    }
  }
  if (!move && step.limit_s && in_step_s_ >= *step.limit_s && !input.therapist_holds)
    move = onward(MoveCause::limit);
  // At the top of a ladder the phase has a limit of its own.
  if (move && move->cause == MoveCause::limit && move->ends && programme_.order == Order::ladder)
    move.reset();
  return move;
}

void StepCourse::count(const StepMove& move) {
  if (move.cause == MoveCause::way) ++taken_[move.from][move.way];
}

}  // namespace attune::treatment
