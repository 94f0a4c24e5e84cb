#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "attune/state/belief.hpp"
#include "cli/evaluate/belief_advance.hpp"
#include "cli/evaluate/belief_lattice.hpp"
#include "cli/evaluate/gauss_hermite.hpp"

namespace attune::cli {

/// The belief's posterior about a stranger whom the monitor reads without bias, by brute force: probabilities
/// on a lattice of (x, v) for each pair of nodes of rest and reactivity, each pair with a transition of its
/// own. For steps of some seconds: shorter ones' noise would be narrower than a cell.
class PersonGrid {
 public:
  explicit PersonGrid(const state::BeliefParameters& parameters);

  void predict(double dt_s, double z, double u);
  /// The monitor spoke, with the given variance of its error. All of the person is learnt.
  void monitor(const state::MonitorOutput& output, double variance);
  /// What is believed of rest and reactivity stays, by the belief's definition.
  void attention(bool engaged);
  // Answers: all of the person is learnt.
  void suds(double share);     ///< 0..1; 0 and 1 are "here or beyond"
  void comfort(double share);  ///< likewise

  /// KL(grid ‖ Gaussian) over (x, v), nats.
  [[nodiscard]] double divergence_from(const state::BeliefState& gaussian) const;
  /// Mean and covariance of (x, v).
  [[nodiscard]] state::BeliefState moments() const;
  [[nodiscard]] state::Responsiveness responsiveness() const;

 private:
  static constexpr BeliefLattice lattice{107, 36, -0.8, 0.03, 0.17, 0.035};
  static constexpr std::size_t rests = 6, reactivities = 8, nodes = rests * reactivities;
  using Cells = BeliefCells<1>;

  [[nodiscard]] double rest_of(std::size_t node) const;
  [[nodiscard]] double reactivity_of(std::size_t node) const;
  double habituate(double dt_s, double z);
  void mix(double keep_rest, double keep_reactivity);
  template <typename Likelihood>
  void multiply(Likelihood likelihood, bool learns_of_person);
  [[nodiscard]] std::vector<double> over_people() const;

  state::BeliefParameters parameters_;
  GaussHermite rest_, reactivity_;          ///< in deviations
  double mean_reactivity_, sd_reactivity_;  ///< of those of whom nothing is heard: they habituate
  std::array<Cells, nodes> cells_;
  Cells scratch_;
};

}  // namespace attune::cli
