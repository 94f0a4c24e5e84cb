#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "attune/learn/evaluation/intervals.hpp"
#include "learn/lessons.hpp"

namespace attune::learn {

/// A moment of somebody, and what a network that had not learnt from them said of it.
struct Judged {
  const Dataset::Sample* sample = nullptr;
  std::size_t visit = 0;  ///< the same for all moments of a visit
  /// By the sensors that were taken into account, at the set's level (`SetScale`); meaningless
  /// where the moment has not all of them.
  std::array<double, state::sensor_set_count> estimates{};
  state::SensorSet sensors = 0;  ///< that it has
  std::size_t network = 0;       ///< whose estimates these are
  // What the network's training people tell without it.
  double constant = 0.0;      ///< mean of their visits
  double set_constant = 0.0;  ///< mean of those of the same set
  Gaussian set_usual;         ///< that single moments of the same set are nearest to
  double half_step = 0.0;     ///< half the least distance between two of the set's labels
  double length_alone = 0.0;  ///< line through those of the same set, label against length

  [[nodiscard]] double label() const { return static_cast<double>(sample->label); }
  [[nodiscard]] double estimate() const { return estimates[sensors]; }
};

/// What a monitor says of its lesson's judged people. @param network  to call it by.
[[nodiscard]] std::vector<Judged> judge(const state::StateMonitor& monitor, const Lesson& lesson,
                                        std::size_t network);

/// Gives visits their numbers, over the answers of all networks.
void number_visits(std::vector<Judged>& judged);

/// Mean over visits of the weighted mean over their moments, of those for which there is a value.
/// @param value  nothing: the moment is left out.
[[nodiscard]] std::optional<double> mean_over_visits(
    const std::vector<Judged>& judged, const std::function<std::optional<double>(const Judged&)>& value);

}  // namespace attune::learn
