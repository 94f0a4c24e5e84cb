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
  double value = 0.0;  ///< an answer as a share of its scale
  state::MonitorOutput monitor;
  double variance = 0.0;  ///< the monitor's within a person, with what its outputs share
  bool engaged = false;
  double x = 0.0, v = 0.0;              ///< the truth
  double rest = 0.0, reactivity = 0.0;  ///< of the person
};

/// Seconds between two moments.
struct BeliefPace {
  double from_s, to_s;
};
inline constexpr BeliefPace short_pace{0.5, 3.0};
/// In which a person has time to answer the exposure.
inline constexpr BeliefPace long_pace{4.0, 20.0};

/// A person drawn from the belief's own model, and what is seen and heard of them: 24 moments, under exposure
/// and feedback that change now and then.
[[nodiscard]] std::vector<BeliefEvent> draw_sequence(const state::BeliefParameters& parameters,
                                                     BeliefPace pace, std::mt19937_64& random);

/// Lets the belief live through one event, in steps of at most a quarter of a second.
void live_through(const BeliefEvent& event, state::Belief& belief);

/// What comparing the belief with a brute-force grid came to.
struct GridComparison {
  std::vector<double> divergence;  ///< KL(grid ‖ belief), nats, after every event
  /// |Mean of the belief − mean of the grid|, in deviations of the grid, after every event.
  std::vector<double> x_off, reactivity_off;
  Coverage x, v;    ///< of the belief's intervals, after every event
  Coverage grid_x;  ///< of intervals of the grid's own moments: what a Gaussian can reach at best
};

/// A person of whom rest and reactivity are known, read by a monitor with a bias and a gain of its own.
/// @param progress  called with the number of sequences done.
[[nodiscard]] GridComparison compare_known_person(std::size_t sequences, std::uint64_t seed,
                                                  const std::function<void(std::size_t)>& progress);

/// A stranger, read by a monitor without bias.
[[nodiscard]] GridComparison compare_stranger(std::size_t sequences, std::uint64_t seed,
                                              const std::function<void(std::size_t)>& progress);

/// How often the truth lies within the belief's intervals, where all of the truth is drawn.
struct DrawnCoverage {
  Coverage x, v, rest, reactivity;
};
[[nodiscard]] DrawnCoverage cover_drawn(std::size_t sequences, std::uint64_t seed);

/// Processor time of one call, microseconds.
struct BeliefCost {
  double predict_us = 0.0, monitor_us = 0.0, attention_us = 0.0, suds_us = 0.0;

  /// Of the dearest update, with the prediction before it.
  [[nodiscard]] double update_us() const;
};
[[nodiscard]] BeliefCost measure_cost();

}  // namespace attune::cli
