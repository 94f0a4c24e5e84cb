#include "attune/signal/butterworth.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace attune::signal {

namespace {

using Complex = std::complex<double>;
constexpr double pi = std::numbers::pi;
constexpr double highest_share = 0.49;  // of the rate: above, the bilinear transform runs out of circle

/// Angular frequency of the analogue filter that the bilinear transform turns into `frequency_hz`, for s =
/// (1−1/z)/(1+1/z).
double matched(double frequency_hz, double rate_hz) {
  return std::tan(pi * std::clamp(frequency_hz / rate_hz, 1e-9, highest_share));
}

Complex to_z(Complex s) { return (1.0 + s) / (1.0 - s); }

/// Pole k of the prototype of cutoff 1, upper half first; the last of an odd order is −1.
Complex prototype(int order, int k) {
  const double angle = pi * (2.0 * k + order + 1.0) / (2.0 * order);
  return 2 * k + 1 == order ? Complex(-1.0, 0.0) : std::polar(1.0, angle);
}

/// The two poles into which a pole of the prototype goes when 0 moves to ±center.
std::array<Complex, 2> spread(Complex pole, double center_square, double half_width) {
  const Complex shifted = pole * half_width;
  const Complex root = std::sqrt(shifted * shifted - center_square);
  return {shifted + root, shifted - root};
}

constexpr std::array<double, 3> zeros_at_nyquist{1.0, 2.0, 1.0}, zeros_at_zero{1.0, -2.0, 1.0},
    zeros_at_both{1.0, 0.0, -1.0};

}  // namespace

void Butterworth::add(Complex pole, Complex other_pole, std::array<double, 3> zeros) {
  assert(count_ < most_sections);
  auto& section = sections_[count_++];
  section.b0 = zeros[0];
  section.b1 = zeros[1];
  section.b2 = zeros[2];
  section.a1 = -(pole + other_pole).real();
  section.a2 = (pole * other_pole).real();
}

/// Each section on its own, so that no part of the chain is much louder than another.
void Butterworth::normalise(double at_hz) {
  const Complex z = std::polar(1.0, -2.0 * pi * at_hz / rate_hz_);
  for (std::size_t i = 0; i < count_; ++i) {
    auto& s = sections_[i];
    const double gain = std::abs((s.b0 + z * (s.b1 + z * s.b2)) / (1.0 + z * (s.a1 + z * s.a2)));
    s.b0 /= gain;
    s.b1 /= gain;
    s.b2 /= gain;
  }
}

Butterworth Butterworth::low(int order, double cutoff_hz, double rate_hz) {
  assert(order >= 1 && order <= 16);
  Butterworth filter(rate_hz);
  const double cutoff = matched(cutoff_hz, rate_hz);
  for (int k = 0; 2 * k < order; ++k) {
    const auto pole = to_z(cutoff * prototype(order, k));
    if (2 * k + 1 == order)
      filter.add(pole, 0.0, {1.0, 1.0, 0.0});
    else
      filter.add(pole, std::conj(pole), zeros_at_nyquist);
  }
  filter.normalise(0.0);
  return filter;
}

Butterworth Butterworth::high(int order, double cutoff_hz, double rate_hz) {
  assert(order >= 1 && order <= 16);
  Butterworth filter(rate_hz);
  const double cutoff = matched(cutoff_hz, rate_hz);
  for (int k = 0; 2 * k < order; ++k) {
    const auto pole = to_z(cutoff / prototype(order, k));
    if (2 * k + 1 == order)
      filter.add(pole, 0.0, {1.0, -1.0, 0.0});
    else
      filter.add(pole, std::conj(pole), zeros_at_zero);
  }
  filter.normalise(0.5 * rate_hz);
  return filter;
}

Butterworth Butterworth::band(int order, double low_hz, double high_hz, double rate_hz) {
  assert(order >= 1 && order <= 8);
  Butterworth filter(rate_hz);
  const double low = matched(low_hz, rate_hz), high = std::max(matched(high_hz, rate_hz), 1.0001 * low);
  for (int k = 0; 2 * k < order; ++k) {
    const auto poles = spread(prototype(order, k), low * high, 0.5 * (high - low));
    if (2 * k + 1 == order) {
      filter.add(to_z(poles[0]), to_z(poles[1]), zeros_at_both);
    } else {
      for (const auto pole : poles) filter.add(to_z(pole), std::conj(to_z(pole)), zeros_at_both);
    }
  }
  filter.normalise(rate_hz * std::atan(std::sqrt(low * high)) / pi);
  return filter;
}

Butterworth Butterworth::notch(int order, double low_hz, double high_hz, double rate_hz) {
  assert(order >= 1 && order <= 8);
  Butterworth filter(rate_hz);
  const double low = matched(low_hz, rate_hz), high = std::max(matched(high_hz, rate_hz), 1.0001 * low);
  const Complex zero = to_z(Complex(0.0, std::sqrt(low * high)));
  const std::array zeros{1.0, -2.0 * zero.real(), 1.0};
  for (int k = 0; 2 * k < order; ++k) {
    // High and low change places: the prototype's poles are turned inside out before they are spread.
    const auto poles = spread(1.0 / prototype(order, k), low * high, 0.5 * (high - low));
    if (2 * k + 1 == order) {
      filter.add(to_z(poles[0]), to_z(poles[1]), zeros);
    } else {
      for (const auto pole : poles) filter.add(to_z(pole), std::conj(to_z(pole)), zeros);
    }
  }
  filter.normalise(0.0);
  return filter;
}

Complex Butterworth::response(double frequency_hz) const {
  const Complex z = std::polar(1.0, -2.0 * pi * frequency_hz / rate_hz_);
  Complex product = 1.0;
  for (const auto& s : sections()) product *= (s.b0 + z * (s.b1 + z * s.b2)) / (1.0 + z * (s.a1 + z * s.a2));
  return product;
}

double Butterworth::delay_s(double frequency_hz) const {
  const double step_hz = 1e-4 * rate_hz_;
  const Complex turn = response(frequency_hz + 0.5 * step_hz) / response(frequency_hz - 0.5 * step_hz);
  return -std::arg(turn) / (2.0 * pi * step_hz);
}

}  // namespace attune::signal
