#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "attune/state/belief.hpp"

namespace attune::cli {

/// One step of (x, v) under constant exposure and feedback: x' = xx·x + xv·v + shift_x + noise, v' likewise.
struct BeliefTransition {
  double xx = 1.0, xv = 0.0, vv = 1.0;
  double shift_x = 0.0, shift_v = 0.0;
  double noise_xx = 0.0, noise_xv = 0.0, noise_vv = 0.0;  ///< covariance
};

/// From a thousand small Euler–Maruyama steps of equations f and j, and not from their closed form.
[[nodiscard]] BeliefTransition small_steps(const state::BeliefParameters& parameters, double dt_s, double z,
                                           double u);

/// The belief's posterior by brute force, sharing no code with `state::Belief`: probabilities on a grid over
/// (x, v), for each pair of Gauss–Hermite nodes of bias and log-gain, moved by summing the transition over
/// all neighbours, and multiplied with each likelihood cell by cell. Takes milliseconds a step.
class BeliefGrid {
 public:
  explicit BeliefGrid(const state::BeliefParameters& parameters);

  void predict(const BeliefTransition& step, double dt_s);
  // The body: what is believed of bias and gain stays, by the belief's definition.
  /// The monitor said `value`, with the given variance of its error within a person.
  void monitor(double value, double variance);
  void attention(bool engaged);
  // Answers: all of the belief learns.
  void suds(double share);     ///< 0..1; 0 and 1 are "here or beyond"
  void comfort(double share);  ///< likewise

  /// KL(grid ‖ Gaussian) over (x, v), nats.
  [[nodiscard]] double divergence_from(const state::BeliefState& gaussian) const;
  /// Mean and covariance of (x, v).
  [[nodiscard]] state::BeliefState moments() const;

 private:
  static constexpr std::size_t nx = 61, nv = 49, biases = 6, gains = 4, inner = biases * gains;
  static constexpr double x0 = -0.9, dx = 0.04, v0 = 0.2, dv = 0.025;
  using Column = std::array<float, inner>;

  static double x_of(std::size_t i) { return x0 + dx * static_cast<double>(i); }
  static double v_of(std::size_t i) { return v0 + dv * static_cast<double>(i); }
  template <typename Likelihood>
  void multiply(Likelihood likelihood);
  template <typename Factors>
  void multiply_each(Factors factors);
  void answer(bool about_x, double share, double sd);
  void drift(double dt_s);
  [[nodiscard]] std::vector<double> over_people() const;

  state::BeliefParameters parameters_;
  std::vector<double> bias_, gain_, bias_weight_, gain_weight_;  ///< nodes, in units of their own
  std::vector<Column> cells_, next_;                             ///< x-major
};

}  // namespace attune::cli
