#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/evaluation/example.hpp"
#include "attune/learn/evaluation/folds.hpp"
#include "attune/learn/evaluation/intervals.hpp"
#include "attune/state/features.hpp"
#include "attune/state/own_start.hpp"

/// Whether the belief's intervals hold on people whom the monitor had not met.
namespace attune::learn {

/// One stay of a person, as the runtime would live through it.
struct Course {
  struct Moment {
    double time_s = 0.0;  ///< since the course's start, rising
    state::Features features;
    state::OwnStart own;          ///< as it was known by then
    std::optional<double> truth;  ///< 0..1, where it is judged and learnt from
  };

  std::string person;  ///< unique over the set
  std::string stimulus;
  double length_s = 0.0;
  /// Half the distance between two answers that could be given, 0..1 scale; 0: any number could.
  double half_step = 0.0;
  std::vector<Moment> moments;
};

struct CourseFold {
  Indices training, test;
};

/// People are put into at most `groups` groups; each is judged by what was learnt from the others, with other
/// stimuli where `what` says so. @param tested_from  where set: the courses from there on are judged by what
/// was learnt from those before.
[[nodiscard]] std::vector<CourseFold> course_folds(std::span<const Course> courses, LeaveOut what,
                                                   std::size_t groups,
                                                   std::optional<std::size_t> tested_from = std::nullopt);

/// What intervals were worth over all moments; every course counts once.
struct IntervalFigures {
  double nominal = 0.0;          ///< 0..1
  double covered = 0.0;          ///< mean of `covered_part`
  std::optional<double> error;   ///< of `covered`, over people
  double covered_plainly = 0.0;  ///< share of answers that are, as a number, in the interval
  double width = 0.0;            ///< mean, from end to end, 0..1 scale
  double constant_width = 0.0;   ///< of the belief that hears of no monitor
};

/// Chances that were said, in parts of equal number by size, and how often it then was so.
struct ChanceBin {
  double said = 0.0, was = 0.0;
  std::size_t moments = 0;
};

struct SensorCalibration {
  std::string sensors;  ///< "all", "eyes", …
  std::size_t people = 0, moments = 0;
  double observation_sd = 0.0;             ///< mean deviation that the monitor gives with its estimates
  std::vector<IntervalFigures> intervals;  ///< 50, 80, 95 %; none where the truth is yes or no
  // Where the truth is yes or no: the belief's mean as the chance of yes.
  std::vector<ChanceBin> bins;
  double brier = 0.0,
         constant_brier = 0.0;  ///< mean squared error of the chance; and of the training people's
  double off = 0.0;             ///< mean over moments of |said − was| of their bin
};

struct BeliefCalibration {
  std::vector<SensorCalibration> sensors;  ///< all that the set has, each alone, and none
};

struct CalibrationOptions {
  bool yes_or_no = false;             ///< the truth is 0 or 1
  LeaveOut leave = LeaveOut::person;  ///< what the folds leave out
  std::uint64_t seed = 1;
  std::function<void(std::size_t)> progress;  ///< folds done
};

/// In every fold: a monitor is trained on the training people (`train_monitor`, with the noise that it
/// measured, by sensors, on people kept apart among them), and `state::Belief` goes through every course that
/// is judged, hearing nothing but the monitor. Its `rest` and `spread_x` are the training people's, since
/// nobody of a public set is in a programme; all other constants are its own. Errors: as `train_monitor`.
[[nodiscard]] core::Result<BeliefCalibration> calibrate_belief(std::span<const Course> courses,
                                                               std::span<const CourseFold> folds,
                                                               const CalibrationOptions& options);

}  // namespace attune::learn
