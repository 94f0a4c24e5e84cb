#pragma once

#include <map>
#include <string>
#include <vector>

#include "attune/core/result.hpp"
#include "learn/standardising.hpp"

namespace attune::learn {

/// A set's labels among those of the others, by the training people.
struct SetScale {
  /// How far their mean lies above the mean of all sets. Networks learn labels without it: how high a
  /// questionnaire's scale begins is no news of a person, and must not be worth learning.
  double offset = 0.0;
  double weight = 1.0;  ///< how often each of its samples counts
};

/// One monitor's people in three parts, and what it learns of them.
struct Lesson {
  Samples training, validation, judged;
  state::Standardisation standardisation;  ///< by the training people
  std::map<std::string, SetScale> set_scales;
  Rows training_rows, validation_rows;
  std::vector<float> line;  ///< `ridge_line` of the training rows: what its network begins at

  /// Nothing special for a set that nobody was learnt from.
  [[nodiscard]] SetScale scale_of(const std::string& set) const {
    const auto found = set_scales.find(set);
    return found != set_scales.end() ? found->second : SetScale();
  }
};

/// What `TrainingOptions` describes: first the lesson of the network that is kept, which judges nobody, then
/// those of the networks that are only judged. @param data  must outlive them.
/// Errors: fewer than three people, no feature varies.
[[nodiscard]] core::Result<std::vector<Lesson>> lessons_of(const Dataset& data, std::size_t parts,
                                                           std::uint64_t seed);

/// How a monitor is fitted to a lesson.
[[nodiscard]] FitPlan plan_of(const Lesson& lesson, const Settings& settings, std::uint64_t seed);

/// Errors: a label outside 0..1, all labels equal, naming the first that is wrong.
[[nodiscard]] core::Result<void> check_labels(const Dataset& data);

}  // namespace attune::learn
