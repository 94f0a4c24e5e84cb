#include "report/pupil.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attune::report {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

std::optional<double> PupilPart::wider_mm() const {
  if (count == 0) return std::nullopt;
  return wider_sum / count;
}

void PupilAccount::add(const record::Moment& moment, double held_s) {
  const auto& frame = moment.frame;
  const double now_s = frame.time.seconds();
  const auto &width = frame.vitals.pupil_mm, &light = frame.shown_light;
  enter_phase(out_.parts, moment);
  if (width.valid && attention::PupilCorrection::possible(static_cast<double>(width.value))) {
    out_.known_s += held_s;
    width_s_ += held_s * static_cast<double>(width.value);
    if (light.valid) out_.lit_s += held_s;
    if (const auto instant_s = width_news_.take(width, now_s))
      widths_.push_back({*instant_s, static_cast<double>(width.value), out_.parts.size() - 1});
  }
  if (const auto instant_s = light_news_.take(light, now_s))
    lights_.push_back({*instant_s, std::max(static_cast<double>(light.value), black), 0});
  // What was shown at an instant is known when a later picture's light is, or when too long has passed.
  match(std::max(light_news_.last_s().value_or(now_s), now_s - light_good_for_s));
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
