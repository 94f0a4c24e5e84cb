#include "learn/fitting.hpp"

#include <cmath>

#include "attune/learn/dataset.hpp"
#include "learn/torch_library.hpp"

namespace attune::learn {

core::Result<Fitted> fit(const Rows& training, const Rows& validation, const NetworkShape& shape,
                         const InputScales& scales, const TrainingOptions& options, const Disturb& disturb) {
  if (training.size() == 0 || validation.size() == 0) {
    return core::bad_input("there are too few people to train on some and validate on others");
  }
  auto library = torch_library();
  if (!library) return library.error();
  std::string problem;
  const auto trainer = (*library)->train(shape, scales, options.learning_rate, options.seed, problem);
  if (!trainer) return core::failed("training does not start: " + problem);

  Fitted fitted;
  std::mt19937_64 random(options.seed);
  Rows batch{training.width, {}, {}};
  for (std::size_t epoch = 1; epoch <= options.epochs; ++epoch) {
    for (const auto& indices : Dataset::minibatches(training.size(), options.batch, random)) {
      batch.inputs.clear();
      batch.labels.clear();
      for (const auto index : indices) {
        const auto begin = training.inputs.begin() + static_cast<std::ptrdiff_t>(index * training.width);
        batch.inputs.insert(batch.inputs.end(), begin, begin + static_cast<std::ptrdiff_t>(training.width));
        batch.labels.push_back(training.labels[index]);
        if (disturb) disturb(batch.inputs.data() + batch.inputs.size() - training.width, random);
      }
      double loss = 0.0;
      if (!trainer->step(batch.inputs.data(), batch.labels.data(), batch.size(), loss, problem)) {
        return core::failed("training stopped in epoch " + std::to_string(epoch) + ": " + problem);
      }
    }
    EpochLoss losses{epoch, 0.0, 0.0};
    if (!trainer->evaluate(training.inputs.data(), training.labels.data(), training.size(), losses.training,
                           problem) ||
        !trainer->evaluate(validation.inputs.data(), validation.labels.data(), validation.size(),
                           losses.validation, problem)) {
      return core::failed("training stopped in epoch " + std::to_string(epoch) + ": " + problem);
    }
    if (!std::isfinite(losses.training) || !std::isfinite(losses.validation)) {
      return core::bad_input("the loss is no longer finite in epoch " + std::to_string(epoch) +
                             ": give a smaller --lr");
    }
    fitted.epochs.push_back(losses);
    if (options.on_epoch) options.on_epoch(losses);
  }
  if (!trainer->save(fitted.bytes, problem)) return core::failed("the model cannot be saved: " + problem);
  return fitted;
}

}  // namespace attune::learn
