#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// The border between the program and `libattune_torch.so`: plain C++, no LibTorch, valid C++17. No exception
/// crosses it: what can fail returns false, or nothing, and says why in `error`.
namespace attune::learn {

/// A network inputs → hidden1 → hidden2 → outputs with ReLU after both hidden layers.
struct NetworkShape {
  std::size_t inputs = 0, hidden1 = 0, hidden2 = 0;
  bool standardised = false;  ///< the file also holds how its inputs are standardised
  std::size_t outputs = 1;    ///< more than one: the logits of classes
};

/// Everything a model file holds; matrices row by row, one row an output.
struct NetworkWeights {
  std::vector<float> w1, b1, w2, b2, w3, b3;
  std::vector<float> mean, scale, settle_s;  ///< empty when not standardised
};

/// How the inputs of a network are standardised (`state::Standardisation`); empty when they are not.
struct InputScales {
  std::vector<float> mean, scale, settle_s;
};

/// A network in LibTorch. Inputs are standardised already.
class NetworkBackend {
 public:
  virtual ~NetworkBackend() = default;
  [[nodiscard]] virtual const NetworkWeights& weights() const = 0;
  /// @param inputs      rows × shape.inputs
  /// @param outputs     rows × shape.outputs
  /// @param embeddings  rows × shape.hidden2, or null
  virtual bool forward(const float* inputs, std::size_t rows, float* outputs, float* embeddings,
                       std::string& error) = 0;
};

/// How a network learns: Adam with weights that decay by `decay` · `rate` a step beside its gradient
/// (Loshchilov & Hutter, ICLR 2019). Without decay it is plain Adam (Kingma & Ba, ICLR 2015).
struct Learning {
  Learning(double rate_of_steps, double decay_of_weights = 0.0)
      : rate(rate_of_steps), decay(decay_of_weights) {}
  double rate, decay;
};

/// A network under training, on the mean squared error, or of classes on their cross-entropy (softmax).
/// `labels` are rows × shape.outputs, of classes the share of each, which sum to 1.
class TrainerBackend {
 public:
  virtual ~TrainerBackend() = default;
  /// One step along the gradient of a batch. @param loss  receives the batch's error before the step.
  virtual bool step(const float* inputs, const float* labels, std::size_t rows, double& loss,
                    std::string& error) = 0;
  /// Makes the network say plain lines over its inputs, exactly: of each output two units of both hidden
  /// layers carry the line, one above and one below zero. All other units keep the weights they were drawn
  /// with and reach no output as yet. @param lines  shape.outputs × (shape.inputs + 1), intercepts last.
  /// Fails when the hidden layers are too narrow.
  virtual bool begin_at(const float* lines, std::string& error) = 0;
  /// What the network says now, without learning. @param outputs  rows × shape.outputs
  virtual bool predict(const float* inputs, std::size_t rows, float* outputs, std::string& error) = 0;
  /// The model file's bytes; file names play no part in them.
  virtual bool save(std::string& bytes, std::string& error) = 0;
};

class TorchBackend {
 public:
  virtual ~TorchBackend() = default;
  /// Reads a model file's bytes; null and `error` when they hold no network of this shape.
  virtual std::unique_ptr<NetworkBackend> load(const std::string& bytes, const NetworkShape& shape,
                                               std::string& error) = 0;
  /// Changes a model file's bytes so that its network answers factor · answer + shift; fails as `load`.
  virtual bool level(std::string& bytes, const NetworkShape& shape, double factor, double shift,
                     std::string& error) = 0;
  /// A fresh network, its weights drawn from the seed. @param scales  as the file shall hold them.
  virtual std::unique_ptr<TrainerBackend> train(const NetworkShape& shape, const InputScales& scales,
                                                const Learning& learning, std::uint64_t seed,
                                                std::string& error) = 0;
};

/// The one function that `libattune_torch.so` exports, by its plain name. @return the library's only backend,
/// or null when it was built for another version of this border.
inline constexpr unsigned backend_version = 6;
using BackendFunction = TorchBackend* (*)(unsigned version);

}  // namespace attune::learn
