#include "attune/sensors/clock_estimator.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace attune::sensors {

namespace {

constexpr std::size_t strange_to_believe = 3;  // so many that fit each other are a new course of the clock
constexpr double late_s_at_least = 0.25;       // a smaller change of the offset is left to the blocks
constexpr double late_for_s = 5.0;
// So many samples that are all late: the clock was set back, or lost time. Where half of all samples are as
// late anyway, twenty in a row come by chance once in a million.
constexpr std::size_t late_to_believe = 8, late_to_believe_among_late = 20;
constexpr double spread_gain = 0.02;   // some 50 samples
constexpr double usual_drift = 50e-6;  // 1 sigma, of quartz in wearables and computers
constexpr double longest_block_s = 40.0;
constexpr double most_time_s = 1e10;  // three centuries: beyond it, doubles do not tell microseconds apart

}  // namespace

void ClockEstimator::restart() {
  begun_ = false;
  strange_ = late_ = {};
}

/// Starts a course with one sample that lies on its edge; the drift is known from before, or 0.
void ClockEstimator::begin(const Point& absolute, double last_sensor_s) {
  blocks_.clear();
  origin_sensor_s_ = absolute.x_s;
  origin_arrival_s_ = absolute.x_s + absolute.y_s;
  edge_ = block_ = {};
  block_s_ = shortest_block_s;
  block_from_s_ = first_x_s_ = 0.0;
  usual_slope_ = slope_;
  last_sensor_s_ = last_sensor_s;
  last_x_s_ = last_sensor_s - origin_sensor_s_;
  count_ = 1;
  begun_ = true;
  slope_seen_ = false;
  strange_ = late_ = {};
}

std::optional<double> ClockEstimator::push(double sensor_s, double arrival_s) {
  if (!(std::abs(sensor_s) <= most_time_s) || !std::isfinite(arrival_s)) return std::nullopt;
  if (!begun_) {
    begin({sensor_s, arrival_s - sensor_s}, sensor_s);
    return arrival_s;
  }
  const double x_s = sensor_s - origin_sensor_s_;
  const double y_s = arrival_s - origin_arrival_s_ - x_s;
  const double late_s = y_s - edge_at(x_s);
  if (sensor_s < last_sensor_s_ || late_s < -step_s_) return unfit(sensor_s, arrival_s);
  strange_ = {};
  if (all_late(sensor_s, arrival_s, late_s)) {
    begin(Point(late_.least), sensor_s);
  } else {
    last_sensor_s_ = sensor_s;
    last_x_s_ = x_s;
    ++count_;
    take({x_s, y_s});
    spread_s_ += (std::max(late_s, 0.0) - spread_s_) * spread_gain;
  }
  const double here_s = sensor_s - origin_sensor_s_;
  return std::min(arrival_s, origin_arrival_s_ + here_s + edge_at(here_s));
}

/// A sample that the clock cannot have sent, unless it was set: then more come that fit this one.
std::optional<double> ClockEstimator::unfit(double sensor_s, double arrival_s) {
  const Point here{sensor_s, arrival_s - sensor_s};
  const bool goes_on = strange_.count > 0 && sensor_s > strange_.last_sensor_s &&
                       std::abs(here.y_s - strange_.least.y_s) < step_s_;
  if (!goes_on) strange_ = {0, arrival_s, sensor_s, here};
  ++strange_.count;
  strange_.last_sensor_s = sensor_s;
  if (here.y_s < strange_.least.y_s) strange_.least = here;
  if (strange_.count < strange_to_believe) return std::nullopt;
  begin(Point(strange_.least), sensor_s);
  const double x_s = sensor_s - origin_sensor_s_;
  return std::min(arrival_s, origin_arrival_s_ + x_s + edge_at(x_s));
}

/// Whether nothing has been on time for so long that the clock must have been set back, or lost some time.
bool ClockEstimator::all_late(double sensor_s, double arrival_s, double late_s) {
  const double limit_s = late_.count > 0 ? late_limit_s_ : std::max(late_s_at_least, spread_s_);
  if (late_s <= limit_s) {
    late_ = {};
    return false;
  }
  const Point here{sensor_s, arrival_s - sensor_s};
  if (late_.count == 0) {
    late_ = {0, arrival_s, sensor_s, here};
    late_limit_s_ = limit_s;
    late_needed_ = limit_s > 4.0 * spread_s_ ? late_to_believe : late_to_believe_among_late;
  }
  ++late_.count;
  if (here.y_s < late_.least.y_s) late_.least = here;
  return late_.count >= late_needed_ && arrival_s - late_.since_s >= late_for_s;
}

