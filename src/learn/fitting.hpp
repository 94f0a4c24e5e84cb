#pragma once

#include <functional>
#include <random>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/learn/training.hpp"
#include "learn/backend.hpp"

namespace attune::learn {

/// Rows of inputs with their labels, as the border to LibTorch takes them.
struct Rows {
  std::size_t width = 0;
  std::vector<float> inputs;  ///< row by row
  std::vector<float> labels;

  [[nodiscard]] std::size_t size() const { return labels.size(); }
};

/// Changes one row of a batch before the network sees it, or leaves it alone.
using Disturb = std::function<void(float* row, std::mt19937_64& random)>;

struct Fitted {
  std::string bytes;
  std::vector<EpochLoss> epochs;
};

/// Passes over the training rows in minibatches until `options.epochs` are done; the validation rows are only
/// measured. Errors: no row in either part, a loss that is not finite, LibTorch's own.
[[nodiscard]] core::Result<Fitted> fit(const Rows& training, const Rows& validation,
                                       const NetworkShape& shape, const InputScales& scales,
                                       const TrainingOptions& options, const Disturb& disturb);

}  // namespace attune::learn
