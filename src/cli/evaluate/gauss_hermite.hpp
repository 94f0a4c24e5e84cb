#pragma once

#include <cstddef>
#include <vector>

namespace attune::cli {

/// Gauss's rule for means under a standard Gaussian, exact for polynomials up to degree 2n − 1.
struct GaussHermite {
  std::vector<double> nodes, weights;  ///< weights sum to 1
};
[[nodiscard]] GaussHermite gauss_hermite(std::size_t count);

/// What an Ornstein–Uhlenbeck process makes of masses on the nodes of its stationary law, when `keep` of a
/// deviation is left: each Hermite polynomial fades with its own power of it (Mehler's formula).
/// @return rows by the node that is reached, columns by the node that was left.
[[nodiscard]] std::vector<double> drift_matrix(const GaussHermite& rule, double keep);

}  // namespace attune::cli
