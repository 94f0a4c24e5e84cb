#include "session/live/cost_meter.hpp"

#include <time.h>

#include <algorithm>

namespace attune::session {

namespace {

constexpr std::size_t most_frames = 120 * 3600;

std::int64_t read_ns(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

double quantile(std::vector<float> values, double share) {
  if (values.empty()) return 0.0;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return static_cast<double>(*at);
}

}  // namespace

CostMeter::CostMeter(bool on) : on_(on), last_ns_(on ? read_ns(CLOCK_THREAD_CPUTIME_ID) : 0) {
  if (!on) return;
  pipeline_us_.reserve(most_frames);
  start_us_.reserve(most_frames);
}

void CostMeter::spent_on(Part part) {
  if (!on_) return;
  const auto now = read_ns(CLOCK_THREAD_CPUTIME_ID);
  const double us = static_cast<double>(now - last_ns_) * 1e-3;
  last_ns_ = now;
  if (part == Part::ours || part == Part::pipeline) ours_us_ += us;
  if (part == Part::drawing) drawing_us_ += us;
  if (part == Part::pipeline && pipeline_us_.size() < most_frames)
    pipeline_us_.push_back(static_cast<float>(us));
}

void CostMeter::frame_waited() {
  if (on_) waited_ns_ = read_ns(CLOCK_MONOTONIC);
}

void CostMeter::frame_begun() {
  if (!on_ || start_us_.size() >= most_frames) return;
  start_us_.push_back(static_cast<float>(read_ns(CLOCK_MONOTONIC) - waited_ns_) * 1e-3F);
}

void CostMeter::frame_done(bool drawn) {
  ++frames_;
  if (drawn) ++drawn_;
}

FrameCosts CostMeter::costs() const {
  FrameCosts result;
  result.pipeline_median_us = quantile(pipeline_us_, 0.5);
  result.pipeline_p99_us = quantile(pipeline_us_, 0.99);
  result.start_median_us = quantile(start_us_, 0.5);
  result.start_p99_us = quantile(start_us_, 0.99);
  if (frames_ > 0) result.application_us = ours_us_ / static_cast<double>(frames_);
  if (drawn_ > 0) result.drawing_us = drawing_us_ / static_cast<double>(drawn_);
  return result;
}

}  // namespace attune::session
