#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "cli/evaluate/belief_lattice.hpp"

namespace attune::cli {

/// Masses of a lattice, v-major; each cell holds one of `inner` columns that move alike.
template <std::size_t inner>
using BeliefCells = std::vector<std::array<float, inner>>;

/// Masses below this are not moved: what is smaller than a float can hold well takes a hundred times as long.
inline constexpr float next_to_nothing = 1e-15F;

/// A row of cells in x goes to `scale` x + `shift`, with noise of deviation `sd`.
template <std::size_t inner>
void move_row(const BeliefLattice& lattice, const std::array<float, inner>* from,
              std::array<float, inner>* to, double scale, double shift, double sd) {
  // A Gaussian at even distances by two products a step: e^(−(a+ih)²/2) = e^(−a²/2) · r^i · c^(i²).
  const double h = lattice.dx / sd, c = std::exp(-h * h);
  for (std::size_t ix = 0; ix < lattice.nx; ++ix) {
    if (*std::max_element(from[ix].begin(), from[ix].end()) < next_to_nothing) continue;
    const double mean = scale * lattice.x_of(ix) + shift;
    const auto cells = lattice.x_within(mean, sd);
    const double a = (lattice.x_of(cells.first) - mean) / sd;
    double value = std::exp(-0.5 * a * a) * h * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
    double ratio = std::exp(-a * h - 0.5 * h * h);
    for (auto jx = cells.first; jx <= cells.last; ++jx, value *= ratio, ratio *= c) {
      const auto part = static_cast<float>(value);
      for (std::size_t k = 0; k < inner; ++k) to[jx][k] += part * from[ix][k];
    }
  }
}

/// One step of (x, v). The noise of x is what comes with v's, `slope` times it, and what does not: this is
/// given in two halves, so that neither move falls between the cells.
template <std::size_t inner>
void advance(const BeliefLattice& lattice, const BeliefTransition& step, BeliefCells<inner>& cells,
             BeliefCells<inner>& scratch) {
  const double sd_v = std::sqrt(step.noise_vv), slope = step.noise_xv / step.noise_vv;
  const double half_sd = std::sqrt(0.5 * (step.noise_xx - slope * step.noise_xv));
  const auto nx = lattice.nx, nv = lattice.nv;
  std::fill(scratch.begin(), scratch.end(), std::array<float, inner>{});
  for (std::size_t iv = 0; iv < nv; ++iv)  // x̂ = xx·x + (xv − slope·vv)·v + noise
    move_row(lattice, &cells[iv * nx], &scratch[iv * nx], step.xx,
             (step.xv - slope * step.vv) * lattice.v_of(iv), half_sd);
  std::fill(cells.begin(), cells.end(), std::array<float, inner>{});
  for (std::size_t iv = 0; iv < nv; ++iv) {  // v' at that x̂
    const double mean_v = step.vv * lattice.v_of(iv) + step.shift_v;
    const auto reached = lattice.v_within(mean_v, sd_v);
    for (auto jv = reached.first; jv <= reached.last; ++jv) {
      const double ev = (lattice.v_of(jv) - mean_v) / sd_v;
      const auto weight = static_cast<float>(std::exp(-0.5 * ev * ev) * lattice.dv / sd_v *
                                             std::numbers::inv_sqrtpi / std::numbers::sqrt2);
      if (weight < next_to_nothing) continue;
      for (std::size_t ix = 0; ix < nx; ++ix)
        for (std::size_t k = 0; k < inner; ++k) cells[jv * nx + ix][k] += weight * scratch[iv * nx + ix][k];
    }
  }
  std::fill(scratch.begin(), scratch.end(), std::array<float, inner>{});
  for (std::size_t jv = 0; jv < nv; ++jv)  // x' = x̂ + slope·(v' − shift_v) + shift_x + noise
    move_row(lattice, &cells[jv * nx], &scratch[jv * nx], 1.0,
             slope * (lattice.v_of(jv) - step.shift_v) + step.shift_x, half_sd);
  cells.swap(scratch);
}

}  // namespace attune::cli
