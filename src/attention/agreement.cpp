#include "attune/attention/agreement.hpp"

namespace attune::attention {

void LabelAgreement::add(GazeLabel first, GazeLabel second) {
  ++counts_.at(static_cast<std::size_t>(first)).at(static_cast<std::size_t>(second));
  ++samples_;
}

std::int64_t LabelAgreement::count(GazeLabel first, GazeLabel second) const {
  return counts_.at(static_cast<std::size_t>(first)).at(static_cast<std::size_t>(second));
}

std::optional<double> LabelAgreement::kappa(GazeLabel label) const {
  if (samples_ == 0) return std::nullopt;
  const auto wanted = static_cast<std::size_t>(label);
  std::int64_t by_first = 0, by_second = 0;
  for (std::size_t other = 0; other < gaze_label_count; ++other) {
    by_first += counts_[wanted][other];
    by_second += counts_[other][wanted];
  }
  const auto by_both = counts_[wanted][wanted];
  const auto all = static_cast<double>(samples_);
  const double first = static_cast<double>(by_first) / all, second = static_cast<double>(by_second) / all;
  const double agreed = 1.0 - static_cast<double>(by_first + by_second - 2 * by_both) / all;
  const double by_chance = first * second + (1.0 - first) * (1.0 - second);
  if (by_chance >= 1.0) return std::nullopt;
  return (agreed - by_chance) / (1.0 - by_chance);
}

}  // namespace attune::attention
