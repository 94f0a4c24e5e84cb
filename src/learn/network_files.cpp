#include "learn/network_files.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <random>

#include <spdlog/spdlog.h>

#include "learn/torch_library.hpp"

namespace attune::learn {

namespace {

template <std::size_t N>
void copy(const std::vector<float>& from, std::array<float, N>& to) {
  assert(from.size() == N);
  std::copy(from.begin(), from.end(), to.begin());
}

template <typename Weights>
Weights kernel_weights(const NetworkWeights& from) {
  Weights to;
  copy(from.w1, to.w1);
  copy(from.b1, to.b1);
  copy(from.w2, to.w2);
  copy(from.b2, to.b2);
  copy(from.w3, to.w3);
  copy(from.b3, to.b3);
  return to;
}

constexpr int comparisons = 256;

template <typename Kernel, std::size_t In, typename Draw>
float compare(const Kernel& kernel, TorchNetwork& torch, Draw draw) {
  std::mt19937_64 random(20);
  std::array<float, In> inputs{};
  typename Kernel::Embedding folded{}, computed{};
  float largest = 0.0F;
  const auto look = [&](float a, float b) {
    const float difference = std::abs(a - b) / std::max(1.0F, std::abs(a));
    if (!(difference <= largest)) largest = difference;  // also when it is no number
  };
  for (int i = 0; i < comparisons && !std::isnan(largest); ++i) {
    for (auto& input : inputs) input = draw(random);
    const float output = kernel.forward(inputs, folded)[0];
    look(output, torch.forward(inputs.data(), computed.data()));
    for (std::size_t k = 0; k < folded.size() && !std::isnan(largest); ++k) look(folded[k], computed[k]);
  }
  return largest;
}

}  // namespace

float TorchNetwork::forward(const float* inputs, float* embedding) {
  float output = 0.0F;
  std::string problem;
  if (backend_->forward(inputs, 1, &output, embedding, problem)) return output;
  spdlog::error("LibTorch cannot compute the network: {}", problem);
  if (embedding != nullptr) std::fill(embedding, embedding + shape_.hidden2, 0.0F);
  return std::numeric_limits<float>::quiet_NaN();
}

core::Result<std::shared_ptr<TorchNetwork>> open_network(const std::string& bytes, const std::string& name,
                                                         const NetworkShape& shape) {
  auto library = torch_library();
  if (!library) return library.error();
  std::string problem;
  auto backend = (*library)->load(bytes, shape, problem);
  if (!backend) {
    return core::bad_input(name + ": holds no network " + std::to_string(shape.inputs) + " → " +
                           std::to_string(shape.hidden1) + " → " + std::to_string(shape.hidden2) +
                           " → 1: " + problem);
  }
  const auto& weights = backend->weights();
  for (const auto* part : {&weights.w1, &weights.b1, &weights.w2, &weights.b2, &weights.w3, &weights.b3,
                           &weights.mean, &weights.scale, &weights.settle_s}) {
    if (!std::all_of(part->begin(), part->end(), [](float value) { return std::isfinite(value); })) {
      return core::bad_input(name + ": holds a weight that is not a finite number");
    }
  }
  for (const auto* part : {&weights.scale, &weights.settle_s}) {
    if (std::any_of(part->begin(), part->end(), [](float value) { return value < 0.0F; }))
      return core::bad_input(name + ": holds a negative standard deviation or settling time");
  }
  return std::make_shared<TorchNetwork>(std::move(backend), shape);
}

state::MonitorWeights monitor_weights(const TorchNetwork& network, const state::MonitorNoise& noise) {
  state::MonitorWeights weights;
  weights.network = kernel_weights<state::MonitorNetwork::Weights>(network.weights());
  copy(network.weights().mean, weights.standardisation.mean);
  copy(network.weights().scale, weights.standardisation.scale);
  copy(network.weights().settle_s, weights.standardisation.settle_s);
  weights.noise = noise;
  return weights;
}

state::TreatmentNetwork::Weights treatment_weights(const TorchNetwork& network) {
  return kernel_weights<state::TreatmentNetwork::Weights>(network.weights());
}

float largest_difference(const state::MonitorNetwork& kernel, TorchNetwork& torch) {
  return compare<state::MonitorNetwork, state::feature_count>(kernel, torch, [](std::mt19937_64& random) {
    if (random() % 3 == 0) return 0.0F;
    const float value = std::normal_distribution<float>()(random);
    return std::clamp(value, -state::Standardisation::limit, state::Standardisation::limit);
  });
}

float largest_difference(const state::TreatmentNetwork& kernel, TorchNetwork& torch) {
  return compare<state::TreatmentNetwork, 32>(kernel, torch, [](std::mt19937_64& random) {
    return std::max(0.0F, std::normal_distribution<float>()(random));
  });
}

}  // namespace attune::learn