void ClockEstimator::take(const Point& point) {
  if (point.x_s - block_from_s_ >= block_s_) {
    if (blocks_.full() && block_s_ < longest_block_s) lengthen_blocks();
    blocks_.push(block_);
    block_from_s_ = point.x_s;
    block_ = point;
    first_x_s_ = blocks_.front().x_s;
    fit();
    return;
  }
  if (faster(point, block_)) block_ = point;
  if (point.y_s < edge_at(point.x_s) || (!slope_seen_ && shows_slope())) fit();
}

/// Joins every two blocks to one: half as many, of twice the length.
void ClockEstimator::lengthen_blocks() {
  const auto old = blocks_;
  blocks_.clear();
  for (std::size_t i = 0; i + 1 < old.size(); i += 2)
    blocks_.push(faster(old[i + 1], old[i]) ? old[i + 1] : old[i]);
  block_s_ *= 2.0;
}

/// Slope first, then the height at which no sample lies below.
void ClockEstimator::fit() {
  Points points;
  for (std::size_t i = 0; i < blocks_.size(); ++i) points.push_back(blocks_[i]);
  points.push_back(block_);
  if (shows_slope()) {
    slope_ = believed_slope(points);
    slope_seen_ = true;
  }
  edge_ = points[0];
  for (const Point& point : points) {
    if (point.y_s < edge_at(point.x_s)) edge_ = point;
  }
}

/// The slope of the lower hull over the middle of the data, weighed against what clocks usually do: minima
/// that lie `m` above the edge over a span `T` leave the slope uncertain by m / T.
double ClockEstimator::believed_slope(const Points& points) const {
  const auto [left, right] = middle_edge(points);
  if (!(right.x_s > left.x_s)) return slope_;
  const double seen = (right.y_s - left.y_s) / (right.x_s - left.x_s);
  core::StaticVector<double, most_points> above_s;
  for (const Point& point : points) above_s.push_back(point.y_s - left.y_s - seen * (point.x_s - left.x_s));
  auto* middle = above_s.begin() + above_s.size() / 2;
  std::nth_element(above_s.begin(), middle, above_s.end());
  const double error = std::abs(*middle) / (last_x_s_ - first_x_s_);
  const double weight = usual_drift * usual_drift / (usual_drift * usual_drift + error * error);
  const double limit = most_drift_ppm * 1e-6;
  return std::clamp(usual_slope_ + weight * (seen - usual_slope_), -limit, limit);
}

/// The edge of the lower convex hull that spans the mean of x. Points come in order of x.
std::pair<ClockEstimator::Point, ClockEstimator::Point> ClockEstimator::middle_edge(const Points& points) {
  std::array<Point, most_points> hull;
  std::size_t size = 0;
  double middle_s = 0.0;
  for (const Point& next : points) {
    middle_s += next.x_s / static_cast<double>(points.size());
    const auto turns_up = [&] {
      const Point &a = hull[size - 2], &b = hull[size - 1];
      return (b.x_s - a.x_s) * (next.y_s - a.y_s) - (b.y_s - a.y_s) * (next.x_s - a.x_s) > 0.0;
    };
    while (size >= 2 && !turns_up()) --size;
    hull[size++] = next;
  }
  std::size_t right = std::min<std::size_t>(1, size - 1);
  while (right + 1 < size && hull[right].x_s < middle_s) ++right;
  return {hull[right == 0 ? 0 : right - 1], hull[right]};
}

ClockEstimate ClockEstimator::current() const {
  if (!begun_) return {};
  ClockEstimate estimate;
  estimate.offset_s = origin_arrival_s_ - origin_sensor_s_ + edge_at(last_x_s_);
  estimate.drift_ppm = slope_ * 1e6;
  estimate.spread_s = spread_s_;
  estimate.settled = slope_seen_ && count_ >= 30;
  return estimate;
}

}  // namespace attune::sensors
