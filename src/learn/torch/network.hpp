#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>

#include <utility>

#include "learn/backend.hpp"

namespace attune::learn {

/// inputs → hidden1 → hidden2 → outputs with ReLU, and the standardisation of its inputs as buffers. The
/// names are part of the file format of `models/*.pt`.
struct Network : torch::nn::Module {
  explicit Network(const NetworkShape& shape)
      : fc1(register_module("fc1", torch::nn::Linear(long_of(shape.inputs), long_of(shape.hidden1)))),
        fc2(register_module("fc2", torch::nn::Linear(long_of(shape.hidden1), long_of(shape.hidden2)))),
        fc3(register_module("fc3", torch::nn::Linear(long_of(shape.hidden2), long_of(shape.outputs)))) {
    if (shape.standardised) {
      mean = register_buffer("mean", torch::zeros({long_of(shape.inputs)}));
      scale = register_buffer("scale", torch::zeros({long_of(shape.inputs)}));
      settle_s = register_buffer("settle_s", torch::zeros({long_of(shape.inputs)}));
    }
  }

  /// @return output (rows × outputs) and embedding (rows × hidden2)
  std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& inputs) {
    const auto embedding = torch::relu(fc2(torch::relu(fc1(inputs))));
    return {fc3(embedding), embedding};
  }

  static std::int64_t long_of(std::size_t size) { return static_cast<std::int64_t>(size); }

  torch::nn::Linear fc1, fc2, fc3;
  torch::Tensor mean, scale, settle_s;
};

}  // namespace attune::learn
