#include "report/pupil.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attune::report {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
// A reading is held until the next comes: with every frame its age grows by as much as the time, so that its
// instant stays where it was, but for the rounding of an age in a float.
constexpr double same_instant_s = 1e-3;

/// The instant of a reading, when it is one that was not there before.
std::optional<double> new_instant(const telemetry::Reading& reading, double now_s,
                                  const std::optional<double>& last_s) {
  if (!reading.valid || !std::isfinite(reading.value) || !std::isfinite(reading.age_s)) return std::nullopt;
  const double instant_s = now_s - static_cast<double>(reading.age_s);
  if (last_s && instant_s <= *last_s + same_instant_s) return std::nullopt;
  return instant_s;
}

}  // namespace

std::optional<double> PupilPart::wider_mm() const {
  if (count == 0) return std::nullopt;
  return wider_sum / count;
}

void PupilAccount::enter_part(const record::Moment& moment) {
  const double now_s = moment.frame.time.seconds();
  std::optional<std::uint16_t> phase;
  if (moment.decided) phase = moment.decision.phase;
  if (out_.parts.empty() || (phase && out_.parts.back().phase != phase))
    out_.parts.push_back({.phase = phase, .from_s = now_s});
  out_.parts.back().to_s = now_s;
}

void PupilAccount::add(const record::Moment& moment, double held_s) {
  const auto& frame = moment.frame;
  const double now_s = frame.time.seconds();
  const auto &width = frame.vitals.pupil_mm, &light = frame.shown_light;
  enter_part(moment);
  if (width.valid && attention::PupilCorrection::possible(static_cast<double>(width.value))) {
    out_.known_s += held_s;
    width_s_ += held_s * static_cast<double>(width.value);
    if (light.valid) out_.lit_s += held_s;
    if (const auto instant_s = new_instant(width, now_s, last_width_s_)) {
      widths_.push_back({*instant_s, static_cast<double>(width.value), out_.parts.size() - 1});
      last_width_s_ = instant_s;
    }
  }
  if (const auto instant_s = new_instant(light, now_s, last_light_s_)) {
    lights_.push_back({*instant_s, std::max(static_cast<double>(light.value), black), 0});
    last_light_s_ = instant_s;
  }
  // What was shown at an instant is known when a later picture's light is, or when too long has passed.
  match(std::max(last_light_s_.value_or(now_s), now_s - light_good_for_s));
}

void PupilAccount::light_up(double until_s) {
  while (!lights_.empty() && lights_.front().time_s <= until_s) {
    const auto& light = lights_.front();
    correction_.push(nothing, light.value, used_light_s_ ? light.time_s - *used_light_s_ : 0.0);
    used_light_s_ = light.time_s;
    lights_.pop_front();
  }
}

void PupilAccount::match(double known_until_s) {
  while (!widths_.empty() && widths_.front().time_s <= known_until_s) {
    const auto width = widths_.front();
    widths_.pop_front();
    light_up(width.time_s);
    const double step_s = used_width_s_ ? width.time_s - *used_width_s_ : 0.0;
    used_width_s_ = width.time_s;
    if (!used_light_s_ || width.time_s - *used_light_s_ > light_good_for_s) continue;
    if (const auto wider_mm = correction_.push(width.value, nothing, step_s)) {
      auto& part = out_.parts[width.part];
      ++part.count;
      part.wider_sum += *wider_mm;
    }
  }
  light_up(known_until_s - light_good_for_s);  // no width of before is still to come
}

PupilFigures PupilAccount::finish() {
  match(std::numeric_limits<double>::infinity());
  if (out_.known_s > 0.0) out_.mean_mm = width_s_ / out_.known_s;
  if (correction_.settled() && correction_.light_varied())
    out_.slope_mm_per_decade = correction_.slope_mm_per_decade();
  return out_;
}

}  // namespace attune::report
