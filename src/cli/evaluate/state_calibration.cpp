#include "cli/evaluate/state_calibration.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/command.hpp"

namespace attune::cli {

using nlohmann::ordered_json;

namespace {

constexpr double allowed = 0.05;   // off the nominal share: the goal
constexpr std::size_t groups = 8;  // of people: an eighth of them is left out at a time

void print_intervals(const learn::SensorCalibration& sensors) {
  std::printf("  %-6s", sensors.sensors.c_str());
  for (const auto& interval : sensors.intervals) {
    std::printf("  %2.0f %%: %5.1f +- %.1f", 100.0 * interval.nominal, 100.0 * interval.covered,
                100.0 * interval.error.value_or(0.0));
  }
  if (!sensors.intervals.empty()) {
    const auto& widest = sensors.intervals.back();
    std::printf("  width %.3f, %.0f %% of a constant's", widest.width,
                100.0 * widest.width / widest.constant_width);
  }
  std::printf("\n");
}

void print_chances(const learn::SensorCalibration& sensors) {
  std::printf("  %-6s  off by %.3f, Brier %.4f, a constant's %.4f; said > was:", sensors.sensors.c_str(),
              sensors.off, sensors.brier, sensors.constant_brier);
  for (const auto& bin : sensors.bins) std::printf("  %.2f > %.2f", bin.said, bin.was);
  std::printf("\n");
}

ordered_json intervals_json(const learn::SensorCalibration& sensors) {
  auto list = ordered_json::array();
  for (const auto& interval : sensors.intervals) {
    list.push_back({{"nominal", interval.nominal},
                    {"covered", interval.covered},
                    {"error", interval.error ? nlohmann::json(*interval.error) : nlohmann::json(nullptr)},
                    {"covered_as_numbers", interval.covered_plainly},
                    {"width", interval.width},
                    {"width_of_constant", interval.constant_width}});
  }
  return list;
}

ordered_json bins_json(const learn::SensorCalibration& sensors) {
  auto list = ordered_json::array();
  for (const auto& bin : sensors.bins)
    list.push_back({{"said", bin.said}, {"was", bin.was}, {"moments", bin.moments}});
  return list;
}

}  // namespace

core::Result<learn::BeliefCalibration> calibration_of(const StateCourses& courses, std::uint64_t seed) {
  const auto folds = learn::course_folds(courses.all, courses.leave, groups, courses.tested_from);
  Progress bar("belief", static_cast<double>(folds.size()));
  learn::CalibrationOptions options;
  options.yes_or_no = courses.yes_or_no;
  options.leave = courses.leave;
  options.seed = seed;
  options.progress = [&](std::size_t done) { bar.at(static_cast<double>(done)); };
  return learn::calibrate_belief(courses.all, folds, options);
}

void print(const StateCourses& courses, const learn::BeliefCalibration& calibration) {
  std::printf("calibration of the belief that hears the monitor alone: %s\n", courses.what.c_str());
  for (const auto& sensors : calibration.sensors) {
    if (courses.yes_or_no)
      print_chances(sensors);
    else
      print_intervals(sensors);
  }
}

ordered_json to_json(const StateCourses& courses, const learn::BeliefCalibration& calibration) {
  ordered_json out{{"what", courses.what}, {"sensors", ordered_json::array()}};
  for (const auto& sensors : calibration.sensors) {
    ordered_json one{{"sensors", sensors.sensors},
                     {"people", sensors.people},
                     {"moments", sensors.moments},
                     {"observation_sd", sensors.observation_sd}};
    if (courses.yes_or_no) {
      one["off"] = sensors.off;
      one["brier"] = sensors.brier;
      one["brier_of_constant"] = sensors.constant_brier;
      one["bins"] = bins_json(sensors);
    } else {
      one["intervals"] = intervals_json(sensors);
    }
    out["sensors"].push_back(std::move(one));
  }
  return out;
}

CalibrationPlot plot_of(const StateCourses& courses, const learn::BeliefCalibration& calibration) {
  CalibrationPlot plot;
  plot.title = courses.what;
  plot.across = courses.yes_or_no ? "chance that the belief gives" : "interval of the belief";
  plot.up = courses.yes_or_no ? "how often it was so" : "what was true lies within it";
  if (!courses.yes_or_no) plot.allowed = allowed;
  for (const auto& sensors : calibration.sensors) {
    CalibrationPlot::Line line{sensors.sensors == "none" ? "no sensor" : sensors.sensors, {}};
    for (const auto& interval : sensors.intervals)
      line.points.push_back({interval.nominal, interval.covered, interval.error.value_or(0.0)});
    for (const auto& bin : sensors.bins) line.points.push_back({bin.said, bin.was, 0.0});
    plot.lines.push_back(std::move(line));
  }
  return plot;
}

}  // namespace attune::cli
