#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "attention/generated_gaze.hpp"
#include "attune/attention/gaze_episodes.hpp"
#include "attune/datasets/gaze_recording.hpp"
#include "support/drawn.hpp"

// What holds of gaze whatever is looked at, however fast it is sampled, and whatever is lost.
namespace attune::attention {
namespace {

using namespace test;
using attune::test::drawn_between;

GazeMode drawn_mode() { return *rc::gen::element(GazeMode::online, GazeMode::offline); }

Made drawn_gaze(double least_hz = 40.0) {
  const double rate = least_hz * std::pow(1000.0 / least_hz, drawn_between(0.0, 1.0));
  const auto seed = *rc::gen::arbitrary<unsigned>();
  return make(looking_around(10, seed),
              {rate, drawn_between(0.005, 0.1), drawn_between(-180.0, 180.0), 0.0, 0.0, seed});
}

struct Result {
  std::vector<LabelledGaze> samples;
  std::vector<GazeEpisode> episodes;
};

Result result_of(const std::vector<GazePoint>& points, GazeMode mode) {
  GazeClassifier classifier(mode);
  GazeEpisodes collector;
  Result result;
  const auto take = [&](std::span<const LabelledGaze> ready) {
    for (const auto& sample : ready) {
      result.samples.push_back(sample);
      if (const auto ended = collector.push(sample)) result.episodes.push_back(*ended);
    }
  };
  for (const auto& point : points) take(classifier.push(point));
  take(classifier.finish());
  if (const auto ended = collector.finish()) result.episodes.push_back(*ended);
  return result;
}

void expect_same(const GazeEpisode& here, const GazeEpisode& there, std::int64_t shift_ns) {
  RC_ASSERT(here.label == there.label && here.samples == there.samples && here.whole == there.whole);
  RC_ASSERT(there.start.ns - here.start.ns == shift_ns && there.end.ns - here.end.ns == shift_ns);
  RC_ASSERT(std::abs(here.amplitude_deg - there.amplitude_deg) < 1e-3F);
  RC_ASSERT(std::abs(here.peak_deg_s - there.peak_deg_s) < 0.1F);
}

RC_GTEST_PROP(GazeProperties, AShiftInTimeShiftsLabelsAndEpisodes, ()) {
  auto made = drawn_gaze();
  const auto mode = drawn_mode();
  const auto here = result_of(made.points, mode);
  const auto shift_ns = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 100'000'000'000'000);
  for (auto& point : made.points) point.time.ns += shift_ns;
  const auto there = result_of(made.points, mode);
  RC_ASSERT(here.samples.size() == there.samples.size());
  for (std::size_t i = 0; i < here.samples.size(); ++i) {
    RC_ASSERT(here.samples[i].label == there.samples[i].label);
    RC_ASSERT(there.samples[i].time.ns - here.samples[i].time.ns == shift_ns);
  }
  RC_ASSERT(here.episodes.size() == there.episodes.size());
  for (std::size_t i = 0; i < here.episodes.size(); ++i)
    expect_same(here.episodes[i], there.episodes[i], shift_ns);
}

/// Gaze on a screen as a file has it, its pixels `times` as many as 1024 across.
std::string on_a_screen(const Made& made, double screen_times, double pixel_times) {
  constexpr double width_px = 1024.0, height_px = 768.0, width_m = 0.38, distance_m = 0.67;
  const double pixel_m = width_m / width_px;
  char line[160];
  std::snprintf(line, sizeof line,
                "# screen_px=%.0fx%.0f screen_m=%.6fx%.6f distance_m=%.6f\nt_s,x_px,y_px\n",
                pixel_times * width_px, pixel_times * height_px, screen_times * width_m,
                screen_times * width_m * height_px / width_px, screen_times * distance_m);
  std::string text = line;
  for (const auto& point : made.points) {
    const double right = static_cast<double>(point.direction.x / -point.direction.z);
    const double up = static_cast<double>(point.direction.y / -point.direction.z);
    const double x = point.tracked ? 0.5 * width_px + right * distance_m / pixel_m : 0.0;
    const double y = point.tracked ? 0.5 * height_px - up * distance_m / pixel_m : 0.0;
    std::snprintf(line, sizeof line, "%.6f,%.4f,%.4f\n", point.time.seconds(), pixel_times * x,
                  pixel_times * y);
    text += line;
  }
  return text;
}

std::vector<GazePoint> points_of(const std::string& text) {
  const auto recording = datasets::parse_gaze("drawn.csv", text);
  RC_ASSERT(static_cast<bool>(recording));
  std::vector<GazePoint> points;
  for (const auto& row : recording->samples) points.push_back({row.time, row.direction, row.tracked});
  return points;
}

RC_GTEST_PROP(GazeProperties, ALargerScreenFartherAwayWithMorePixelsIsTheSameGaze, ()) {
  const auto seed = *rc::gen::arbitrary<unsigned>();
  const auto made =
      make(looking_around(4, seed), {*rc::gen::element(60.0, 120.0, 250.0), 0.03, 0.0, 0.0, 0.0, seed});
  const auto mode = drawn_mode();
  // Powers of two scale without rounding.
  const double screen_times = std::exp2(*rc::gen::inRange(-2, 4)),
               pixel_times = std::exp2(*rc::gen::inRange(0, 4));
  const auto here = points_of(on_a_screen(made, 1.0, 1.0));
  const auto there = points_of(on_a_screen(made, screen_times, pixel_times));
  RC_ASSERT(here.size() == there.size());
  for (std::size_t i = 0; i < here.size(); ++i) {
    RC_ASSERT(here[i].tracked == there[i].tracked);
    RC_ASSERT(glm::length(here[i].direction - there[i].direction) < 1e-5F);
  }
  const auto first = result_of(here, mode), second = result_of(there, mode);
  RC_ASSERT(first.samples.size() == second.samples.size());
  std::size_t different = 0;
  for (std::size_t i = 0; i < first.samples.size(); ++i)
    different += first.samples[i].label == second.samples[i].label ? 0 : 1;
  RC_ASSERT(different <= first.samples.size() / 100);  // the files' digits round the two differently
}

void expect_numbers(const GazeEpisode& episode) {
  for (const float figure :
       {episode.amplitude_deg, episode.direction_rad, episode.peak_deg_s, episode.mean_deg_s,
        episode.dispersion_deg, episode.centre.x, episode.from.x, episode.to.x})
    RC_ASSERT(std::isfinite(figure));
  RC_ASSERT(std::isfinite(episode.interval_s) && episode.duration_s() >= 0.0);
  RC_ASSERT(episode.start <= episode.end && episode.samples > 0);
}

RC_GTEST_PROP(GazeProperties, AFifthOfTheSamplesMayBeMissingAndEachOfTheOthersComesOutOnce, ()) {
  const auto made = drawn_gaze();
  const auto mode = drawn_mode();
  const bool rows_go = *rc::gen::arbitrary<bool>();
  const auto lost = attune::test::drawn_losses(made.points.size());
  std::vector<GazePoint> left;
  for (std::size_t i = 0; i < made.points.size(); ++i) {
    if (lost[i] && rows_go) continue;
    left.push_back(made.points[i]);
    if (lost[i]) left.back() = {made.points[i].time, glm::vec3{std::nanf("")}, *rc::gen::arbitrary<bool>()};
  }
  const auto result = result_of(left, mode);
  RC_ASSERT(result.samples.size() == left.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    RC_ASSERT(result.samples[i].time == left[i].time);
    RC_ASSERT(std::isfinite(result.samples[i].speed_deg_s));
  }
  std::int64_t counted = 0;
  for (const auto& episode : result.episodes) {
    expect_numbers(episode);
    counted += episode.samples;
  }
  RC_ASSERT(counted == static_cast<std::int64_t>(left.size()));
}

RC_GTEST_PROP(GazeProperties, FixationsAreStillFoundWhereAFifthOfTheRowsIsGone, ()) {
  const auto made = drawn_gaze(100.0);
  const auto lost = attune::test::drawn_losses(made.points.size());
  std::vector<GazePoint> left;
  std::vector<GazeLabel> truth;
  for (std::size_t i = 0; i < made.points.size(); ++i) {
    if (lost[i]) continue;
    left.push_back(made.points[i]);
    truth.push_back(made.truth[i]);
  }
  const auto found = labels_of(left, drawn_mode());
  std::size_t rests = 0, seen = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    if (truth[i] != GazeLabel::fixation) continue;
    ++rests;
    seen += found[i] == GazeLabel::fixation ? 1 : 0;
  }
  RC_ASSERT(10 * seen > 7 * rests);
}

}  // namespace
}  // namespace attune::attention
