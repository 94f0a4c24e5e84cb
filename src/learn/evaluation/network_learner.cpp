#include "learn/evaluation/network_learner.hpp"

#include <algorithm>

#include "learn/torch_library.hpp"

namespace attune::learn {

namespace {

constexpr std::size_t batch = 32;
constexpr double rate = 1e-3, drop_group = 0.15;

/// Hides whole groups of features, as the monitor's training does.
void hide_groups(float* row, std::mt19937_64& random) {
  std::array<bool, state::feature_group_count> hidden{};
  for (auto& group : hidden) group = std::uniform_real_distribution<double>()(random) < drop_group;
  for (std::size_t i = 0; i < state::feature_count; ++i) {
    if (hidden[static_cast<std::size_t>(state::feature_table[i].group)]) row[i] = 0.0F;
  }
}

}  // namespace

core::Result<void> NetworkLearner::start(const NetworkShape& shape, const Lines& lines, std::uint64_t seed) {
  shape_ = shape;
  auto library = torch_library();
  if (!library) return library.error();
  library_ = *library;
  std::string problem;
  trainer_ = library_->train(shape_, {}, rate, seed, problem);
  const std::vector<float> begin(lines.values.begin(), lines.values.end());
  if (!trainer_ || !trainer_->begin_at(begin.data(), problem))
    return core::failed("training does not start: " + problem);
  random_.seed(seed);
  return {};
}

core::Result<void> NetworkLearner::step(std::size_t steps, const std::vector<InputRow>& rows,
                                        const std::vector<float>& labels,
                                        std::discrete_distribution<std::size_t>& any) {
  std::vector<float> inputs(batch * shape_.inputs), wanted(batch * shape_.outputs);
  for (std::size_t i = 0; i < steps; ++i) {
    for (std::size_t k = 0; k < batch; ++k) {
      const auto drawn = any(random_);
      float* row = inputs.data() + k * shape_.inputs;
      std::copy(rows[drawn].begin(), rows[drawn].end(), row);
      hide_groups(row, random_);
      std::copy_n(labels.data() + drawn * shape_.outputs, shape_.outputs, wanted.data() + k * shape_.outputs);
    }
    double loss = 0.0;
    std::string problem;
    if (!trainer_->step(inputs.data(), wanted.data(), batch, loss, problem))
      return core::failed("training stopped: " + problem);
  }
  return {};
}

core::Result<std::shared_ptr<NetworkBackend>> NetworkLearner::network() {
  std::string bytes, problem;
  if (!trainer_->save(bytes, problem)) return core::failed("the network cannot be kept: " + problem);
  std::shared_ptr<NetworkBackend> network = library_->load(bytes, shape_, problem);
  if (!network) return core::failed("the network cannot be kept: " + problem);
  return network;
}

}  // namespace attune::learn
