#include "attune/treatment/activities/work_rhythm.hpp"

#include <algorithm>
#include <cmath>

namespace attune::treatment {

namespace {

constexpr double start_s = 60.0;   // the person's own start
constexpr double recent_s = 20.0;  // how long the present reaches back
constexpr float oldest_s = 30.0F;  // a desk's figures come every few seconds

}  // namespace

void WorkRhythm::Course::push(double dt_s, double value) {
  if (first_s < start_s) {
    first_s += dt_s;
    first_sum += value * dt_s;
    now = first_s > 0.0 ? first_sum / first_s : value;
    return;
  }
  now += (value - now) * (1.0 - std::exp(-dt_s / recent_s));
}

std::optional<AgainstStart> WorkRhythm::Course::against_start() const {
  if (first_s < start_s) return std::nullopt;
  return AgainstStart{static_cast<float>(first_sum / first_s), static_cast<float>(now)};
}

void WorkRhythm::push_heart(double dt_s, const telemetry::Reading& heart_rate_bpm) {
  if (heart_rate_bpm.valid && heart_rate_bpm.age_s < oldest_s)
    heart_.push(dt_s, static_cast<double>(heart_rate_bpm.value));
}

void WorkRhythm::push(double dt_s, const telemetry::TaskActivity& task, const Look& look) {
  const auto take = [dt_s](Course& course, const telemetry::Reading& reading) {
    if (reading.valid && reading.age_s < oldest_s) course.push(dt_s, static_cast<double>(reading.value));
  };
  take(clicks_, task.clicks_per_min);
  take(screen_, task.screen_share);
  if (look.known) task_gaze_.push(dt_s, look.at(telemetry::AoiRole::task) ? 1.0 : 0.0);
}

WorkSigns WorkRhythm::signs() const {
  WorkSigns signs{heart_.against_start(), clicks_.against_start(), screen_.against_start(), std::nullopt};
  if (const auto gaze = task_gaze_.against_start()) signs.task_gaze_share = gaze->now;
  return signs;
}

}  // namespace attune::treatment
