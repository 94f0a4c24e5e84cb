#pragma once

#include <cstddef>
#include <optional>
#include <utility>

#include "attune/core/ring.hpp"
#include "attune/core/static_vector.hpp"

namespace attune::sensors {

/// How a sensor's clock stands to the clock by which its samples arrive.
struct ClockEstimate {
  double offset_s = 0.0;   ///< arrival clock minus sensor clock, at the newest sample
  double drift_ppm = 0.0;  ///< the arrival clock gains so much on the sensor's, in millionths
  double spread_s = 0.0;   ///< how much later than the fastest samples arrive, on average
  bool settled = false;    ///< enough was seen for `drift_ppm` to mean something
};

/// Places samples that carry their sensor's time on the clock by which they arrive, whatever the network does
/// to them. A delay is never negative, so the samples that travelled fastest lie on the lower edge of
/// (arrival − sensor time), and that edge is a straight line: its height is the offset, its slope the drift
/// (Moon, Skelly & Towsley, "Estimation and removal of clock skew from network delay measurements", IEEE
/// INFOCOM 1999: the edge of the lower convex hull that spans the middle of the data). Here the hull is taken
/// over the fastest samples of blocks of 10 s, which grow to 40 s as the session does, and of which the last
/// 64 are kept: constant memory, and a time that does not grow with the session. The slope is weighed against
/// a drift of 50 ppm, so that a congested first minute is not taken for one.
///
/// What every sample is late by at least cannot be seen one-way and stays in the offset. A clock that is set
/// or restarted, and a sum of intervals that lost some, is noticed and followed after a few samples; samples
/// that fit neither course have no place.
class ClockEstimator {
 public:
  static constexpr double most_drift_ppm = 500.0;  // quartz is within 100, resonators within 500
  static constexpr double settled_after_s = 60.0;

  /// @param step_s  a sample that is earlier than the fastest so far by more than this comes from a clock
  /// that was set;
  ///                more than samples are ever late by chance
  explicit ClockEstimator(double step_s = 0.25) : step_s_(step_s) {}

  /// A sample measured at `sensor_s` of the sensor's clock came at `arrival_s`, both in seconds.
  /// @return the instant of measuring on the arrival clock, not after `arrival_s`; nullopt when the sensor's
  /// time lies before that of the sample before, or where its clock cannot be.
  std::optional<double> push(double sensor_s, double arrival_s);
  [[nodiscard]] ClockEstimate current() const;
  /// Forgets all but the drift: the sensor's time begins anew.
  void restart();

 private:
  /// A sample relative to the first one of this course: x sensor time, y arrival minus sensor time.
  struct Point {
    double x_s = 0.0, y_s = 0.0;
  };
  /// A run of samples that may be a new course of the sensor's clock.
  struct Run {
    std::size_t count = 0;
    double since_s = 0.0;  // arrival
    double last_sensor_s = 0.0;
    Point least;  // absolute: sensor time, arrival − sensor time
  };

  [[nodiscard]] double edge_at(double x_s) const { return edge_.y_s + slope_ * (x_s - edge_.x_s); }
  /// Whether `point` travelled faster than `other`.
  [[nodiscard]] bool faster(const Point& point, const Point& other) const {
    return point.y_s - other.y_s < slope_ * (point.x_s - other.x_s);
  }
  /// Whether enough was seen for the slope to mean something.
  [[nodiscard]] bool shows_slope() const { return last_x_s_ - first_x_s_ >= settled_after_s; }
  static constexpr std::size_t most_blocks = 64, most_points = most_blocks + 1;
  static constexpr double shortest_block_s = 10.0;
  using Points = core::StaticVector<Point, most_points>;

  std::optional<double> unfit(double sensor_s, double arrival_s);
  bool all_late(double sensor_s, double arrival_s, double late_s);
  void begin(const Point& absolute, double last_sensor_s);
  void take(const Point& point);
  void lengthen_blocks();
  void fit();
  [[nodiscard]] double believed_slope(const Points& points) const;
  [[nodiscard]] static std::pair<Point, Point> middle_edge(const Points& points);

  core::Ring<Point, most_blocks> blocks_;  // the fastest sample of each finished block
  Point block_;                            // of the open one
  double block_s_ = shortest_block_s, block_from_s_ = 0.0;
  bool begun_ = false;
  double origin_sensor_s_ = 0.0, origin_arrival_s_ = 0.0;
  double last_sensor_s_ = 0.0, last_x_s_ = 0.0, first_x_s_ = 0.0;
  Point edge_;                // a point of the lower edge
  double slope_ = 0.0;        // of the lower edge, s/s
  bool slope_seen_ = false;   // in this course, and not taken over from before
  double usual_slope_ = 0.0;  // what is believed of it before anything was seen of this course
  double spread_s_ = 0.0;
  std::size_t count_ = 0;
  double step_s_;
  Run strange_, late_;
  double late_limit_s_ = 0.0;
  std::size_t late_needed_ = 0;
};

}  // namespace attune::sensors
