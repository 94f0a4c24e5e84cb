#include "attune/signal/rr_series.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attune::signal {

namespace {

// Lipponen & Tarvainen (2019), section 2: α, and slope and offset of the border of ectopic beats.
constexpr double alpha = 5.2, slope = 0.13, offset = 0.17;
constexpr double least_threshold_ms = 50.0;  // sensors round beats to some 10 ms; a metronome is no heart
constexpr double longest_ms = 3000.0;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double RrSeries::step(std::size_t i) const {
  const double value = i < known_.size() ? known_[i].step_ms : none;
  return std::isnan(value) ? 0.0 : value;
}

double RrSeries::median_near(std::size_t i) const {
  std::array<double, nearby> near{};
  std::size_t count = 0;
  const std::size_t from = i >= nearby / 2 ? i - nearby / 2 : 0;
  for (std::size_t j = from; j < std::min(from + nearby, known_.size()); ++j) {
    if (known_[j].interval.kind != IntervalKind::broken) near[count++] = known_[j].interval.ms;
  }
  if (count == 0) return none;
  const auto middle = near.begin() + static_cast<std::ptrdiff_t>(count / 2);
  std::nth_element(near.begin(), middle, near.begin() + static_cast<std::ptrdiff_t>(count));
  return *middle;
}

/// Short intervals count double: an extra beat halves what a missed one doubles.
void RrSeries::set_off_median(std::size_t i) {
  const double off = known_[i].interval.ms - median_near(i);
  known_[i].off_median_ms = off < 0.0 ? 2.0 * off : off;
}

/// α times the quartile deviation of a figure over what is known.
double RrSeries::threshold(double Known::*figure) const {
  std::array<double, window> values{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < known_.size(); ++i) {
    const double value = known_[i].*figure;
    if (!std::isnan(value) && known_[i].interval.kind != IntervalKind::broken)
      values[count++] = std::abs(value);
  }
  if (count == 0) return least_threshold_ms;
  std::sort(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
  const auto quartile = [&](double share) {
    return values[static_cast<std::size_t>(std::lround(share * static_cast<double>(count - 1)))];
  };
  return std::max(alpha * 0.5 * (quartile(0.75) - quartile(0.25)), least_threshold_ms);
}

void RrSeries::judge(std::size_t i) {
  auto& interval = known_[i].interval;
  set_off_median(i);
  if (interval.kind == IntervalKind::broken || interval.kind == IntervalKind::extra) return;
  const double by_step = threshold(&Known::step_ms), by_median = threshold(&Known::off_median_ms);
  const double d = step(i) / by_step, before = i > 0 ? step(i - 1) / by_step : 0.0;
  const double after = step(i + 1) / by_step, later = step(i + 2) / by_step;
  const double off = known_[i].off_median_ms / by_median;
  const double around_most = std::max(before, after), around_least = std::min(before, after);
  const bool long_then_short = d > 1.0 && around_least < -slope * d - offset;
  const bool short_then_long = d < -1.0 && around_most > -slope * d + offset;
  const double median = median_near(i), next_ms = i + 1 < known_.size() ? known_[i + 1].interval.ms : none;
  const bool longer = (d > 1.0 && std::min(after, later) < -1.0) || off > 3.0;
  const bool shorter = (d < -1.0 && std::max(after, later) > 1.0) || off < -3.0;
  if (longer && std::abs(0.5 * interval.ms - median) < by_median) {
    interval.kind = IntervalKind::missed;
  } else if (shorter && std::abs(interval.ms + next_ms - median) < by_median) {
    interval.kind = IntervalKind::extra;
    if (known_[i + 1].interval.kind == IntervalKind::normal)
      known_[i + 1].interval.kind = IntervalKind::extra;
  } else if (long_then_short || short_then_long) {
    interval.kind = IntervalKind::ectopic;
  } else if (longer || shorter) {
    interval.kind = IntervalKind::odd;
  }
}

std::optional<Interval> RrSeries::decide_next() {
  const std::size_t i = known_.size() - undecided_;
  judge(i);
  --undecided_;
  return known_[i].interval;
}

void RrSeries::add(double end_s, double ms, bool broken) {
  Known next;
  next.interval = {end_s, ms, broken ? IntervalKind::broken : IntervalKind::normal};
  const bool step_known = !broken && !known_.empty() && known_.back().interval.kind != IntervalKind::broken;
  next.step_ms = step_known ? ms - known_.back().interval.ms : none;
  known_.push(next);
  ++undecided_;
  set_off_median(known_.size() - 1);
}

void RrSeries::push(double beat_s, bool connected) {
  if (!std::isfinite(beat_s)) return;
  if (last_beat_s_ && beat_s > *last_beat_s_) {
    const double ms = 1000.0 * (beat_s - *last_beat_s_);
    add(beat_s, ms, !connected || ms > longest_ms);
  }
  last_beat_s_ = beat_s;
}

std::optional<Interval> RrSeries::next() {
  started_ = started_ || undecided_ >= to_start;
  if (!started_ || undecided_ <= ahead) return std::nullopt;
  return decide_next();
}

std::optional<Interval> RrSeries::finish() {
  if (undecided_ == 0) return std::nullopt;
  return decide_next();
}

}  // namespace attune::signal
