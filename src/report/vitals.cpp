#include "report/vitals.hpp"

#include <algorithm>
#include <cmath>

namespace attune::report {

namespace {

/// A reading stands for the time since the one before, but for no more than this.
constexpr double longest_step_s = 5.0;

double step_since(const std::optional<double>& before_s, double now_s) {
  return before_s ? std::min(now_s - *before_s, longest_step_s) : 0.0;
}

}  // namespace

bool VitalsPart::known() const {
  return heart_rate_bpm.plain.seconds > 0.0 || breaths_per_min.plain.seconds > 0.0 ||
         skin_conductance_us.plain.seconds > 0.0 || warming_c_per_min.seconds > 0.0;
}

std::optional<OwnFigure::Value> OwnFigure::take(const telemetry::Reading& reading, double now_s,
                                                std::size_t part) {
  const auto instant_s = news_.take(reading, now_s);
  if (!instant_s) return std::nullopt;
  waiting_.push_back({.part = part, .step_s = step_since(before_s_, *instant_s)});
  before_s_ = instant_s;
  const auto clean = hampel_.push(static_cast<double>(reading.value));
  if (!clean) return std::nullopt;
  auto value = waiting_[waiting_.size() - 1 - reach];
  waiting_.erase(waiting_.begin(), waiting_.end() - reach);
  value.value = *clean;
  value.own = baseline_.push(*clean, value.step_s);
  return value;
}

void VitalsAccount::follow(OwnFigure& figure, const telemetry::Reading& reading, double now_s,
                           OwnMean VitalsPart::*mean) {
  const auto value = figure.take(reading, now_s, parts_.size() - 1);
  if (!value) return;
  auto& of_part = parts_[value->part].*mean;
  of_part.plain.add(value->value, value->step_s);
  if (value->own) of_part.own.add(*value->own, value->step_s);
}

void VitalsAccount::follow_warmth(const telemetry::Reading& reading, double now_s) {
  const auto instant_s = warmth_news_.take(reading, now_s);
  if (!instant_s) return;
  const double since_s = warmth_before_s_ ? *instant_s - *warmth_before_s_ : longest_step_s;
  if (since_s > longest_step_s) warming_ = signal::RunningSlope();
  warmth_before_s_ = instant_s;
  warming_.push(static_cast<double>(reading.value), since_s);
  if (const auto slope = warming_.per_second())
    parts_.back().warming_c_per_min.add(60.0 * *slope, std::min(since_s, longest_step_s));
}

void VitalsAccount::add(const record::Moment& moment) {
  enter_phase(parts_, moment);
  const auto& vitals = moment.frame.vitals;
  const double now_s = moment.frame.time.seconds();
  follow(heart_rate_, vitals.heart_rate_bpm, now_s, &VitalsPart::heart_rate_bpm);
  follow(breaths_, vitals.breaths_per_min, now_s, &VitalsPart::breaths_per_min);
  follow(conductance_, vitals.skin_conductance_us, now_s, &VitalsPart::skin_conductance_us);
  follow_warmth(vitals.skin_temperature_c, now_s);
}

std::vector<VitalsPart> VitalsAccount::finish() const {
  if (std::ranges::none_of(parts_, &VitalsPart::known)) return {};
  return parts_;
}

}  // namespace attune::report
