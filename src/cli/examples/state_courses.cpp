#include "cli/examples/state_courses.hpp"

#include <algorithm>

#include "attune/learn/windows.hpp"

namespace attune::cli {

namespace {

constexpr double every_s = 2.0;
constexpr std::size_t judged_moments = 12;

}  // namespace

void CourseRecorder::at(double time_s, const state::FeatureExtractor& extractor) {
  if (time_s < next_s_) return;
  next_s_ += every_s_;
  course_.moments.push_back({time_s, extractor.current(), extractor.own_start(), truth_(time_s)});
}

std::optional<learn::Course> course_of_visit(const datasets::Visit& visit, double rating, double half_step) {
  if (visit.length_s() < learn::window_s) return std::nullopt;
  CourseRecorder recorder(every_s, [](double) { return std::nullopt; });
  state::FeatureExtractor extractor;
  for (const auto& frame : visit.frames) {
    if (extractor.push(frame)) recorder.at(frame.time.seconds(), extractor);
  }
  auto course = recorder.take();
  if (course.moments.empty()) return std::nullopt;
  const double first_s = learn::window_s, last_s = std::max(first_s, course.moments.back().time_s);
  for (std::size_t i = 0; i < judged_moments; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(judged_moments - 1);
    const double wanted_s = first_s + share * (last_s - first_s);
    auto after = std::find_if(course.moments.begin(), course.moments.end(),
                              [&](const auto& moment) { return moment.time_s >= wanted_s - 1e-9; });
    if (after == course.moments.end()) --after;
    after->truth = rating;
  }
  course.person = visit.id;
  course.stimulus = visit.visit;
  course.length_s = visit.length_s();
  course.half_step = half_step;
  return course;
}

}  // namespace attune::cli
