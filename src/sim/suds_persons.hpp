#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <vector>

#include "attune/sim/population.hpp"

namespace attune::sim {

/// One number a person, person by person.
using Column = Eigen::ArrayXf;

[[nodiscard]] inline Column logistic(const Column& a) { return (1.0F + (-a).exp()).inverse(); }

/// Many persons of plant A side by side, as the equations need them. Rates in 1/s.
struct Persons {
  Column x0, rho_v, gamma, calming, per_up_s, per_down_s, kappa, lambda, avoidance, attending, bias, variance;

  explicit Persons(Eigen::Index count);
  /// Draws them from a population.
  Persons(const Population& population, std::size_t count, std::uint64_t seed);
  [[nodiscard]] Eigen::Index count() const { return x0.size(); }
  /// The persons of some rows, in that order; a row may be there more than once.
  [[nodiscard]] Persons chosen(const std::vector<Eigen::Index>& rows) const;
};

/// How far their session has gone: the slow part of anxiety and habituation.
struct Lives {
  Column x, h;
};

/// All live on for `dt_s` under the intensity whose logarithm is given (one for all, or one each) and calming
/// feedback u. Explicit Euler; attention has its expected value, the fast part of anxiety is left out, and
/// sickness counts as a little less presence.
template <typename LogZ>
void live_on(const Persons& p, Lives& lives, const LogZ& log_z, float u, float dt_s) {
  auto& [x, h] = lives;
  const Column phi = (p.gamma * log_z).exp();
  const Column y = logistic(p.attending - p.avoidance * (x - 0.3F).max(0.0F));
  const Column drive =
      (p.x0 + p.rho_v * phi * (0.6F + 0.4F * y) * (1.0F - h) - u * p.calming).max(0.0F).min(1.0F);
  const Column learning =
      (-((x - 0.55F) * (1.0F / 0.22F)).square()).exp() - 0.5F * logistic((x - 0.90F) * 40.0F);
  h += dt_s * (p.kappa * learning * (0.4F + 0.6F * y) * phi * (1.0F - h) - p.lambda * (1.0F - phi) * h);
  h = h.max(0.0F).min(0.95F);
  x += dt_s * (drive - x) * (drive > x).select(p.per_up_s, p.per_down_s);
}

}  // namespace attune::sim
