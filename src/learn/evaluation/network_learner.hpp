#pragma once

#include <array>
#include <memory>
#include <random>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/state/features.hpp"
#include "learn/backend.hpp"
#include "learn/evaluation/linear_start.hpp"

namespace attune::learn {

using InputRow = std::array<float, state::feature_count>;

/// The monitor's shape, its inputs standardised beforehand; of more than two classes with a last layer of as
/// many.
[[nodiscard]] inline NetworkShape shape_for(std::size_t classes) {
  return {state::feature_count, 64, 32, false, classes == 2 ? 1 : classes};
}

/// A network while it learns.
class NetworkLearner {
 public:
  /// @param lines  over all inputs, that it says at first. Errors: LibTorch does not open or refuses.
  core::Result<void> start(const NetworkShape& shape, const Lines& lines, std::uint64_t seed);
  /// Steps, each on a batch drawn by the examples' weights, groups of features hidden.
  /// @param labels  rows × outputs
  core::Result<void> step(std::size_t steps, const std::vector<InputRow>& rows,
                          const std::vector<float>& labels, std::discrete_distribution<std::size_t>& any);
  /// The network as it is now.
  core::Result<std::shared_ptr<NetworkBackend>> network();

 private:
  NetworkShape shape_;
  TorchBackend* library_ = nullptr;
  std::unique_ptr<TrainerBackend> trainer_;
  std::mt19937_64 random_;
};

}  // namespace attune::learn
