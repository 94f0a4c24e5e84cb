#include "attention/generated_gaze.hpp"

#include <cmath>
#include <numbers>

namespace attune::attention::test {

namespace {
constexpr double rad = std::numbers::pi / 180.0;
}

glm::vec3 direction_at(double right_deg, double up_deg) {
  return {static_cast<float>(std::sin(right_deg * rad) * std::cos(up_deg * rad)),
          static_cast<float>(std::sin(up_deg * rad)),
          static_cast<float>(-std::cos(right_deg * rad) * std::cos(up_deg * rad))};
}

Movement rest(double long_s) { return {GazeLabel::fixation, long_s}; }
Movement jump(double right_deg, double up_deg) {
  return {GazeLabel::saccade, 0.021 + 0.0022 * std::hypot(right_deg, up_deg), right_deg, up_deg};
}
Movement follow(double long_s, double right_deg_s, double up_deg_s) {
  return {GazeLabel::pursuit, long_s, right_deg_s * long_s, up_deg_s * long_s};
}
Movement close_eyes(double long_s) { return {GazeLabel::blink, long_s}; }

Made make(const std::vector<Movement>& plan, const Tracker& tracker) {
  Made made;
  std::mt19937 random(tracker.seed);
  std::normal_distribution<double> noise(0.0, 1.0);
  double right = tracker.from_right_deg, up = tracker.from_up_deg, begun_s = 0.0;
  std::size_t tick = 0;
  for (const auto& movement : plan) {
    for (;; ++tick) {
      const double t = static_cast<double>(tick) / tracker.rate_hz;
      const double s = (t - begun_s) / movement.long_s;
      if (s >= 1.0) break;
      const bool jumps = movement.what == GazeLabel::saccade;
      const double way = jumps ? s * s * s * (10.0 - 15.0 * s + 6.0 * s * s) : s;  // least jerk
      const double x = right + way * movement.right_deg + tracker.noise_deg * noise(random);
      const double y = up + way * movement.up_deg + tracker.noise_deg * noise(random);
      made.points.push_back(
          {core::at_seconds(tracker.begin_s + t), direction_at(x, y), movement.what != GazeLabel::blink});
      made.truth.push_back(movement.what);
    }
    begun_s += movement.long_s;
    right += movement.right_deg;
    up += movement.up_deg;
  }
  return made;
}

std::vector<Movement> looking_around(int jumps, unsigned seed, bool blinks) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0.0, 1.0);
  std::vector<Movement> plan{rest(0.5)};
  double right = 0.0, up = 0.0;
  for (int i = 0; i < jumps; ++i) {
    const double size = 2.0 + 13.0 * share(random), way = 2.0 * std::numbers::pi * share(random);
    // Back towards the middle when the next jump would leave the field.
    const double sign =
        std::hypot(right + size * std::cos(way), up + size * std::sin(way)) > 25.0 ? -1.0 : 1.0;
    plan.push_back(jump(sign * size * std::cos(way), sign * size * std::sin(way)));
    right += plan.back().right_deg;
    up += plan.back().up_deg;
    plan.push_back(rest(0.2 + 0.4 * share(random)));
    if (blinks && i % 8 == 4) {
      plan.push_back(close_eyes(0.15 + 0.1 * share(random)));
      plan.push_back(rest(0.3));
    }
  }
  return plan;
}

std::vector<GazeLabel> labels_of(const std::vector<GazePoint>& points, GazeMode mode) {
  GazeClassifier classifier(mode);
  std::vector<GazeLabel> labels;
  const auto take = [&](std::span<const LabelledGaze> ready) {
    for (const auto& sample : ready) labels.insert(labels.end(), sample.copies, sample.label);
  };
  for (const auto& point : points) take(classifier.push(point));
  take(classifier.finish());
  return labels;
}

std::vector<Stretch> runs_of(const std::vector<GazeLabel>& labels, GazeLabel label) {
  std::vector<Stretch> runs;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] != label) continue;
    if (!runs.empty() && runs.back().last + 1 == i)
      runs.back().last = i;
    else
      runs.push_back({i, i});
  }
  return runs;
}

}  // namespace attune::attention::test
