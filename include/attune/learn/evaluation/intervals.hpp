#pragma once

#include <array>
#include <cstddef>
#include <span>

/// Answers on a scale with ends, and intervals that should hold them.
namespace attune::learn {

struct Gaussian {
  double mean = 0.5, deviation = 0.3;
};

/// What somebody said, 0..1.
struct WeightedAnswer {
  double value = 0.0;
  /// Half the distance between two answers that could be given; 0: any number could.
  double half_step = 0.0;
  double weight = 1.0;
  std::size_t group = 0;  ///< whose answers are like one another: a person's, or those to one stimulus
};

/// The intervals that a belief is judged by.
inline constexpr std::array judged_intervals{0.5, 0.8, 0.95};

/// The Gaussian whose intervals hold what people say: of the likeliest mean, and the deviation with which the
/// `judged_intervals` miss least. An answer at an end of the scale says "here or beyond", as `state::Belief`
/// takes it, and every other one that it was nearest. (Mean and deviation of the numbers would give intervals
/// that hold too seldom where many answer at an end.) Where there are several groups, each is held against
/// the likeliest mean of the others: the deviation then allows for people, or stimuli, that are new. @return
/// the default without answers.
[[nodiscard]] Gaussian fitting_gaussian(std::span<const WeightedAnswer> answers);

/// The part of an answer that lies within the central interval of a Gaussian, 0..1: an answer stands for all
/// values that would have been rounded to it, and at an end of the scale for those beyond (Czado, Gneiting &
/// Held, Biometrics 65, 2009: the probability integral transform of counts).
/// @param nominal  the interval's share of the Gaussian, within 0..1.
[[nodiscard]] double covered_part(const WeightedAnswer& answer, const Gaussian& belief, double nominal);

/// Deviations from the mean to either end of the central interval: 1.96 for 0.95.
[[nodiscard]] double reach_of(double nominal);

}  // namespace attune::learn
