#pragma once

#include <cstddef>
#include <span>

#include "attune/state/belief.hpp"

// What the brute-force filters have in common: cells of (x, v), one step of the equations in small steps, and
// likelihoods. Nothing of it is shared with `state::Belief` but the constants.
namespace attune::cli {

/// Even cells of (x, v). Masses over them are v-major (neighbours in x lie side by side) and sum to 1.
struct BeliefLattice {
  std::size_t nx, nv;
  double x0, dx, v0, dv;

  [[nodiscard]] constexpr double x_of(std::size_t i) const { return x0 + dx * static_cast<double>(i); }
  [[nodiscard]] constexpr double v_of(std::size_t i) const { return v0 + dv * static_cast<double>(i); }
  [[nodiscard]] constexpr std::size_t size() const { return nx * nv; }

  /// A row of cells, both ends included.
  struct Range {
    std::size_t first, last;
  };
  /// The cells of x, or of v, in which a Gaussian has all but two millionths of its mass; the nearest, where
  /// it lies beyond the lattice.
  [[nodiscard]] Range x_within(double mean, double sd) const { return within(mean, sd, x0, dx, nx); }
  [[nodiscard]] Range v_within(double mean, double sd) const { return within(mean, sd, v0, dv, nv); }

  /// Mean and covariance of (x, v).
  [[nodiscard]] state::BeliefState moments(std::span<const double> mass) const;
  /// KL(mass ‖ Gaussian), nats.
  [[nodiscard]] double divergence(std::span<const double> mass, const state::BeliefState& gaussian) const;

 private:
  static Range within(double mean, double sd, double from, double width, std::size_t count);
};

/// How one person answers exposure during a step.
struct PersonStep {
  double rest = 0.0;
  double reactivity = 0.0, reactivity_after = 0.0;  ///< at its beginning and its end; a line between
};

/// One step of (x, v) under constant exposure and feedback: x' = xx·x + xv·v + shift_x + noise, v' likewise.
struct BeliefTransition {
  double xx = 1.0, xv = 0.0, vv = 1.0;
  double shift_x = 0.0, shift_v = 0.0;
  double noise_xx = 0.0, noise_xv = 0.0, noise_vv = 0.0;  ///< covariance
};

/// From a thousand small Euler–Maruyama steps of equations f and j, and not from their closed form.
[[nodiscard]] BeliefTransition small_steps(const state::BeliefParameters& parameters,
                                           const PersonStep& person, double dt_s, double z, double u);

/// Of an answer, up to a factor. @param share  0..1 of its scale; 0 and 1 are "here or beyond".
[[nodiscard]] double answer_likelihood(double share, double value, double sd);
/// Of a look, with the weight that the belief gives to one.
[[nodiscard]] double look_likelihood(const state::BeliefParameters& parameters, bool engaged, double x,
                                     double v);

}  // namespace attune::cli
