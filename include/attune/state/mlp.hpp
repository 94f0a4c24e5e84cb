#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace attune::state {

/// Weights of a network In → H1 → H2 → Out as PyTorch writes them: `w` row-major, one row an output; y = W x
/// + b.
template <std::size_t In, std::size_t H1, std::size_t H2, std::size_t Out>
struct MlpWeights {
  std::array<float, H1 * In> w1{};
  std::array<float, H1> b1{};
  std::array<float, H2 * H1> w2{};
  std::array<float, H2> b2{};
  std::array<float, Out * H2> w3{};
  std::array<float, Out> b3{};
};

/// A small network with ReLU after both hidden layers and none after the last, of fixed size, for batch 1.
/// No heap and no branch on values: one forward pass is the same instructions whatever comes in.
template <std::size_t In, std::size_t H1, std::size_t H2, std::size_t Out>
class Mlp {
 public:
  using Weights = MlpWeights<In, H1, H2, Out>;
  using Embedding = std::array<float, H2>;  ///< after its ReLU

  explicit Mlp(const Weights& weights);

  /// The outputs; `embedding` receives the second hidden layer.
  std::array<float, Out> forward(std::span<const float, In> input, Embedding& embedding) const;
  std::array<float, Out> forward(std::span<const float, In> input) const;

  /// The exact gradient of output `output` by the inputs at `input`; at a ReLU's corner the slope is 0.
  std::array<float, In> gradient(std::span<const float, In> input, std::size_t output = 0) const;

 private:
  // Column after column: a layer is a sum of columns, which keeps whole registers busy.
  alignas(64) std::array<float, In * H1> columns1_;
  alignas(64) std::array<float, H1> bias1_;
  alignas(64) std::array<float, H1 * H2> columns2_;
  alignas(64) std::array<float, H2> bias2_;
  alignas(64) std::array<float, Out * H2> rows3_;
  alignas(64) std::array<float, Out> bias3_;
};

using MonitorNetwork = Mlp<100, 64, 32, 1>;   ///< features → anxiety
using TreatmentNetwork = Mlp<32, 64, 32, 1>;  ///< the monitor's embedding → wanted change of intensity
extern template class Mlp<100, 64, 32, 1>;
extern template class Mlp<32, 64, 32, 1>;

}  // namespace attune::state
