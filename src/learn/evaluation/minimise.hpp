#pragma once

#include <functional>
#include <vector>

namespace attune::learn {

/// A smooth function: its value at `x`; writes its gradient.
using SmoothFunction = std::function<double(const std::vector<double>& x, std::vector<double>& gradient)>;

struct Minimum {
  std::vector<double> x;
  double value = 0.0;
  std::size_t steps = 0;
  bool converged = false;  ///< the largest part of the gradient is below the tolerance
};

/// Limited-memory BFGS with ten corrections (Nocedal & Wright, Numerical Optimization, 2006, algorithm 7.5)
/// and a line search that halves until the function has fallen enough (Armijo).
[[nodiscard]] Minimum minimise(const SmoothFunction& function, std::vector<double> start,
                               double tolerance = 1e-5, std::size_t most_steps = 200);

}  // namespace attune::learn
