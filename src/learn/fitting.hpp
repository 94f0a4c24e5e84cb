#pragma once

#include <functional>
#include <memory>
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
  std::vector<float> weights;  ///< how often each counts

  [[nodiscard]] std::size_t size() const { return labels.size(); }
};

/// Changes one row of a batch before the network sees it, or leaves it alone.
using Disturb = std::function<void(float* row, std::mt19937_64& random)>;

/// What a network learns, and how.
struct FitPlan {
  NetworkShape shape;
  InputScales scales;
  Settings settings;
  std::uint64_t seed = 1;
  Disturb disturb;
  std::vector<float> line;  ///< what the network begins at, intercept last; empty: at random
};

/// What remains of a network's training.
struct Fitted {
  std::string bytes;              ///< after the pass with the least error in validation
  std::vector<EpochLoss> epochs;  ///< of all passes; one that began at a line has that as epoch 0
  EpochLoss best;                 ///< of the pass that was kept
};

/// A network under training, pass by pass. The validation rows are measured, never learnt from.
class Fit {
 public:
  /// @param training, validation  must outlive it. Errors: no row in either, LibTorch's own.
  [[nodiscard]] static core::Result<std::unique_ptr<Fit>> start(const Rows& training, const Rows& validation,
                                                                FitPlan plan);
  /// One pass over the training rows in minibatches. Errors: a loss that is not finite, LibTorch's own.
  [[nodiscard]] core::Result<EpochLoss> pass();
  [[nodiscard]] bool finished() const { return passes_ >= plan_.settings.epochs; }
  /// What the passes until now leave; nothing before the first of a network that began at random.
  [[nodiscard]] const Fitted& fitted() const { return fitted_; }

 private:
  Fit(const Rows& training, const Rows& validation, FitPlan plan, std::unique_ptr<TrainerBackend> trainer);
  [[nodiscard]] core::Result<void> learn(std::size_t epoch);
  /// Measures, and keeps the network where it is better than ever.
  [[nodiscard]] core::Result<EpochLoss> measure(std::size_t epoch);
  [[nodiscard]] core::Result<double> error_on(const Rows& rows, std::size_t epoch);

  const Rows* training_;
  const Rows* validation_;
  FitPlan plan_;
  std::unique_ptr<TrainerBackend> trainer_;
  std::mt19937_64 random_;
  Fitted fitted_;
  std::size_t passes_ = 0;
};

/// One network's passes, all of them. @param on_epoch, stop  as `TrainingOptions`; may be empty.
[[nodiscard]] core::Result<Fitted> fit(const Rows& training, const Rows& validation, FitPlan plan,
                                       const std::function<void(const EpochLoss&)>& on_epoch,
                                       const std::function<bool()>& stop);

}  // namespace attune::learn
