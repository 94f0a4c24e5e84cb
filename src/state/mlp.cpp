#include "attune/state/mlp.hpp"

#include <Eigen/Core>
#include <algorithm>

namespace attune::state {
namespace {

template <std::size_t N>
using Vector = Eigen::Array<float, static_cast<int>(N), 1>;
template <std::size_t N>
using ConstColumn = Eigen::Map<const Vector<N>, Eigen::Aligned64>;

/// bias + Σ columns[i]·input[i]. Sums of 32 outputs at a time stay in registers for the whole pass.
template <std::size_t In, std::size_t Out>
Vector<Out> affine(const float* columns, const float* bias, const float* input) {
  constexpr std::size_t block = std::min<std::size_t>(Out, 32);
  static_assert(Out % block == 0 && In % 2 == 0);
  Vector<Out> result;
  for (std::size_t first = 0; first < Out; first += block) {
    // Two independent chains of additions hide the latency of each.
    Vector<block> even = ConstColumn<block>(bias + first), odd = Vector<block>::Zero();
    for (std::size_t i = 0; i < In; i += 2) {
      even += ConstColumn<block>(columns + i * Out + first) * input[i];
      odd += ConstColumn<block>(columns + (i + 1) * Out + first) * input[i + 1];
    }
    result.template segment<static_cast<int>(block)>(static_cast<int>(first)) = even + odd;
  }
  return result;
}

template <std::size_t In, std::size_t Out>
void transpose(const std::array<float, In * Out>& rows, std::array<float, In * Out>& columns) {
  for (std::size_t out = 0; out < Out; ++out) {
    for (std::size_t in = 0; in < In; ++in) columns[in * Out + out] = rows[out * In + in];
  }
}

}  // namespace

template <std::size_t In, std::size_t H1, std::size_t H2, std::size_t Out>
Mlp<In, H1, H2, Out>::Mlp(const Weights& weights)
    : bias1_(weights.b1), bias2_(weights.b2), rows3_(weights.w3), bias3_(weights.b3) {
  transpose<In, H1>(weights.w1, columns1_);
  transpose<H1, H2>(weights.w2, columns2_);
}

template <std::size_t In, std::size_t H1, std::size_t H2, std::size_t Out>
std::array<float, Out> Mlp<In, H1, H2, Out>::forward(std::span<const float, In> input,
                                                     Embedding& embedding) const {
  const Vector<H1> hidden1 = affine<In, H1>(columns1_.data(), bias1_.data(), input.data()).max(0.0F);
  const Vector<H2> hidden2 = affine<H1, H2>(columns2_.data(), bias2_.data(), hidden1.data()).max(0.0F);
  Eigen::Map<Vector<H2>>(embedding.data()) = hidden2;
  std::array<float, Out> output;
  for (std::size_t out = 0; out < Out; ++out) {
    output[out] = bias3_[out] + (ConstColumn<H2>(rows3_.data() + out * H2) * hidden2).sum();
  }
  return output;
}

template <std::size_t In, std::size_t H1, std::size_t H2, std::size_t Out>
std::array<float, Out> Mlp<In, H1, H2, Out>::forward(std::span<const float, In> input) const {
  Embedding unused;
  return forward(input, unused);
}

template <std::size_t In, std::size_t H1, std::size_t H2, std::size_t Out>
std::array<float, In> Mlp<In, H1, H2, Out>::gradient(std::span<const float, In> input,
                                                     std::size_t output) const {
  const Vector<H1> hidden1 = affine<In, H1>(columns1_.data(), bias1_.data(), input.data()).max(0.0F);
  const Vector<H2> sum2 = affine<H1, H2>(columns2_.data(), bias2_.data(), hidden1.data());
  Vector<H2> back2 = ConstColumn<H2>(rows3_.data() + output * H2);
  for (std::size_t i = 0; i < H2; ++i) {
    if (sum2[static_cast<int>(i)] <= 0.0F) back2[static_cast<int>(i)] = 0.0F;
  }
  Vector<H1> back1;
  for (std::size_t i = 0; i < H1; ++i) {
    const bool active = hidden1[static_cast<int>(i)] > 0.0F;
    back1[static_cast<int>(i)] = active ? (ConstColumn<H2>(columns2_.data() + i * H2) * back2).sum() : 0.0F;
  }
  std::array<float, In> gradient;
  for (std::size_t i = 0; i < In; ++i) {
    gradient[i] = (ConstColumn<H1>(columns1_.data() + i * H1) * back1).sum();
  }
  return gradient;
}

template class Mlp<100, 64, 32, 1>;
template class Mlp<32, 64, 32, 1>;

}  // namespace attune::state
