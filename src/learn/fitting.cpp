#include "learn/fitting.hpp"

#include <cmath>

#include "attune/learn/dataset.hpp"
#include "learn/torch_library.hpp"

namespace attune::learn {

namespace {

core::Error stopped(std::size_t epoch, const std::string& problem) {
  return core::failed("training stopped in epoch " + std::to_string(epoch) + ": " + problem);
}

}  // namespace

Fit::Fit(const Rows& training, const Rows& validation, FitPlan plan, std::unique_ptr<TrainerBackend> trainer)
    : training_(&training),
      validation_(&validation),
      plan_(std::move(plan)),
      trainer_(std::move(trainer)),
      random_(plan_.seed) {}

core::Result<std::unique_ptr<Fit>> Fit::start(const Rows& training, const Rows& validation, FitPlan plan) {
  if (training.size() == 0 || validation.size() == 0)
    return core::bad_input("there are too few people to train on some and validate on others");
  auto library = torch_library();
  if (!library) return library.error();
  std::string problem;
  auto trainer = (*library)->train(
      plan.shape, plan.scales, {plan.settings.learning_rate, plan.settings.weight_decay}, plan.seed, problem);
  if (!trainer) return core::failed("training does not start: " + problem);
  if (!plan.line.empty() && !trainer->begin_at(plan.line.data(), problem))
    return core::failed("training does not start: " + problem);
  std::unique_ptr<Fit> fit(new Fit(training, validation, std::move(plan), std::move(trainer)));
  if (fit->plan_.line.empty()) return fit;
  if (const auto measured = fit->measure(0); !measured) return measured.error();
  return fit;
}

core::Result<EpochLoss> Fit::pass() {
  ++passes_;
  if (auto learnt = learn(passes_); !learnt) return learnt.error();
  return measure(passes_);
}

core::Result<EpochLoss> Fit::measure(std::size_t epoch) {
  EpochLoss losses{epoch, 0.0, 0.0};
  const auto training = error_on(*training_, epoch);
  if (!training) return training.error();
  const auto validation = error_on(*validation_, epoch);
  if (!validation) return validation.error();
  losses.training = *training;
  losses.validation = *validation;
  const bool best = fitted_.epochs.empty() || *validation < fitted_.best.validation;
  fitted_.epochs.push_back(losses);
  if (best) {
    std::string problem;
    if (!trainer_->save(fitted_.bytes, problem)) return core::failed("the model cannot be saved: " + problem);
    fitted_.best = losses;
  }
  return losses;
}

core::Result<void> Fit::learn(std::size_t epoch) {
  const auto width = training_->width;
  Rows batch{width, {}, {}, {}};
  for (const auto& indices : Dataset::minibatches(training_->weights, plan_.settings.batch, random_)) {
    batch.inputs.clear();
    batch.labels.clear();
    for (const auto index : indices) {
      const auto begin = training_->inputs.begin() + static_cast<std::ptrdiff_t>(index * width);
      batch.inputs.insert(batch.inputs.end(), begin, begin + static_cast<std::ptrdiff_t>(width));
      batch.labels.push_back(training_->labels[index]);
      if (plan_.disturb) plan_.disturb(batch.inputs.data() + batch.inputs.size() - width, random_);
    }
    double loss = 0.0;
    std::string problem;
    if (!trainer_->step(batch.inputs.data(), batch.labels.data(), batch.size(), loss, problem))
      return stopped(epoch, problem);
  }
  return {};
}

core::Result<double> Fit::error_on(const Rows& rows, std::size_t epoch) {
  std::vector<float> outputs(rows.size());
  std::string problem;
  if (!trainer_->predict(rows.inputs.data(), rows.size(), outputs.data(), problem))
    return stopped(epoch, problem);
  double squares = 0.0, weights = 0.0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto weight = static_cast<double>(rows.weights[i]);
    const double off = static_cast<double>(outputs[i]) - static_cast<double>(rows.labels[i]);
    squares += weight * off * off;
    weights += weight;
  }
  const double error = weights > 0.0 ? squares / weights : 0.0;
  if (std::isfinite(error)) return error;
  return core::bad_input("the loss is no longer finite in epoch " + std::to_string(epoch) +
                         ": give a smaller --lr");
}

core::Result<Fitted> fit(const Rows& training, const Rows& validation, FitPlan plan,
                         const std::function<void(const EpochLoss&)>& on_epoch,
                         const std::function<bool()>& stop) {
  auto network = Fit::start(training, validation, std::move(plan));
  if (!network) return network.error();
  while (!(*network)->finished()) {
    const auto losses = (*network)->pass();
    if (!losses) return losses.error();
    if (on_epoch) on_epoch(*losses);
    if (stop && stop()) break;
  }
  return (*network)->fitted();
}

}  // namespace attune::learn
