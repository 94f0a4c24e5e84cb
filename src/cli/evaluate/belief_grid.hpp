#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "attune/state/belief.hpp"
#include "cli/evaluate/belief_advance.hpp"
#include "cli/evaluate/belief_lattice.hpp"
#include "cli/evaluate/gauss_hermite.hpp"

namespace attune::cli {

/// The belief's posterior about a person who is known, by brute force: probabilities on a lattice of (x, v),
/// for each pair of Gauss–Hermite nodes of bias and log-gain, moved by summing the transition over all
/// neighbours, and multiplied with each likelihood cell by cell. Takes milliseconds a step.
class BeliefGrid {
 public:
  /// @param parameters  with no spread of rest and reactivity, and without habituation.
  explicit BeliefGrid(const state::BeliefParameters& parameters);

  void predict(double dt_s, double z, double u);
  // Monitor and answers: bias and gain are learnt as well, by Bayes' rule to the letter. (The belief leaves
  // them to the answers; what that costs is part of the divergence.)
  /// The monitor spoke, with the given variance of its error within a person.
  void monitor(const state::MonitorOutput& output, double variance);
  /// What is believed of bias and gain stays, by the belief's definition.
  void attention(bool engaged);
  void suds(double share);     ///< 0..1; 0 and 1 are "here or beyond"
  void comfort(double share);  ///< likewise

  /// KL(grid ‖ Gaussian) over (x, v), nats.
  [[nodiscard]] double divergence_from(const state::BeliefState& gaussian) const;
  /// Mean and covariance of (x, v).
  [[nodiscard]] state::BeliefState moments() const;

 private:
  static constexpr BeliefLattice lattice{157, 49, -0.45, 0.0125, 0.2, 0.025};
  static constexpr std::size_t biases = 8, gains = 5, inner = biases * gains;

  template <typename Likelihood>
  void multiply(Likelihood likelihood);
  template <typename Factors>
  void multiply_each(Factors factors, bool learns_of_monitor);
  void answer(bool about_x, double share, double sd);
  void drift(double dt_s);
  [[nodiscard]] std::vector<double> over_people() const;

  state::BeliefParameters parameters_;
  GaussHermite bias_, gain_;  ///< in units of their own
  BeliefCells<inner> cells_, scratch_;
};

}  // namespace attune::cli
