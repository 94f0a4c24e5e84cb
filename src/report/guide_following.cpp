#include "report/guide_following.hpp"

#include <cmath>
#include <numbers>

namespace attune::report {

namespace {

constexpr double usual_rate_hz = 60.0;  // of a recording that does not tell its own

/// Where in a breath somebody is now, from where it was when that was measured.
double phase_now(const telemetry::Vitals& vitals) {
  const double turns_a_second =
      vitals.breaths_per_min.valid ? static_cast<double>(vitals.breaths_per_min.value) / 60.0 : 0.0;
  return static_cast<double>(vitals.breath_phase.value) +
         turns_a_second * static_cast<double>(vitals.breath_phase.age_s);
}

}  // namespace

GuideFollower::GuideFollower(double rate_hz)
    : rate_hz_(rate_hz > 0.0 ? rate_hz : usual_rate_hz), now_(rate_hz_) {}

void GuideFollower::add(const record::Moment& moment, double held_s) {
  const auto& directive = moment.decision.directive;
  if (!moment.decided || !(directive.calm_feedback > shown_from)) {
    now_ = signal::GuideCoherence(rate_hz_);
    return;
  }
  const auto& vitals = moment.frame.vitals;
  shown_s_ += held_s;
  guide_.add(static_cast<double>(directive.guide_breaths_per_min), held_s);
  if (vitals.breaths_per_min.valid) own_.add(static_cast<double>(vitals.breaths_per_min.value), held_s);
  if (!vitals.breath_phase.valid) return;
  now_.push(std::cos(2.0 * std::numbers::pi * phase_now(vitals)),
            static_cast<double>(directive.breath_phase));
  if (const auto coherence = now_.value()) coherence_.add(*coherence, held_s);
}

GuideFigures GuideFollower::finish() const {
  return {shown_s_, coherence_.seconds, coherence_.value(), guide_.value(), own_.value()};
}

}  // namespace attune::report
