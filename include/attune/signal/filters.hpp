#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

/// Streaming filters for samples whose rate may change: every push names the time since the sample before,
/// and the cutoff stays where it was asked for. `T` is float or a GLM vector. The first sample after
/// construction or `reset` is taken as having stood there for ever, so that nothing rings at the start.
namespace attune::signal {

enum class Pass { low, high };

/// A second-order Butterworth biquad as two trapezoidal integrators, whose coefficients may change between
/// two samples (Zavalishin, The Art of VA Filter Design, 2018, section 4.4). The delay of a low pass is √2 /
/// (2π · cutoff) where it passes.
template <typename T>
class Butterworth2 {
 public:
  Butterworth2(Pass pass, float cutoff_hz) : pass_(pass), cutoff_hz_(cutoff_hz) {}

  /// @param step_s  seconds since the last sample, above 0. The cutoff is held below 0.45 of the rate.
  T push(const T& sample, float step_s) {
    if (empty_) {
      band_state_ = last_band_ = last_high_ = T(0.0F);
      low_state_ = sample;
      empty_ = false;
    }
    // Display times differ by nanoseconds; a tangent a frame is spent only on a real change of rate.
    if (std::abs(step_s - designed_for_s_) > 0.02F * designed_for_s_) design(step_s);
    const T input = sample - low_state_;
    last_band_ = a1_ * band_state_ + a2_ * input;
    const T low = low_state_ + a2_ * band_state_ + a3_ * input;
    last_high_ = sample - damping * last_band_ - low;
    band_state_ = 2.0F * last_band_ - band_state_;
    low_state_ = 2.0F * low - low_state_;
    return pass_ == Pass::low ? low : last_high_;
  }
  void reset() { empty_ = true; }

 private:
  static constexpr float damping = std::numbers::sqrt2_v<float>;

  void design(float step_s) {
    const float g = std::tan(std::numbers::pi_v<float> * std::min(cutoff_hz_ * step_s, 0.45F));
    // Half of what an integrator will add is already in its state, for the length of step that was expected.
    if (designed_for_s_ > 0.0F) {
      band_state_ += (g - g_) * last_high_;
      low_state_ += (g - g_) * last_band_;
    }
    designed_for_s_ = step_s;
    g_ = g;
    a1_ = 1.0F / (1.0F + g * (g + damping));
    a2_ = g * a1_;
    a3_ = g * a2_;
  }

  Pass pass_;
  float cutoff_hz_;
  float designed_for_s_ = -1.0F, g_ = 0.0F, a1_ = 0.0F, a2_ = 0.0F, a3_ = 0.0F;
  bool empty_ = true;
  T band_state_{}, low_state_{}, last_band_{}, last_high_{};
};

}  // namespace attune::signal
