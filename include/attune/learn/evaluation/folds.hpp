#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attune/learn/evaluation/example.hpp"

namespace attune::learn {

struct Fold {
  Indices training, test;
};

/// Every example is in exactly one test part. Folds come by person, then stimulus, sorted by name, and a part
/// keeps the examples' order. Those whose training part would be empty are left out.
[[nodiscard]] std::vector<Fold> leave_out(std::span<const Example> examples, LeaveOut what);

/// Learning from all who come before `tested_from` in the list and judging those from there on: one fold, or
/// one a stimulus that is judged, without which is learnt. A fold without anything to learn from is left out.
[[nodiscard]] std::vector<Fold> train_and_test(std::span<const Example> examples, std::size_t tested_from,
                                               LeaveOut what);

/// As `leave_out` for some of the examples and as the selection says, with people put together in `parts`
/// groups, the same for the same names: for choices that are made inside a fold. Where stimuli are left out
/// as well, they are put in as many groups, and the first `parts` folds judge every person once.
/// @param parts  at least 2.
[[nodiscard]] std::vector<Fold> leave_groups_out(Selection selection, std::size_t parts);

/// The first person or stimulus that is in both parts though it must not be; nothing when all is well.
[[nodiscard]] std::optional<std::string> crossing(std::span<const Example> examples, const Fold& fold,
                                                  LeaveOut what);

}  // namespace attune::learn
