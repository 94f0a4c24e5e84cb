#pragma once

#include <functional>
#include <vector>

#include "attune/core/result.hpp"
#include "learn/standardising.hpp"

namespace attune::learn {

/// One monitor's people in three parts, and what it learns of them.
struct Lesson {
  Samples training, validation, judged;
  state::Standardisation standardisation;  ///< by the training people
  Rows training_rows, validation_rows;
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
