#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "attune/state/monitor_noise.hpp"

/// What was measured of a monitor, for its card.
namespace attune::learn {

/// Mean squared errors after one pass over the training data.
struct EpochLoss {
  std::size_t epoch = 0;  ///< from 1; 0: what a network began at
  double training = 0.0, validation = 0.0;
};

/// Root mean squared errors over people kept apart, 0..1 scale; every visit counts once.
struct ErrorFigures {
  double model = 0.0;
  double set_constant = 0.0;  ///< the training visits' mean of the same set instead of a model
  std::size_t people = 0, samples = 0;

  /// Share of the spread around the set's mean that the model explains; below 0: it does harm.
  [[nodiscard]] double skill() const;
};

struct SetFigures : ErrorFigures {
  std::string set;
};

/// Of an estimate that is made from some sensors, whatever else was there.
struct SensorFigures : ErrorFigures {
  state::SensorSet sensors = 0;
  double observation_sd = 0.0;  ///< `observation_sd_of(model, set_constant)`
  /// Of the squared error, what a person keeps through a visit, 0..1: the error of visits' means, less what
  /// chance leaves of errors that pass within `state::BeliefParameters::monitor_memory_s`.
  double person_share = 0.0;
  // The estimate on the label: `state::SensorWorth`.
  double slope = 1.0;  ///< the skill, as far as `observation_sd_of` believes it
  double intercept = 0.0;
};

/// How well the deviations hold that the belief takes. Of every moment of people kept apart, the estimate is
/// taken as a measurement, with the Gaussian that the labels of the set's training people are nearest to as
/// the prior (`fitting_gaussian`); what is asked is how much of the label lies within the interval around the
/// mean (`covered_part`), and how wide that is.
struct Calibration {
  struct Interval {
    double nominal = 0.0;     ///< 0..1
    double coverage = 0.0;    ///< mean over visits' moments, 0..1
    double half_width = 0.0;  ///< mean, 0..1 scale
  };
  std::vector<Interval> intervals;  ///< of sets whose labels are graded; empty without one
  /// Estimates in ten parts of equal number, by size, and the labels that go with them.
  struct Bin {
    double estimate = 0.0, label = 0.0;  ///< means
    std::size_t samples = 0;
  };
  std::vector<Bin> bins;

  [[nodiscard]] const Interval* at(double nominal) const;
};

/// All of people kept apart: judged by networks that had not learnt from them.
struct MonitorFigures : ErrorFigures {
  double constant = 0.0;        ///< the training visits' mean instead of a model
  double length_alone = 0.0;    ///< a line through the training visits of the set: label against length
  double model_visits = 0.0;    ///< the model's mean over a visit against the visit's mean label
  double observation_sd = 0.0;  ///< `observation_sd_of(model, set_constant)`, with the sensors as they came
  std::vector<SetFigures> sets;
  std::vector<SensorFigures> sensors;  ///< every set of sensors that enough people had
  Calibration calibration;

  // Of the network that is kept.
  std::size_t training_people = 0, training_samples = 0;
  std::vector<std::string> validation_names;
  std::vector<EpochLoss> epochs;
  std::size_t best_epoch = 0;
  bool interrupted = false;  ///< it was told to stop before its passes were done

  [[nodiscard]] state::MonitorNoise noise() const;
};

/// The standard deviation with which the belief should take a model's estimate as a measurement of x.
///
/// A regression's estimate is already drawn towards the mean, so its error is not the noise of a measurement:
/// a model that knows nothing errs by the spread V of the labels, and must not move the belief at all. A
/// measurement with r² = V (1 − R²)/R² leaves the belief with the variance V (1 − R²) that the model showed,
/// R² = 1 − (model/constant)². R² counts as at least 0.02, so that r stays finite: there, r is seven times
/// the spread.
/// @param model, constant  root mean squared errors on people kept apart, above 0.
[[nodiscard]] double observation_sd_of(double model, double constant);

/// R² as it counts there: also how much of a difference in x an estimate shows.
[[nodiscard]] double believed_skill_of(double model, double constant);

}  // namespace attune::learn
