#pragma once

#include <array>

namespace attune::state {

struct Node {
  double at, weight;
};

/// Nodes and weights for means under a standard Gaussian: probabilists' Gauss–Hermite, 16 points, from the
/// zeros of He16 found with 40 digits.
inline constexpr std::array<Node, 16> standard_nodes = [] {
  constexpr std::array<Node, 8> half{{
      {0.38676060450055733, 0.28656852123801213},
      {1.1638291005549648, 0.15833837275094961},
      {1.9519803457163334, 0.047284752354014026},
      {2.7602450476307014, 0.0072669376011847333},
      {3.6008736241715482, 0.00052598492657390924},
      {4.4929553025200111, 1.5300032162487272e-05},
      {5.4722257059493433, 1.3094732162868227e-07},
      {6.6308781983931286, 1.4978147231618397e-10},
  }};
  std::array<Node, 16> all{};
  for (std::size_t i = 0; i < half.size(); ++i) {
    all[2 * i] = half[i];
    all[2 * i + 1] = {-half[i].at, half[i].weight};
  }
  return all;
}();

/// The same with 3 points, for what is nearly a straight line.
inline constexpr std::array<Node, 3> few_nodes{
    {{0.0, 2.0 / 3.0}, {1.7320508075688772, 1.0 / 6.0}, {-1.7320508075688772, 1.0 / 6.0}}};

}  // namespace attune::state
