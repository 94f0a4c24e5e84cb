#pragma once

#include <random>
#include <vector>

#include "attune/attention/gaze_classifier.hpp"

/// Gaze that is made up, so that the truth is known.
namespace attune::attention::test {

/// One movement of the plan.
struct Movement {
  GazeLabel what = GazeLabel::fixation;
  double long_s = 0.3;
  double right_deg = 0.0, up_deg = 0.0;  ///< how far the gaze goes in it
};

/// A rest, for so long.
[[nodiscard]] Movement rest(double long_s);
/// A jump that lasts what the main sequence gives it (Bahill, Clark & Stark, Math Biosci 24, 1975).
[[nodiscard]] Movement jump(double right_deg, double up_deg = 0.0);
/// Following a target at a steady speed.
[[nodiscard]] Movement follow(double long_s, double right_deg_s, double up_deg_s = 0.0);
/// Eyes closed.
[[nodiscard]] Movement close_eyes(double long_s);

struct Made {
  std::vector<GazePoint> points;
  std::vector<GazeLabel> truth;  ///< of every point
};

/// How a plan is sampled.
struct Tracker {
  double rate_hz = 500.0;
  double noise_deg = 0.02;  ///< one standard deviation of each axis, white
  double from_right_deg = 0.0, from_up_deg = 0.0;
  double begin_s = 0.0;
  unsigned seed = 1;
};
[[nodiscard]] Made make(const std::vector<Movement>& plan, const Tracker& tracker);

/// Rests of 0.2 to 0.6 s with jumps of 2 to 15° between them in any direction, and a blink now and then.
[[nodiscard]] std::vector<Movement> looking_around(int jumps, unsigned seed, bool blinks = true);

/// All labels, a point each.
[[nodiscard]] std::vector<GazeLabel> labels_of(const std::vector<GazePoint>& points, GazeMode mode);

/// Where a label begins and ends: [first, last] of each run.
struct Stretch {
  std::size_t first, last;
};
[[nodiscard]] std::vector<Stretch> runs_of(const std::vector<GazeLabel>& labels, GazeLabel label);

[[nodiscard]] glm::vec3 direction_at(double right_deg, double up_deg);

}  // namespace attune::attention::test
