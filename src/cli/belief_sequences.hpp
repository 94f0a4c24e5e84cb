#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <vector>

#include "attune/state/belief.hpp"

namespace attune::cli {

/// How often the truth lay within the intervals that a belief gave.
struct Coverage {
  std::size_t count = 0;
  std::size_t within_50 = 0, within_80 = 0, within_95 = 0;

  /// @param off  |truth − mean| in deviations.
  void add(double off);
  void add(const Coverage& other);
  [[nodiscard]] double share_50() const { return share(within_50); }
  [[nodiscard]] double share_80() const { return share(within_80); }
  [[nodiscard]] double share_95() const { return share(within_95); }

 private:
  [[nodiscard]] double share(std::size_t within) const {
    return count == 0 ? 0.0 : static_cast<double>(within) / static_cast<double>(count);
  }
};

/// What may happen to a belief, and the truth at that moment.
struct BeliefEvent {
  enum class Kind { monitor, attention, suds, comfort, silence };

  double dt_s = 0.0, z = 0.0, u = 0.0;  ///< what passed before it
  Kind kind = Kind::silence;
  double value = 0.0;     ///< the monitor's estimate; an answer as a share of its scale
  double sd = 0.0;        ///< the monitor's, over people
  double variance = 0.0;  ///< the monitor's within a person, with what its outputs share
  bool engaged = false;
  double x = 0.0, v = 0.0;  ///< the truth
};

/// A person drawn from the belief's own model, and what is seen and heard of them: 24 moments, 0.5 to 3 s
/// apart, under exposure and feedback that change now and then.
[[nodiscard]] std::vector<BeliefEvent> draw_sequence(const state::BeliefParameters& parameters,
                                                     std::mt19937_64& random);

/// Lets the belief live through one event.
void live_through(const BeliefEvent& event, state::Belief& belief);

/// What comparing the belief with the brute-force grid came to.
struct GridComparison {
  std::vector<double> divergence;  ///< KL(grid ‖ belief), nats, after every event
  Coverage x, v;                   ///< of the belief's intervals, after every event
  Coverage grid_x;  ///< of intervals of the grid's own moments: what a Gaussian can reach at best
};

/// @param progress  called with the number of sequences done.
[[nodiscard]] GridComparison compare_with_grid(const state::BeliefParameters& parameters,
                                               std::size_t sequences, std::uint64_t seed,
                                               const std::function<void(std::size_t)>& progress);

/// Processor time of one call, microseconds.
struct BeliefCost {
  double predict_us = 0.0, monitor_us = 0.0, attention_us = 0.0, suds_us = 0.0;
};
[[nodiscard]] BeliefCost measure_cost();

}  // namespace attune::cli
