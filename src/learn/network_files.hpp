#pragma once

#include <array>
#include <memory>
#include <string>

#include "attune/core/result.hpp"
#include "attune/learn/model.hpp"
#include "learn/backend.hpp"

namespace attune::learn {

inline constexpr NetworkShape monitor_shape{100, 64, 32, true};
inline constexpr NetworkShape treatment_shape{32, 64, 32, false};

/// A network that LibTorch computes.
class TorchNetwork {
 public:
  TorchNetwork(std::unique_ptr<NetworkBackend> backend, const NetworkShape& shape)
      : backend_(std::move(backend)), shape_(shape) {}

  [[nodiscard]] const NetworkWeights& weights() const { return backend_->weights(); }
  [[nodiscard]] const NetworkShape& shape() const { return shape_; }
  /// One row; NaN, and a logged error, when LibTorch fails. @param embedding  shape.hidden2 values, or null.
  float forward(const float* inputs, float* embedding);

 private:
  std::unique_ptr<NetworkBackend> backend_;
  NetworkShape shape_;
};

/// Opens a model file's bytes and checks shape and finiteness. @param name  the file, for errors.
[[nodiscard]] core::Result<std::shared_ptr<TorchNetwork>> open_network(const std::string& bytes,
                                                                       const std::string& name,
                                                                       const NetworkShape& shape);

/// The weights as the kernel takes them; the network's shape is the right one.
[[nodiscard]] state::MonitorWeights monitor_weights(const TorchNetwork& network,
                                                    const state::MonitorNoise& noise);
[[nodiscard]] state::TreatmentNetwork::Weights treatment_weights(const TorchNetwork& network);

/// By how much kernel and LibTorch differ, in output or embedding, on 256 random inputs: absolute below 1,
/// relative above; NaN when one of them gives no number. The monitor is given standardised features, a third
/// of them missing; the treatment model what comes out of a ReLU.
[[nodiscard]] float largest_difference(const state::MonitorNetwork& kernel, TorchNetwork& torch);
[[nodiscard]] float largest_difference(const state::TreatmentNetwork& kernel, TorchNetwork& torch);

}  // namespace attune::learn
