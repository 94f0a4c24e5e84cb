#include "sim/desk.hpp"

#include <algorithm>

#include "attune/sim/random.hpp"

namespace attune::sim {
using telemetry::Activity;

namespace {

constexpr double clicks_per_min = 24.0, clicks_lost = 0.75;
constexpr double screen_share = 0.95, screen_lost = 0.6;
constexpr double changes_per_s = 0.2;  // how often somebody turns to the screen or away
constexpr std::size_t least_seconds = 10;

}  // namespace

void Desk::see(const telemetry::Stimulus& stimulus) {
  works_ = stimulus.activity == Activity::work;
  const bool task_is_seen = std::any_of(stimulus.aois.begin(), stimulus.aois.end(), [](const auto& area) {
    return area.role == telemetry::AoiRole::task;
  });
  there_ = works_ || task_is_seen;
  if (!there_) seconds_ = 0;
}

void Desk::live(double start_s, double anxiety) {
  if (!there_) return;
  const double at_screen = screen_share - screen_lost * anxiety;
  if (unit(random_) < changes_per_s) at_screen_ = unit(random_) < at_screen;
  const double clicks_per_s = clicks_per_min * (1.0 - clicks_lost * anxiety) / 60.0 / at_screen;
  const bool clicks = unit(random_) < clicks_per_s;
  const std::size_t slot = seconds_++ % window;
  looked_[slot] = works_ && at_screen_;
  clicked_[slot] = looked_[slot] && clicks;
  told_s_ = start_s + 1.0;
}

void Desk::read(double now_s, telemetry::TaskActivity& task) const {
  if (seconds_ < least_seconds) return;
  const std::size_t known = std::min(seconds_, window);
  const auto share = [&](const std::array<bool, window>& seconds) {
    const auto end = seconds.begin() + static_cast<std::ptrdiff_t>(known);
    return static_cast<float>(std::count(seconds.begin(), end, true)) / static_cast<float>(known);
  };
  const auto age_s = static_cast<float>(std::max(0.0, now_s - told_s_));
  task.clicks_per_min = {60.0F * share(clicked_), age_s, true};
  task.screen_share = {share(looked_), age_s, true};
}

}  // namespace attune::sim
