#pragma once

#include <functional>
#include <optional>
#include <string>

#include "attune/datasets/visit.hpp"
#include "attune/learn/evaluation/calibration.hpp"
#include "attune/state/feature_extractor.hpp"

namespace attune::cli {

/// Keeps what the runtime knew, from time to time: the belief weighs what it hears by the time between, so
/// that it need not be kept four times a second.
class CourseRecorder {
 public:
  /// @param truth  0..1 at a time since the start, or nothing.
  CourseRecorder(double every_s, std::function<std::optional<double>(double time_s)> truth)
      : every_s_(every_s), truth_(std::move(truth)), next_s_(every_s) {}

  /// After every step of the extractor.
  void at(double time_s, const state::FeatureExtractor& extractor);
  [[nodiscard]] learn::Course take() { return std::move(course_); }

 private:
  double every_s_;
  std::function<std::optional<double>(double)> truth_;
  double next_s_;
  learn::Course course_;
};

/// A whole visit that was rated once, by a number 0..1: judged at twelve moments from 30 s to its end, evenly
/// spread, as the monitor is trained. Nothing for a shorter one.
/// @param half_step  half the distance between two ratings.
[[nodiscard]] std::optional<learn::Course> course_of_visit(const datasets::Visit& visit, double rating,
                                                           double half_step);

}  // namespace attune::cli
